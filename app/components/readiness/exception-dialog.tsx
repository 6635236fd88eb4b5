/** Records a reasoned exception for an answer that the evidence contradicts, or renews one. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useFetcher } from '@remix-run/react'
import { type ReactNode, useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { ExceptionInput } from '#app/services/exception-input.ts'
import { Button } from '../button.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'

type Words = z.input<typeof ExceptionInput>

interface ExceptionDialogProps {
  questionId: string
  prompt: string
  defaults: Omit<Words, 'questionId' | 'scope' | 'reason' | 'compensatingControl'> & Partial<Words>
  /** The exception whose words the new one begins with. */
  renews?: string
  trigger?: ReactNode
}

type Reply =
  | { outcome: string }
  | { refusal: { message: string } }
  | { fieldErrors: Partial<Record<string, string>> }

export function ExceptionDialog({ questionId, prompt, defaults, renews, trigger }: ExceptionDialogProps) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<Reply>()
  const form = useForm<Words, unknown, ExceptionInput>({
    resolver: zodResolver(ExceptionInput),
    defaultValues: {
      scope: '',
      reason: '',
      compensatingControl: '',
      startsOn: '',
      ...defaults,
      questionId,
    },
  })
  const { errors } = form.formState
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  const refused: Partial<Record<string, string>> = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  const field = (name: keyof Words) => ({
    ...form.register(name),
    error: errors[name]?.message ?? refused[name],
  })
  useEffect(() => {
    if (reply && 'outcome' in reply) setIsOpen(false)
  }, [reply])
  const asked = { intent: renews ? 'renew-exception' : 'record-exception', exceptionId: renews ?? '' }
  const send = form.handleSubmit((input) => fetcher.submit({ ...input, ...asked }, { method: 'post' }))
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={trigger ?? <Button size="small">Record an exception</Button>}
      title={renews ? 'Renew the exception' : 'Record an exception'}
      lead={prompt}
      actions={
        <>
          <Button
            variant="primary"
            loading={fetcher.state !== 'idle'}
            loadingLabel="Recording"
            onClick={() => void send()}
          >
            {renews ? 'Renew exception' : 'Record exception'}
          </Button>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
        </>
      }
    >
      <form className="flex flex-col gap-4" onSubmit={send} noValidate>
        <p className="text-ink-soft">
          {renews
            ? 'This records a new exception; the old one stays in the register. Read its words again before they are accepted for another time.'
            : 'The contradiction stays visible, in the report too. The exception says why the answer may be signed nevertheless, who accepts that, and until when.'}
        </p>
        {reply && 'refusal' in reply ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <TextAreaField
          {...field('scope')}
          label="What exactly is excepted"
          hint="Name the accounts, machines or sites. Nothing else is excepted."
          rows={2}
        />
        <TextAreaField {...field('reason')} label="Why the answer still holds" rows={3} />
        <TextAreaField
          {...field('compensatingControl')}
          label="What limits the risk in the meantime"
          rows={3}
        />
        <TextField {...field('owner')} label="Who will resolve it" />
        <TextField {...field('approvedBy')} label="Who accepts it at the client" />
        <DateField {...field('startsOn')} label="Since" optional hint="Left empty, it holds from today." />
        <DateField
          {...field('expiresOn')}
          label="Until"
          hint="At most one year. An expired exception stops covering."
        />
      </form>
    </Dialog>
  )
}
