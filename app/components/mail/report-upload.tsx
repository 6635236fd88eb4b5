/** A delivery report that came back to a mailbox, handed in as a file. */
import { Form, useNavigation } from '@remix-run/react'
import { Upload } from 'lucide-react'
import { Button } from '../button.tsx'
import { FileDrop } from '../file-drop.tsx'

export function ReportUpload({ error }: { error?: string }) {
  const isSending = useNavigation().formData?.get('intent') === 'report'
  return (
    <Form method="post" encType="multipart/form-data" className="flex max-w-measure flex-col gap-4">
      <input type="hidden" name="intent" value="report" />
      <FileDrop
        id="report"
        name="report"
        label="The message that came back"
        accept=".eml,message/rfc822"
        invitation="An .eml file of at most 1 MB: the whole message, as the mail program saves it"
        error={error}
      />
      <Button
        type="submit"
        icon={Upload}
        className="self-start max-sm:self-stretch"
        loading={isSending}
        loadingLabel="Reading"
      >
        Hand in the report
      </Button>
    </Form>
  )
}
