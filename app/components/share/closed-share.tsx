/** A link that opens nothing: why, and what to do next. Nothing here says what it once led to. */
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Notice } from '../notice.tsx'

const CLOSED = {
  locked: {
    title: 'This link is locked',
    what: 'A wrong passcode was entered too often',
    next: 'Ask whoever sent you the link to unlock it or to give you a new passcode. By telephone is best: then they also learn whether it was you.',
  },
  expired: {
    title: 'This link has expired',
    what: 'Its last day is over',
    next: 'Ask whoever sent you the link to extend it. The same link and the same passcode then work again.',
  },
  revoked: {
    title: 'This link was revoked',
    what: 'Whoever sent it has closed it for good',
    next: 'If you still need what it led to, ask them for a new link.',
  },
} as const

export function ClosedShare({ state }: { state: keyof typeof CLOSED }) {
  const { title, what, next } = CLOSED[state]
  return (
    <SignerLayout kicker="Shared through Attested" title={title}>
      <Notice kind="info" title={what}>
        {next}
      </Notice>
    </SignerLayout>
  )
}
