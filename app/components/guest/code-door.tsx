/** Before the code: whom a link is for, and the way in. */
import { CODE_MINUTES } from '#app/services/attestation-rules.ts'
import type { GuestGreeting } from '#app/services/guest-door.server.ts'
import { EnterCode, SendCode } from '../attestation/code-steps.tsx'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Notice } from '../notice.tsx'
import { ClosedLink } from './closed-link.tsx'

export interface CodeDoorReply {
  fieldErrors?: Record<string, string>
  refusal?: { message: string }
}

interface CodeDoorProps {
  /** What lies behind: "Review". */
  kicker: string
  greeting: GuestGreeting
  reply: CodeDoorReply | undefined
}

export function CodeDoor({ kicker, greeting, reply }: CodeDoorProps) {
  const { state, senderName, recipientName, recipient, isCodeSent } = greeting
  if (state !== 'open') return <ClosedLink state={state} senderName={senderName} />
  return (
    <SignerLayout
      kicker={kicker}
      title={`For ${recipientName}`}
      lead={`Sent to you by ${senderName}. A code to ${recipient} opens it; no account is needed.`}
    >
      {reply?.refusal ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      {isCodeSent ? (
        <EnterCode
          error={reply?.fieldErrors?.code}
          words={{
            label: 'Code',
            hint: `Six digits, sent to ${recipient}. It works for ${CODE_MINUTES} minutes.`,
            checking: 'Checking',
            enter: 'Open',
          }}
        />
      ) : null}
      <SendCode
        isAgain={isCodeSent}
        words={{ sending: 'Sending', send: `Send a code to ${recipient}`, again: 'Send another code' }}
      />
      {greeting.delivery === 'preparer' ? (
        <div className="mt-8">
          <Notice kind="warning" title="No mail leaves this installation">
            The code waits in the outbox of {senderName}, who has to tell it to you.
          </Notice>
        </div>
      ) : null}
      <p className="mt-8 text-caption text-ink-soft">
        You are not {recipientName}? Close this page: the link is for one person, and who opens it is
        recorded.
      </p>
    </SignerLayout>
  )
}
