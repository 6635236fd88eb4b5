/** What can be done with a permission that stands: check under it, or take it back. */
import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { Button } from '../button.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField } from '../text-field.tsx'
import { type ActionReply, errorsOf } from './action-reply.ts'

interface PermissionActionProps {
  permissionId: string
  targets: string[]
  grantedByName: string
}

export function CheckTargetsDialog({ permissionId, targets, grantedByName }: PermissionActionProps) {
  return (
    <FormDialog
      label="Check now"
      about={targets.join(', ')}
      title="Check ports and certificates"
      lead={`One connection to each port of a short list, a few at a time; nothing is sent. Only what ${grantedByName} allowed is contacted.`}
      send="Start the check"
      sending="Starting"
      hidden={{ intent: 'check-targets', permissionId }}
      field={{
        name: 'targets',
        id: `targets-${permissionId}`,
        label: 'What to check',
        hint: 'At most 64 addresses at a time. What is left out here makes the result partial.',
        defaultValue: targets.join('\n'),
      }}
    />
  )
}

export function RevokeDialog({ permissionId, targets, grantedByName }: PermissionActionProps) {
  return (
    <FormDialog
      label="Revoke"
      about={targets.join(', ')}
      title={`Revoke the permission of ${grantedByName}?`}
      lead="Nothing more is checked under it, not even a check that waits already. What was seen until now stays, and so does the entry."
      send="Revoke permission"
      sending="Revoking"
      isDanger
      hidden={{ intent: 'revoke', permissionId }}
      field={{
        name: 'reason',
        id: `reason-${permissionId}`,
        label: 'Why it no longer holds',
        hint: 'The ledger keeps the reason.',
        defaultValue: '',
      }}
    />
  )
}

interface FormDialogProps {
  label: string
  /** Tells buttons of the same label apart for those who hear the page. */
  about: string
  title: string
  lead: string
  send: string
  sending: string
  isDanger?: boolean
  hidden: Record<string, string>
  field: { name: string; id: string; label: string; hint: string; defaultValue: string }
}

function FormDialog({
  label,
  about,
  title,
  lead,
  send,
  sending,
  isDanger = false,
  hidden,
  field,
}: FormDialogProps) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<ActionReply>()
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  const { fields, sentence } = errorsOf(reply)
  useEffect(() => {
    if (reply && 'outcome' in reply) setIsOpen(false)
  }, [reply])
  const formId = `${field.id}-form`
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button size="small" variant={isDanger ? 'quiet' : undefined}>
          {label}
          <span className="sr-only">: {about}</span>
        </Button>
      }
      title={title}
      lead={lead}
      actions={
        <>
          <Button
            type="submit"
            form={formId}
            variant={isDanger ? 'danger' : 'primary'}
            loading={fetcher.state !== 'idle'}
            loadingLabel={sending}
          >
            {send}
          </Button>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
        </>
      }
    >
      <fetcher.Form id={formId} method="post" className="flex flex-col gap-4" noValidate>
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {sentence ? (
          <Notice kind="danger" announce>
            {sentence}
          </Notice>
        ) : null}
        <TextAreaField {...field} rows={3} error={fields[field.name]} />
      </fetcher.Form>
    </Dialog>
  )
}
