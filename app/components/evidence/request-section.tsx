/** Asks somebody for a newer version, and shows what was asked. */
import { useFetcher } from '@remix-run/react'
import { Mail } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { mailtoHref, type RequestText } from '#app/services/request-text.ts'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { useToast } from '../toast.tsx'
import { DueDay } from './open-requests.tsx'

export interface ShownRequest {
  id: string
  recipientName: string
  recipientEmail: string
  dueOn: string
  state: 'open' | 'fulfilled' | 'cancelled'
  isOverdue: boolean
  requestedByName: string
  requestedAt: Date
  settledAt: Date | null
  text: RequestText
}

type Reply =
  | { outcome: 'requested' }
  | { refusal: { message: string } }
  | { fieldErrors: Record<string, string> }

export function RequestForm({ suggestion, dueOn }: { suggestion: string; dueOn: string }) {
  const fetcher = useFetcher<Reply>()
  const toast = useToast()
  const form = useRef<HTMLFormElement>(null)
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (!reply || !('outcome' in reply)) return
    form.current?.reset()
    toast({ kind: 'success', title: 'Request recorded: send the text above' })
  }, [reply, toast])
  const errors = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  return (
    <fetcher.Form ref={form} method="post" noValidate className="flex max-w-measure flex-col gap-5">
      <input type="hidden" name="intent" value="request" />
      {reply && 'refusal' in reply ? (
        <Notice kind="danger" announce>
          {reply.refusal.message}
        </Notice>
      ) : null}
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          id="recipientName"
          name="recipientName"
          label="Who is asked"
          autoComplete="off"
          error={errors.recipientName}
        />
        <TextField
          id="recipientEmail"
          name="recipientEmail"
          type="email"
          label="Their e-mail"
          autoComplete="off"
          error={errors.recipientEmail}
        />
      </div>
      <DateField id="dueOn" name="dueOn" label="Needed by" defaultValue={dueOn} error={errors.dueOn} />
      <TextAreaField
        id="message"
        name="message"
        label="Message"
        rows={4}
        defaultValue={suggestion}
        error={errors.message}
      />
      <Button
        type="submit"
        icon={Mail}
        className="self-start"
        loading={fetcher.state !== 'idle'}
        loadingLabel="Recording"
      >
        Record request
      </Button>
    </fetcher.Form>
  )
}

export function RequestList({ requests }: { requests: readonly ShownRequest[] }) {
  if (requests.length === 0) return null
  return (
    <ul className="mb-6 border-rule border-t">
      {requests.map((request) => (
        <li key={request.id} className="border-hairline border-b py-4">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <p className="wrap-anywhere">
              <span className="font-medium">{request.recipientName}</span>{' '}
              <span className="text-caption text-ink-soft">{request.recipientEmail}</span>
            </p>
            <Settled {...request} />
          </div>
          <p className="text-caption text-ink-soft">
            Asked by {request.requestedByName} on <Time at={request.requestedAt} />
          </p>
          {request.state === 'open' ? <Message request={request} /> : null}
        </li>
      ))}
    </ul>
  )
}

function Settled({ state, dueOn, isOverdue, settledAt }: ShownRequest) {
  if (state === 'open') return <DueDay dueOn={dueOn} isOverdue={isOverdue} />
  return (
    <span className="text-caption">
      <StatusBadge
        word={state === 'fulfilled' ? 'Fulfilled' : 'Cancelled'}
        tone={state === 'fulfilled' ? 'ok' : 'neutral'}
      />{' '}
      {settledAt ? <Time at={settledAt} /> : null}
    </span>
  )
}

function Message({ request }: { request: ShownRequest }) {
  const fetcher = useFetcher()
  const [isCopied, setIsCopied] = useState(false)
  const { subject, body } = request.text
  // Without a clipboard (plain http on another host) the text can be selected.
  const copy = () =>
    navigator.clipboard?.writeText(`${subject}\n\n${body}`).then(
      () => setIsCopied(true),
      () => {},
    )
  return (
    <details className="mt-2">
      <summary className="py-1 text-caption text-ink-soft">Text to send</summary>
      <pre className="mt-1 max-w-measure whitespace-pre-wrap border-control border-s-2 ps-3 font-sans wrap-anywhere">
        {`${subject}\n\n${body}`}
      </pre>
      <div className="mt-3 flex flex-wrap gap-2.5">
        <Button size="small" onClick={copy}>
          {isCopied ? 'Copied' : 'Copy text'}
        </Button>
        <a
          href={mailtoHref(request.recipientEmail, request.text)}
          className="inline-flex min-h-8 items-center text-caption text-link pointer-coarse:min-h-10"
        >
          Open in your mail program
        </a>
        <fetcher.Form method="post">
          <input type="hidden" name="intent" value="cancel-request" />
          <input type="hidden" name="requestId" value={request.id} />
          <Button type="submit" size="small" variant="quiet" loading={fetcher.state !== 'idle'}>
            Cancel request<span className="sr-only"> to {request.recipientName}</span>
          </Button>
        </fetcher.Form>
      </div>
      <span role="status" className="sr-only">
        {isCopied ? 'Text copied' : ''}
      </span>
    </details>
  )
}
