/** Records a reasoned exception for an answer that the evidence contradicts. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { ExceptionInput } from '#app/services/exception-input.ts'
import { Button } from '../button.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'

interface ExceptionDialogProps {
  questionId: string
  prompt: string
  defaults: { owner: string; approvedBy: string; expiresOn: string }
}

type Reply =
  | { outcome: 'recorded' }
  | { refusal: { message: string } }
  | { fieldErrors: Record<string, string> }

export function ExceptionDialog({ questionId, prompt, defaults }: ExceptionDialogProps) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<Reply>()
  const form = useForm<ExceptionInput>({
    resolver: zodResolver(ExceptionInput),
    defaultValues: { questionId, reason: '', compensatingControl: '', ...defaults },
  })
  const { errors } = form.formState
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (reply && 'outcome' in reply) setIsOpen(false)
  }, [reply])
  const send = form.handleSubmit((input) =>
    fetcher.submit({ intent: 'record-exception', ...input }, { method: 'post' }),
  )
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button size="small">Record an exception</Button>}
      title="Record an exception"
      lead={prompt}
      actions={
        <>
          <Button
            variant="primary"
            loading={fetcher.state !== 'idle'}
            loadingLabel="Recording"
            onClick={() => void send()}
          >
            Record exception
          </Button>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
        </>
      }
    >
      <form className="flex flex-col gap-4" onSubmit={send} noValidate>
        <p className="text-ink-soft">
          The contradiction stays visible, in the report too. The exception says why the answer may be signed
          nevertheless, who accepts that, and until when.
        </p>
        {reply && 'refusal' in reply ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <TextAreaField
          {...form.register('reason')}
          label="Why the answer still holds"
          rows={3}
          error={errors.reason?.message}
        />
        <TextAreaField
          {...form.register('compensatingControl')}
          label="What limits the risk in the meantime"
          rows={3}
          error={errors.compensatingControl?.message}
        />
        <TextField {...form.register('owner')} label="Who will resolve it" error={errors.owner?.message} />
        <TextField
          {...form.register('approvedBy')}
          label="Who accepts it at the client"
          error={errors.approvedBy?.message}
        />
        <DateField
          {...form.register('expiresOn')}
          label="Until"
          hint="At most one year. An expired exception stops covering."
          error={errors.expiresOn?.message}
        />
      </form>
    </Dialog>
  )
}
