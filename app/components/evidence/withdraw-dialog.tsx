/** Withdraws evidence, with a reason; what that means is said before it is done. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { WithdrawInput } from '#app/services/report-input.ts'
import { Button } from '../button.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField } from '../text-field.tsx'

type Reply =
  | { outcome: 'withdrawn' }
  | { refusal: { message: string } }
  | { fieldErrors: Record<string, string> }

export function WithdrawDialog({ title, isScan }: { title: string; isScan: boolean }) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<Reply>()
  const form = useForm({ resolver: zodResolver(WithdrawInput), defaultValues: { reason: '' } })
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (reply && 'outcome' in reply) setIsOpen(false)
  }, [reply])
  const send = form.handleSubmit(({ reason }) =>
    fetcher.submit({ intent: 'withdraw', reason }, { method: 'post' }),
  )
  const refusedField = reply && 'fieldErrors' in reply ? reply.fieldErrors.reason : undefined
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button>Withdraw</Button>}
      title={`Withdraw ${title}?`}
      lead={
        isScan
          ? 'Its facts stop counting at once, and answers that rest on them lose that support. The file and its place in the ledger stay.'
          : 'It stops counting at once, and answers that rest on it lose that support. The file and its place in the ledger stay.'
      }
      actions={
        <>
          <Button
            variant="danger"
            loading={fetcher.state !== 'idle'}
            loadingLabel="Withdrawing"
            onClick={() => void send()}
          >
            Withdraw evidence
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
          id="withdraw-reason"
          label="Why it is withdrawn"
          hint="The ledger keeps the reason. It cannot be taken back; upload the file again instead."
          rows={3}
          error={form.formState.errors.reason?.message ?? refusedField}
        />
      </form>
    </Dialog>
  )
}
