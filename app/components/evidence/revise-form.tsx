/** Takes a newer version of an item in: the older one stays readable, the newer one counts. */
import { zodResolver } from '@hookform/resolvers/zod'
import { Upload as UploadIcon } from 'lucide-react'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { RevisionInput } from '#app/services/evidence-input.ts'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { FileDrop } from '../file-drop.tsx'
import { formatSize } from '../file-size.tsx'
import { DateField, TextField } from '../text-field.tsx'
import { fileProblem } from './file-problem.ts'
import { couldBeScan } from './kind-groups.ts'
import { LeaveGuard } from './leave-guard.tsx'
import type { UploadReply } from './send-file.ts'
import { UploadRow } from './upload-row.tsx'
import { useUploads } from './use-uploads.ts'

interface ReviseFormProps {
  evidenceId: string
  /** Its kind states its own end instead of an age limit. */
  countsUntilEnd: boolean
  today: string
  maxUploadBytes: number
  onChanged: () => void
}

export function ReviseForm({
  evidenceId,
  countsUntilEnd,
  today,
  maxUploadBytes,
  onChanged,
}: ReviseFormProps) {
  const [files, setFiles] = useState<File[]>([])
  const [fileError, setFileError] = useState<string>()
  // A new key empties the file input, whose choice no script may set.
  const [round, setRound] = useState(0)
  const [refused, setRefused] = useState<Record<string, string>>({})
  const form = useForm<z.input<typeof RevisionInput>, unknown, RevisionInput>({
    resolver: zodResolver(RevisionInput) as never,
    defaultValues: { observedOn: today, validUntil: '', collector: '', viewpoint: 'internal' },
  })
  const uploads = useUploads(`/evidence/${evidenceId}/revisions`, (reply: UploadReply) => {
    if (reply.outcome === 'received') onChanged()
    if (reply.outcome === 'invalid') setRefused(reply.fieldErrors)
  })
  const fieldsOf = (input: RevisionInput) => ({
    observedOn: input.observedOn,
    validUntil: countsUntilEnd ? (input.validUntil ?? '') : '',
    collector: input.collector,
    viewpoint: input.viewpoint,
  })
  const send = form.handleSubmit(
    (input) => {
      const problem = fileProblem(files, maxUploadBytes)
      setFileError(problem)
      if (problem) return
      setRefused({})
      uploads.add(files, fieldsOf(input))
      setFiles([])
      setRound(round + 1)
    },
    () => setFileError(fileProblem(files, maxUploadBytes)),
  )
  const errorOf = (name: 'observedOn' | 'validUntil' | 'collector') =>
    form.formState.errors[name]?.message ?? refused[name]
  return (
    <>
      <form noValidate className="flex max-w-measure flex-col gap-5" onSubmit={send}>
        <FileDrop
          key={round}
          id="newer-file"
          name="file"
          label="Newer file"
          error={fileError}
          onFiles={(chosen) => {
            setFiles(chosen)
            setFileError(chosen.length > 0 ? fileProblem(chosen, maxUploadBytes) : undefined)
          }}
          invitation={`Up to ${formatSize(maxUploadBytes)}`}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <DateField
            {...form.register('observedOn')}
            id="newer-observedOn"
            label="Observed on"
            hint="The day on which it was true. Scan files tell it themselves."
            error={errorOf('observedOn')}
          />
          {countsUntilEnd ? (
            <DateField
              {...form.register('validUntil')}
              id="newer-validUntil"
              label="Valid until"
              hint="The end date that the document states."
              optional
              error={errorOf('validUntil')}
            />
          ) : null}
        </div>
        <TextField
          {...form.register('collector')}
          id="newer-collector"
          label="Collected by"
          optional
          hint="Who or what made the export. You, where left empty."
          error={errorOf('collector')}
        />
        {files.some(({ name }) => couldBeScan(name)) ? (
          <ChoiceCards
            {...form.register('viewpoint')}
            id="newer-viewpoint"
            label="Where the scanner stood"
            hint="Only for scan files."
            layout="row"
            options={[
              { value: 'internal', label: 'Inside the network' },
              { value: 'external', label: 'Outside the network' },
            ]}
          />
        ) : null}
        <Button type="submit" variant="primary" icon={UploadIcon} className="self-start max-sm:w-full">
          Upload newer version
        </Button>
      </form>
      {uploads.uploads.length > 0 ? (
        <ul aria-label="Uploads" className="mt-6 max-w-measure border-rule border-t">
          {uploads.uploads.map((upload) => (
            <UploadRow
              key={upload.id}
              upload={upload}
              onCancel={() => uploads.cancel(upload.id)}
              onRetry={() => void form.handleSubmit((input) => uploads.retry(upload.id, fieldsOf(input)))()}
              onRemove={() => uploads.remove(upload.id)}
              onScanRead={onChanged}
            />
          ))}
        </ul>
      ) : null}
      <LeaveGuard isActive={uploads.isBusy} />
    </>
  )
}
