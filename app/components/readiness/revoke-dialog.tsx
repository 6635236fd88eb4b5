/** Asks why an exception ends before it is revoked. */
import { useFetcher } from '@remix-run/react'
import { useEffect, useId, useState } from 'react'
import { Button } from '../button.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField } from '../text-field.tsx'

type Reply =
  | { outcome: string }
  | { refusal: { message: string } }
  | { fieldErrors: Partial<Record<string, string>> }

export function RevokeDialog({ exceptionId, item }: { exceptionId: string; item: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const formId = useId()
  const fetcher = useFetcher<Reply>()
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (reply && 'outcome' in reply) setIsOpen(false)
  }, [reply])
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button size="small" variant="quiet">
          Revoke<span className="sr-only"> the exception for item {item}</span>
        </Button>
      }
      title={`Revoke the exception for item ${item}?`}
      lead="It stops covering its answer at once and cannot be taken up again; a new one can be recorded. It stays in the register with your reason."
      actions={
        <>
          <Button
            variant="danger"
            type="submit"
            form={formId}
            loading={fetcher.state !== 'idle'}
            loadingLabel="Revoking"
          >
            Revoke exception
          </Button>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
        </>
      }
    >
      <fetcher.Form id={formId} method="post" className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="revoke-exception" />
        <input type="hidden" name="exceptionId" value={exceptionId} />
        {reply && 'refusal' in reply ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <TextAreaField
          name="reason"
          label="Why it ends"
          rows={2}
          error={reply && 'fieldErrors' in reply ? reply.fieldErrors.reason : undefined}
        />
      </fetcher.Form>
    </Dialog>
  )
}
