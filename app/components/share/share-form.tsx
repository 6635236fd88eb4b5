/** Whom a report is to be shown to, until when, and whether they may take the file with them. */
import { Form, useNavigation } from '@remix-run/react'
import { Share2 } from 'lucide-react'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { DateField, TextField } from '../text-field.tsx'
import type { ShareDays } from './shared-with.tsx'

interface ShareFormProps {
  days: ShareDays
  mailsLeave: boolean
  errors: Record<string, string>
}

export function ShareForm({ days, mailsLeave, errors }: ShareFormProps) {
  const { state, formData } = useNavigation()
  const hasErrors = Object.keys(errors).some((name) => name.startsWith('recipient') || name === 'lastDay')
  return (
    <details open={hasErrors}>
      <summary className="cursor-pointer py-1 font-medium text-accent">Share with somebody</summary>
      <Form method="post" preventScrollReset className="mt-3 flex max-w-measure flex-col gap-4">
        <input type="hidden" name="intent" value="share" />
        <TextField
          name="recipientName"
          id="recipientName"
          label="Name of the reader"
          autoComplete="off"
          required
          minLength={2}
          maxLength={120}
          error={errors.recipientName}
        />
        <TextField
          name="recipientOrganisation"
          id="recipientOrganisation"
          label="Organisation"
          hint="For instance the broker or the insurer they work for."
          autoComplete="off"
          required
          minLength={2}
          maxLength={120}
          error={errors.recipientOrganisation}
        />
        <TextField
          name="recipientEmail"
          id="recipientEmail"
          label="E-mail address"
          hint={
            mailsLeave
              ? 'The link goes there. The passcode does not.'
              : 'Mails do not leave from here; the link waits in the outbox. The address also stands across the pages.'
          }
          type="email"
          autoComplete="off"
          required
          maxLength={254}
          error={errors.recipientEmail}
        />
        <DateField
          name="lastDay"
          id="lastDay"
          label="Last day"
          hint="The link works to the end of it (UTC)."
          required
          defaultValue={days.proposed}
          min={days.first}
          max={days.last}
          error={errors.lastDay}
        />
        <CheckboxField
          name="mayDownload"
          id="mayDownload"
          label="May download the signed file"
          hint="The signed PDF and its twins for other programs. They cannot carry the reader’s name: a mark would break the signatures. Each download is recorded."
        />
        <Button
          type="submit"
          icon={Share2}
          variant="primary"
          className="self-start"
          loading={state !== 'idle' && formData?.get('intent') === 'share'}
          loadingLabel="Sharing"
        >
          Share the report
        </Button>
      </Form>
    </details>
  )
}
