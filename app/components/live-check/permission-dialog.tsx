/** Records what a client allowed in writing. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useFetcher } from '@remix-run/react'
import { FileCheck2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { PermissionInput } from '#app/services/check-input.ts'
import { Button } from '../button.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { Notice } from '../notice.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../text-field.tsx'
import { type ActionReply, errorsOf } from './action-reply.ts'

type Typed = z.input<typeof PermissionInput>

interface PermissionDialogProps {
  defaults: { grantedByName: string; grantedByTitle: string; grantedOn: string; expiresOn: string }
  /** Evidence on file that may hold the writing. */
  writings: { id: string; title: string }[]
}

export function PermissionDialog({ defaults, writings }: PermissionDialogProps) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<ActionReply>()
  const form = useForm<Typed, unknown, unknown>({
    resolver: zodResolver(PermissionInput) as never,
    defaultValues: {
      intent: 'grant',
      targets: '',
      scope: 'both',
      reference: '',
      revisionId: '',
      ...defaults,
    },
  })
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  const { fields, sentence } = errorsOf(reply)
  const { reset } = form
  useEffect(() => {
    if (!reply || !('outcome' in reply)) return
    setIsOpen(false)
    reset()
  }, [reply, reset])
  // What was typed is sent, and parsed again by the action.
  const send = form.handleSubmit(() =>
    fetcher.submit(form.getValues() as Record<string, string>, { method: 'post' }),
  )
  const field = (name: keyof Typed) => ({
    ...form.register(name),
    id: `permission-${name}`,
    error: form.formState.errors[name]?.message ?? fields[name],
  })
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button icon={FileCheck2}>Record a permission</Button>}
      title="Record a permission"
      lead="Ports and certificates are looked at only where the client has allowed it in writing."
      actions={
        <>
          <Button
            variant="primary"
            loading={fetcher.state !== 'idle'}
            loadingLabel="Recording"
            onClick={() => void send()}
          >
            Record permission
          </Button>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
        </>
      }
    >
      <form className="flex flex-col gap-4" onSubmit={send} noValidate>
        {sentence ? (
          <Notice kind="danger" announce>
            {sentence}
          </Notice>
        ) : null}
        <TextAreaField
          {...field('targets')}
          label="What may be looked at"
          hint="Public addresses, networks such as 198.51.100.0/28, or host names, one a line, exactly as the client wrote them."
          rows={3}
        />
        <SelectField
          {...field('scope')}
          label="Kinds of check"
          options={[
            { value: 'both', label: 'Open ports and certificates' },
            { value: 'ports', label: 'Open ports only' },
            { value: 'certificates', label: 'Certificates only' },
          ]}
        />
        <TextField {...field('grantedByName')} label="Who gave it" autoComplete="off" />
        <TextField {...field('grantedByTitle')} label="Position at the client" autoComplete="off" />
        <TextAreaField
          {...field('reference')}
          label="Where it is written"
          hint="Which letter, contract or message, and of which day."
          rows={2}
        />
        <SelectField
          {...field('revisionId')}
          label="The writing on file"
          optional
          options={[
            { value: '', label: 'Not on file' },
            ...writings.map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
        <div className="flex flex-wrap gap-4">
          <DateField {...field('grantedOn')} label="Given on" />
          <DateField {...field('expiresOn')} label="Holds until" hint="At most one year." />
        </div>
      </form>
    </Dialog>
  )
}
