/** Why a re-attestation is not gone on with, in the words of the preparer's pages. */
export const COUNTS_NO_MORE = {
  withdrawn: 'The signed report of its application was withdrawn',
  superseded: 'The signed report of its application was superseded by a newer one',
  replaced: 'Another application of the client is in force now',
} as const

/** What to do with a draft whose application counts no more. */
export const DISCARD_IT =
  'Discard this draft. What is in force is re-attested from the client’s page; after a withdrawal that is once the application is signed anew.'
