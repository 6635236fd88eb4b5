/** Says of chosen findings that they are accepted for a time, false, or open after all. */
import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { countOf } from '../counts.ts'
import { Dialog, DialogClose } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { DateField, TextAreaField } from '../text-field.tsx'

type Reply =
  | { outcome: 'judged' }
  | { refusal: { message: string } }
  | { fieldErrors: Record<string, string> }

interface JudgeDialogProps {
  ids: string[]
  onDone?: () => void
  /** The findings page of the client, where the dialog stands on another one. */
  action?: string
}

export function JudgeDialog({ ids, onDone, action }: JudgeDialogProps) {
  const [isOpen, setIsOpen] = useState(false)
  const [decision, setDecision] = useState('accepted')
  const fetcher = useFetcher<Reply>()
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  const errors = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  useEffect(() => {
    if (!reply || !('outcome' in reply)) return
    setIsOpen(false)
    onDone?.()
  }, [reply, onDone])
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button disabled={ids.length === 0}>Change the state</Button>}
      title={`Change the state of ${countOf(ids.length, 'finding')}`}
      lead="The reason stays with the findings and in the ledger. It can be undone below the list."
      actions={
        <>
          <Button
            variant="primary"
            type="submit"
            form="judge-findings"
            loading={fetcher.state !== 'idle'}
            loadingLabel="Recording"
          >
            Record
          </Button>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
        </>
      }
    >
      <fetcher.Form id="judge-findings" method="post" action={action} className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="judge" />
        {ids.map((id) => (
          <input key={id} type="hidden" name="findingIds[]" value={id} />
        ))}
        {reply && 'refusal' in reply ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        {errors.findingIds ? (
          <Notice kind="danger" announce>
            {errors.findingIds}
          </Notice>
        ) : null}
        <ChoiceCards
          name="decision"
          label="What they are"
          value={decision}
          onChange={(event) => setDecision(event.currentTarget.value)}
          options={[
            {
              value: 'accepted',
              label: 'Accepted until a day',
              hint: 'Facts for insurers still count it as open.',
            },
            {
              value: 'false-positive',
              label: 'A false positive',
              hint: 'The tool is wrong; it is left out and named.',
            },
            { value: 'open', label: 'Open after all', hint: 'Takes back what was said before.' },
          ]}
          error={errors.decision}
        />
        {decision === 'accepted' ? (
          <DateField
            name="untilDay"
            label="Until"
            hint="At most one year. After that day it is open again by itself."
            error={errors.untilDay}
          />
        ) : null}
        <TextAreaField name="reason" label="Why" rows={3} error={errors.reason} />
      </fetcher.Form>
    </Dialog>
  )
}
