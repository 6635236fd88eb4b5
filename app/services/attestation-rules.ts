/** What somebody has to do before they sign from a link, and how long a link and a code last. */
import type { Signer, Statement } from '#app/report/statement.ts'

/** A week to find the hour, and a weekend to spare; a new link is one press away. */
export const LINK_DAYS = 14
export const CODE_MINUTES = 15
/** Wrong tries of one code; then a new one is needed. */
export const CODE_TRIES = 5
/** For one link: more would be somebody trying codes out, or filling a mailbox. */
export const CODES_PER_LINK = 8
export const CODE_PAUSE_SECONDS = 30
/** Reading takes time; what was confirmed is kept, so a new code goes on where the last one ended. */
export const SESSION_MINUTES = 120

/**
 * Answers a signer must have seen one by one: whatever is claimed without full support in what they sign for. Before a
 * re-attestation is made into a report, the officer has said how it is with each answer; nothing is asked twice.
 */
export function answersToAcknowledge(statement: Statement, signer?: Signer) {
  if (statement.reattestation) return []
  return answersOf(statement, signer).filter(
    ({ status, weakened }) =>
      status === 'unsupported' || status === 'stale' || status === 'contradicted' || weakened,
  )
}

/** A contributor signs for their part, everybody else for all answers. */
export function answersOf({ answers }: Statement, signer?: Signer) {
  const part = signer?.part?.questionIds
  return part ? answers.filter(({ questionId }) => part.includes(questionId)) : answers
}

/** Letters alone count: case, accents, spaces and hyphens are written in many ways. */
export function isSameName(a: string, b: string): boolean {
  const plain = (name: string) =>
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^\p{L}]/gu, '')
  return plain(a) === plain(b)
}

/** m…@example.test: enough to recognise one's own address, too little to learn somebody's. */
export function maskAddress(email: string): string {
  const [name = '', domain = ''] = email.split('@')
  return `${name.slice(0, 1)}…@${domain}`
}
