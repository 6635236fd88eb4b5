/** A link that opens nothing any more: why, and what to do next. */
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Notice } from '../notice.tsx'

const WORDS = {
  expired: { title: 'This link has expired', what: 'Links end some time after they are sent.' },
  revoked: { title: 'This link was taken back', what: 'Whoever sent it has ended it.' },
} as const

export function ClosedLink({ state, senderName }: { state: keyof typeof WORDS; senderName: string }) {
  const { title, what } = WORDS[state]
  return (
    <SignerLayout kicker="Attested" title={title}>
      <Notice kind="info" title={what}>
        Ask {senderName} for a new one. Links in newer mails of theirs still work.
      </Notice>
    </SignerLayout>
  )
}
