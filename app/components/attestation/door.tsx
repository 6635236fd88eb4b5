/** Before the code: whom the link is for, and the way in. */
import { signerWords } from '#app/report/language/signing/words.ts'
import type { Greeting } from '#app/services/attestation-door.server.ts'
import { CODE_MINUTES } from '#app/services/attestation-rules.ts'
import { Notice } from '../notice.tsx'
import { EnterCode, SendCode } from './code-steps.tsx'
import { SignerLayout } from './signer-layout.tsx'

export interface DoorReply {
  fieldErrors?: Record<string, string>
  refusal?: { message: string }
}

export function Door({ greeting, reply }: { greeting: Greeting; reply: DoorReply | undefined }) {
  const {
    language,
    organisationName: organisation,
    clientName: client,
    recipient,
    state,
    delivery,
  } = greeting
  const officer = greeting.signerName
  const { say } = signerWords(language, greeting.role)
  const kicker = say('kicker', { client, form: greeting.formTitle })
  if (state !== 'open') {
    return (
      <SignerLayout language={language} kicker={kicker} title={say(`dead.${state}.title`)}>
        <Notice kind="info" title={say(`dead.${state}.what`)}>
          {say(`dead.${state}.next`, { sender: organisation })}
        </Notice>
      </SignerLayout>
    )
  }
  return (
    <SignerLayout
      language={language}
      kicker={kicker}
      title={say('door.title', { officer })}
      lead={say('door.lead', { organisation, client })}
    >
      {reply?.refusal ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      {greeting.isCodeSent ? (
        <EnterCode
          error={reply?.fieldErrors?.code}
          words={{
            problems: say('problems'),
            label: say('code.label'),
            hint: say('code.hint', { recipient, minutes: CODE_MINUTES }),
            checking: say('code.checking'),
            enter: say('code.enter'),
          }}
        />
      ) : null}
      <SendCode
        isAgain={greeting.isCodeSent}
        words={{
          sending: say('code.sending'),
          send: say('code.send', { recipient }),
          again: say('code.send-again'),
        }}
      />
      {delivery === 'preparer' ? (
        <div className="mt-8">
          <Notice kind="warning" title={say('door.no-mail.title')}>
            {say('door.no-mail', { organisation })}
          </Notice>
        </div>
      ) : null}
      <p className="mt-8 text-caption text-ink-soft">{say('door.not-you', { officer, organisation })}</p>
    </SignerLayout>
  )
}
