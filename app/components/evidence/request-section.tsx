/** Asks somebody for a newer version. */
import { useFetcher } from '@remix-run/react'
import { Mail } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import { useToast } from '../toast.tsx'

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
    toast({ kind: 'success', title: 'Request sent; its link works at once' })
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
        loadingLabel="Sending"
      >
        Send request
      </Button>
    </fetcher.Form>
  )
}
