/** Takes evidence in: what it is, when it was true, what it speaks about, and the files. */
import { zodResolver } from '@hookform/resolvers/zod'
import { Upload as UploadIcon } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { EvidenceInput } from '#app/services/evidence-input.ts'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { FileDrop } from '../file-drop.tsx'
import { formatSize } from '../file-size.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, TextField } from '../text-field.tsx'
import { type ControlGroup, ControlPicker } from './control-picker.tsx'
import { FileKinds } from './file-kinds.tsx'
import { fileProblem } from './file-problem.ts'
import { KindField } from './kind-field.tsx'
import { couldBeScan, type KindGroup, viewpointOfKind } from './kind-groups.ts'
import { LeaveGuard } from './leave-guard.tsx'
import type { UploadReply } from './send-file.ts'
import { UploadRow } from './upload-row.tsx'
import { useFileKinds } from './use-file-kinds.ts'
import { type Upload, useUploads } from './use-uploads.ts'

export interface UploadFormProps {
  clientId: string
  kindGroups: KindGroup[]
  controlGroups: ControlGroup[]
  /** YYYY-MM-DD. */
  today: string
  maxUploadBytes: number
  wanted: { controlIds: string[]; question: { ref: string; item: string; prompt: string } | null }
  /** Something on the server is new. */
  onChanged: () => void
}

type Draft = z.input<typeof EvidenceInput> & { controlIds: string[] }

const FUTURE = 'This day lies in the future. Enter the day on which it was true'

/** A day is a day anywhere on earth: east of us tomorrow has begun. */
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

export function UploadForm(props: UploadFormProps) {
  const { clientId, kindGroups, controlGroups, today, maxUploadBytes, wanted, onChanged } = props
  const [files, setFiles] = useState<File[]>([])
  const [fileError, setFileError] = useState<string>()
  // A new key empties the file input, whose choice no script may set.
  const [round, setRound] = useState(0)
  const [refused, setRefused] = useState<Record<string, string>>({})
  const form = useForm<Draft, unknown, EvidenceInput>({
    resolver: zodResolver(EvidenceInput) as never,
    shouldFocusError: false,
    defaultValues: {
      kind: '',
      title: '',
      observedOn: today,
      validUntil: '',
      collector: '',
      controlIds: wanted.controlIds,
      viewpoint: 'internal',
    },
  })
  const uploads = useUploads(`/clients/${clientId}/upload`, (reply: UploadReply) => {
    if (reply.outcome === 'received') onChanged()
    if (reply.outcome === 'invalid') setRefused(reply.fieldErrors)
  })

  const kindId = form.watch('kind')
  const kindNamed = (id: string) => kindGroups.flatMap(({ kinds }) => kinds).find((kind) => kind.id === id)
  const kind = kindNamed(kindId)
  const own = useFileKinds(files)
  const only = files.length === 1 ? files[0] : undefined
  const isKindChosen = form.formState.dirtyFields.kind === true
  const suggested = only ? own.kindOf(only) : ''
  useEffect(() => {
    // A kind that a person has chosen stays.
    if (suggested && !isKindChosen) form.setValue('kind', suggested)
  }, [suggested, isKindChosen, form])
  const asksViewpoint =
    viewpointOfKind(kindId) !== null || (files.length > 0 && files.some(({ name }) => couldBeScan(name)))
  useEffect(() => {
    const viewpoint = viewpointOfKind(kindId)
    if (viewpoint) form.setValue('viewpoint', viewpoint)
  }, [kindId, form])

  const errors: Record<string, string | undefined> = { ...refused, files: fileError }
  for (const [name, error] of Object.entries(form.formState.errors)) errors[name] = error?.message

  function choose(chosen: File[]) {
    setFiles(chosen)
    setFileError(chosen.length > 0 ? fileProblem(chosen, maxUploadBytes) : undefined)
  }

  const fieldsOf = (input: EvidenceInput, ownKind = '') => ({
    kind: ownKind || input.kind,
    observedOn: input.observedOn,
    validUntil: kindNamed(ownKind || input.kind)?.countsUntilEnd ? (input.validUntil ?? '') : '',
    collector: input.collector,
    controlIds: input.controlIds.join(','),
    questionRefs: wanted.question?.ref ?? '',
    viewpoint: input.viewpoint,
  })

  function send(input: EvidenceInput) {
    const problem = fileProblem(files, maxUploadBytes)
    setFileError(problem)
    if (input.observedOn > dayAfter(today)) form.setError('observedOn', { message: FUTURE })
    if (problem || input.observedOn > dayAfter(today)) return
    setRefused({})
    for (const file of files) {
      const fields = fieldsOf(input, only ? '' : own.kindOf(file))
      uploads.add([file], { ...fields, title: only ? input.title : '' })
    }
    setFiles([])
    setRound(round + 1)
    form.setValue('title', '')
  }

  /** A kind for all is not asked for where every file has its own. */
  function submit(event: FormEvent) {
    const [first] = files
    if (first && !form.getValues('kind') && files.every((file) => own.kindOf(file)))
      form.setValue('kind', own.kindOf(first))
    return form.handleSubmit(send, () => setFileError(fileProblem(files, maxUploadBytes)))(event)
  }

  function retry({ id, file, reply, fields }: Upload) {
    const isFormWrong = reply?.outcome === 'invalid' || (reply?.outcome === 'refused' && reply.correctable)
    if (!isFormWrong) return uploads.retry(id)
    setRefused({})
    return form.handleSubmit((input) =>
      uploads.retry(id, { ...fieldsOf(input, own.kindOf(file)), title: fields.title ?? '' }),
    )()
  }

  return (
    <>
      <form noValidate className="flex max-w-measure flex-col gap-5" onSubmit={submit}>
        <FormErrorSummary
          problems={Object.entries(errors).flatMap(([name, message]) =>
            message ? [{ fieldId: name === 'form' ? null : name, message }] : [],
          )}
        />
        {wanted.question ? (
          <p className="border-accent border-s-2 ps-3">
            <span className="block text-caption text-ink-soft">
              It will be attached to item {wanted.question.item}
            </span>
            {wanted.question.prompt}
          </p>
        ) : null}
        <FileDrop
          key={round}
          id="files"
          name="file"
          label="Files"
          multiple
          error={fileError}
          onFiles={choose}
          invitation={`Exports, reports, PDFs, pictures; up to ${formatSize(maxUploadBytes)} each`}
        />
        {files.length > 1 ? (
          <FileKinds
            files={files}
            groups={kindGroups}
            recognised={own.recognised}
            kindOf={own.kindOf}
            onChange={own.choose}
          />
        ) : null}
        {only && own.recognised.has(only) ? (
          <p role="status" className="text-caption text-ink-soft">
            Recognised by its content: {own.recognised.get(only)?.label}. Its facts are read after the upload.
          </p>
        ) : null}
        <KindField
          {...form.register('kind')}
          id="kind"
          groups={kindGroups}
          note={kind?.note ?? null}
          error={errors.kind}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <DateField
            {...form.register('observedOn')}
            id="observedOn"
            label="Observed on"
            defaultValue={today}
            hint="The day on which it was true. Scan files tell it themselves."
            error={errors.observedOn}
          />
          {kind?.countsUntilEnd ? (
            <DateField
              {...form.register('validUntil')}
              id="validUntil"
              label="Valid until"
              hint="The end date that the document states."
              optional
              error={errors.validUntil}
            />
          ) : null}
        </div>
        {files.length > 1 ? null : (
          <TextField
            {...form.register('title')}
            id="title"
            label="Title"
            optional
            hint="The file’s name where left empty."
            error={errors.title}
          />
        )}
        <TextField
          {...form.register('collector')}
          id="collector"
          label="Collected by"
          optional
          hint="Who or what made the export. You, where left empty."
          error={errors.collector}
        />
        {asksViewpoint ? (
          <ChoiceCards
            {...form.register('viewpoint')}
            id="viewpoint"
            label="Where the scanner stood"
            hint="Only for scan files. What is open from one side says nothing about the other, so a scan is held against answers about its own side alone."
            options={[
              {
                value: 'internal',
                label: 'Scanner stood inside the network',
                hint: 'Shows patches and old systems; proves nothing about the internet side.',
              },
              {
                value: 'external',
                label: 'Scanner stood outside the network',
                hint: 'Shows what an attacker on the internet can reach.',
              },
            ]}
          />
        ) : null}
        <ControlPicker
          groups={controlGroups}
          chosen={form.watch('controlIds')}
          onChange={(chosen) => form.setValue('controlIds', chosen, { shouldDirty: true })}
          error={errors.controlIds}
        />
        <Button
          type="submit"
          variant="primary"
          icon={UploadIcon}
          className="self-start max-sm:w-full"
          loading={own.isAsking}
          loadingLabel="Looking what it is"
        >
          {files.length > 1 ? `Upload ${files.length} files` : 'Upload'}
        </Button>
      </form>
      {uploads.uploads.length > 0 ? (
        <section aria-label="Uploads" className="mt-6 max-w-measure">
          <ul className="border-rule border-t">
            {uploads.uploads.map((upload) => (
              <UploadRow
                key={upload.id}
                upload={upload}
                onCancel={() => uploads.cancel(upload.id)}
                onRetry={() => void retry(upload)}
                onRemove={() => uploads.remove(upload.id)}
                onScanRead={onChanged}
              />
            ))}
          </ul>
        </section>
      ) : null}
      <LeaveGuard isActive={uploads.isBusy} />
    </>
  )
}
