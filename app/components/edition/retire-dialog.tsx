/** Retires an edition, with a reason; what that means is said before it is done. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { RetireInput } from '#app/services/definition-input.ts'
import { Button } from '../button.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField } from '../text-field.tsx'

type Reply = { outcome: string } | { refusal: { message: string } } | { fieldErrors: Record<string, string> }

export function RetireDialog({ title }: { title: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<Reply>()
  const form = useForm({
    resolver: zodResolver(RetireInput),
    defaultValues: { intent: 'retire' as const, reason: '' },
  })
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  const { setError } = form
  useEffect(() => {
    if (!reply) return
    if ('outcome' in reply) setIsOpen(false)
    if ('fieldErrors' in reply) {
      const message = reply.fieldErrors.reason ?? 'The reason was not taken. Write it anew'
      setError('reason', { message }, { shouldFocus: true })
    }
  }, [reply, setError])
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
      <form onSubmit={send} noValidate className="flex flex-col gap-4">
        {reply && 'refusal' in reply ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <TextAreaField
          {...form.register('reason')}
          id="retire-reason"
          label="Why it is retired"
          hint="A sentence of at least 10 characters. The ledger keeps it."
          rows={3}
          error={form.formState.errors.reason?.message}
        />
      </form>
    </Dialog>
  )
}
