import { Form, useNavigation, useSubmit } from '@remix-run/react'
import { Archive } from 'lucide-react'
import { Button } from '../button.tsx'
import { ConfirmDialog } from '../confirm-dialog.tsx'

/** Asks first once scripts run; before that the button archives at once, which can be undone. */
export function ArchiveClient({ action, legalName }: { action: string; legalName: string }) {
  const submit = useSubmit()
  const isArchiving = useNavigation().formData?.get('intent') === 'archive'
  return (
    // Once scripts run, only the dialog submits.
    <Form method="post" action={action} className="contents" onSubmit={(event) => event.preventDefault()}>
      <input type="hidden" name="intent" value="archive" />
      <ConfirmDialog
        trigger={
          <Button type="submit" icon={Archive} loading={isArchiving} loadingLabel="Archiving">
            Archive
          </Button>
        }
        title={`Archive ${legalName}?`}
        confirmLabel="Archive client"
        onConfirm={() => submit({ intent: 'archive' }, { method: 'post', action })}
      >
        It leaves the client list and takes no new applications or evidence. Everything recorded is kept, and
        you can restore it at any time.
      </ConfirmDialog>
    </Form>
  )
}
