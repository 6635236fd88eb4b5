/** Retires an edition, with a reason; what that means is said before it is done. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { RetireInput } from '#app/services/definition-input.ts'
import { Button } from '../button.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { TextAreaField } from '../text-field.tsx'

export function RetireDialog({ title }: { title: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<{ outcome: string } | { fieldErrors: Record<string, string> }>()
  const form = useForm({
    resolver: zodResolver(RetireInput),
    defaultValues: { intent: 'retire' as const, reason: '' },
  })
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (reply && 'outcome' in reply) setIsOpen(false)
  }, [reply])
  const send = form.handleSubmit((input) => fetcher.submit(input, { method: 'post' }))
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button>Retire</Button>}
      title={`Retire ${title}?`}
      lead="Nothing new is started on it in your organisation. Applications on it stay as they are, and you can reinstate it."
      actions={
        <>
          <Button
            variant="danger"
            loading={fetcher.state !== 'idle'}
            loadingLabel="Retiring"
            onClick={() => void send()}
          >
            Retire edition
          </Button>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
        </>
      }
    >
      <form onSubmit={send} noValidate>
        <TextAreaField
          {...form.register('reason')}
          id="retire-reason"
          label="Why it is retired"
          rows={3}
          error={
            form.formState.errors.reason?.message ??
            (reply && 'fieldErrors' in reply ? reply.fieldErrors.reason : undefined)
          }
        />
      </form>
    </Dialog>
  )
}
