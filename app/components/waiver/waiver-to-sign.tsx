/**
 * A waiver before its decision-maker: read, tick, type one's name and sign, or say why not. Plain posts to the page that
 * shows it (`intent` is `sign-waiver` or `refuse-waiver`), so that it works on any phone and without scripts.
 */
import { Form } from '@remix-run/react'
import type { WaiverText } from '#app/report/waiver/waiver-text.ts'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { CopyableHash } from '../copyable-hash.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField, TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { WaiverTextView } from './waiver-text-view.tsx'

export interface ShownWaiverToSign {
  id: string
  state: 'offered' | 'signed' | 'refused' | 'withdrawn'
  text: WaiverText
  textSha256: string
  declaration: string
  signedAt: Date | string | null
  refusedAt: Date | string | null
  refusedReason: string | null
  withdrawnReason: string | null
}

interface WaiverToSignProps {
  waiver: ShownWaiverToSign
  /** By field, of the last attempt: `typedName`, `agree`, `reason`. */
  fieldErrors?: Record<string, string>
  /** What was typed at the last attempt. */
  typed?: { typedName?: string; reason?: string }
  /** Why the last attempt was refused as a whole. */
  refusal?: string
  isSending?: boolean
  /** Where the signed file can be had; null while it is being made. */
  fileHref?: string | null
}

export function WaiverToSign({
  waiver,
  fieldErrors = {},
  typed = {},
  refusal,
  isSending = false,
  fileHref = null,
}: WaiverToSignProps) {
  const { id, text, textSha256, declaration, state } = waiver
  return (
    <article className="flex flex-col gap-6" aria-labelledby={`waiver-${id}`}>
      <header>
        <h2 id={`waiver-${id}`} className="font-semibold text-section">
          Decline a service: {text.service}
        </h2>
        <p className="mt-1 max-w-measure text-ink-soft">
          {text.provider.name} offered this to {text.client.legalName} and asks you to confirm in writing that
          it is declined. Read it to the end; nothing happens before you sign.
        </p>
      </header>
      {refusal ? <Notice kind="danger" announce title={refusal} /> : null}
      <Outcome waiver={waiver} fileHref={fileHref} />
      <WaiverTextView text={text} />
      {state === 'offered' ? (
        <>
          <Form
            method="post"
            noValidate
            className="flex max-w-measure flex-col gap-5 border-rule border-t pt-5"
            aria-label="Sign"
          >
            <input type="hidden" name="intent" value="sign-waiver" />
            <input type="hidden" name="waiverId" value={id} />
            <CheckboxField id={`agree-${id}`} name="agree" label={declaration} error={fieldErrors.agree} />
            <TextField
              id={`typedName-${id}`}
              name="typedName"
              label="Your name"
              hint={`Type it as it stands above: ${text.decisionMaker.name}.`}
              autoComplete="name"
              defaultValue={typed.typedName ?? ''}
              error={fieldErrors.typedName}
            />
            <Button
              type="submit"
              variant="primary"
              className="self-start max-sm:w-full"
              loading={isSending}
              loadingLabel="Signing"
            >
              Sign: we decline this service
            </Button>
          </Form>
          <details open={fieldErrors.reason !== undefined} className="max-w-measure">
            <summary className="cursor-pointer text-ink-soft hover:text-ink">I do not sign</summary>
            <Form method="post" noValidate className="mt-3 flex flex-col gap-4">
              <input type="hidden" name="intent" value="refuse-waiver" />
              <input type="hidden" name="waiverId" value={id} />
              <TextAreaField
                id={`reason-${id}`}
                name="reason"
                label="Why you do not sign"
                hint={`${text.provider.name} will read it. If you want the service after all, say so here.`}
                rows={3}
                defaultValue={typed.reason ?? ''}
                error={fieldErrors.reason}
              />
              <Button
                type="submit"
                className="self-start max-sm:w-full"
                loading={isSending}
                loadingLabel="Sending"
              >
                I do not sign
              </Button>
            </Form>
          </details>
        </>
      ) : null}
      <footer className="text-caption text-ink-soft">
        <span className="block">SHA-256 of the text that is signed:</span>
        <CopyableHash value={textSha256} label="SHA-256 of the waiver’s text" />
      </footer>
    </article>
  )
}

function Outcome({ waiver, fileHref }: { waiver: ShownWaiverToSign; fileHref: string | null }) {
  const { state, signedAt, refusedAt, refusedReason, withdrawnReason } = waiver
  if (state === 'signed' && signedAt)
    return (
      <Notice
        kind="success"
        title="You signed this"
        action={
          fileHref ? (
            <a className="text-link" href={fileHref} download>
              Download the signed waiver
            </a>
          ) : null
        }
      >
        On <Time at={signedAt} />. {fileHref ? '' : 'The signed file is being made.'}
      </Notice>
    )
  if (state === 'refused' && refusedAt)
    return (
      <Notice kind="info" title="You did not sign this">
        On <Time at={refusedAt} />: {refusedReason}
      </Notice>
    )
  if (state === 'withdrawn')
    return (
      <Notice kind="info" title="This was withdrawn">
        {withdrawnReason}
      </Notice>
    )
  return null
}
