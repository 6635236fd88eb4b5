/** Uses an item for another client of the organisation, after the person has said that it may be. */
import { useFetcher } from '@remix-run/react'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { SelectField } from '../text-field.tsx'

type Reply =
  | { outcome: 'copied' | 'renewed' | 'already-held'; evidenceId: string; clientId: string }
  | { refusal: { message: string } }
  | { fieldErrors: Record<string, string> }

const SAID = {
  copied: 'The client has it now.',
  renewed: 'The client’s copy got this newer file.',
  'already-held': 'The client’s evidence holds exactly this file already.',
}

interface CopyDialogProps {
  title: string
  clientName: string
  clients: readonly { id: string; legalName: string }[]
}

export function CopyDialog({ title, clientName, clients }: CopyDialogProps) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<Reply>()
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  const errors = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button icon={Copy}>Use for another client</Button>}
      title={`Use ${title} for another client`}
      lead="For evidence that is your own, such as your EDR contract. The other client gets an item with the same file; both pages and the ledger say where it came from."
    >
      <fetcher.Form method="post" noValidate className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="copy" />
        {reply && 'refusal' in reply ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        {reply && 'outcome' in reply ? (
          <Notice kind="success" announce>
            {SAID[reply.outcome]} <TextLink to={`/evidence/${reply.evidenceId}`}>Open it there</TextLink>
          </Notice>
        ) : null}
        <SelectField
          id="copy-client"
          name="clientId"
          label="Client"
          placeholder="Choose a client"
          defaultValue=""
          options={clients.map(({ id, legalName }) => ({ value: id, label: legalName }))}
          error={errors.clientId}
        />
        <CheckboxField
          id="copy-confirmed"
          name="confirmed"
          label={`The file may be shown to that client: it is not ${clientName}’s own.`}
          error={errors.confirmed}
        />
        <div className="flex flex-wrap gap-2.5">
          <Button type="submit" variant="primary" loading={fetcher.state !== 'idle'} loadingLabel="Linking">
            Use for this client
          </Button>
          <DialogClose>
            <Button>Close</Button>
          </DialogClose>
        </div>
      </fetcher.Form>
    </Dialog>
  )
}
