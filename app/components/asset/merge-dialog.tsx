/** Says that another asset is the same machine. */
import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { Button } from '../button.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { SelectField, TextAreaField } from '../text-field.tsx'

type Reply =
  | { outcome: 'decided' }
  | { refusal: { message: string } }
  | { fieldErrors: Record<string, string> }

interface MergeDialogProps {
  name: string
  others: { id: string; name: string; address: string | null }[]
}

export function MergeDialog({ name, others }: MergeDialogProps) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<Reply>()
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  const errors = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  useEffect(() => {
    if (reply && 'outcome' in reply) setIsOpen(false)
  }, [reply])
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button>Merge with another asset</Button>}
      title={`Merge another asset into ${name}`}
      lead="Its sightings and findings are shown here from then on, and later scans keep to that. It can be undone."
      actions={
        <>
          <Button
            variant="primary"
            type="submit"
            form="merge-assets"
            loading={fetcher.state !== 'idle'}
            loadingLabel="Merging"
          >
            Merge
          </Button>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
        </>
      }
    >
      <fetcher.Form id="merge-assets" method="post" className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="merge" />
        {reply && 'refusal' in reply ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <SelectField
          name="otherId"
          id="otherId"
          label="The other asset"
          placeholder="Choose"
          options={others.map(({ id, name: other, address }) => ({
            value: id,
            label: address && address !== other ? `${other} (${address})` : other,
          }))}
          error={errors.otherId}
        />
        <TextAreaField
          name="reason"
          id="merge-reason"
          label="Why they are one machine"
          rows={2}
          error={errors.reason}
        />
      </fetcher.Form>
    </Dialog>
  )
}
