/** Files as an answer: picked from the client's evidence, so that what is attached is kept and hashed already. */
import { FileText, X } from 'lucide-react'
import { useController } from 'react-hook-form'
import type { AttachedFile } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { describedBy, FieldError, FieldHint } from '../field.tsx'
import { Time } from '../time.tsx'
import type { FieldsProps } from './answer-draft.ts'
import { type EvidenceChoice, EvidencePicker } from './evidence-picker.tsx'

interface FilesAnswerProps extends FieldsProps {
  question: Extract<Question, { kind: 'attachment' }>
  choices: readonly EvidenceChoice[]
  evidenceHref: string | null
}

export function FilesAnswer({ question, form, fieldId, disabled, choices, evidenceHref }: FilesAnswerProps) {
  const { field, fieldState } = useController({ control: form.control, name: 'value.files' })
  const files = field.value ?? []
  const error = fieldState.error?.message ?? fieldState.error?.root?.message
  const isFull = files.length >= question.maximumFiles
  const left = choices.filter(({ revisionId }) => !files.some((file) => file.revisionId === revisionId))
  const hint =
    question.maximumFiles === 1
      ? 'One file of this client’s evidence.'
      : `Up to ${question.maximumFiles} files of this client’s evidence.`
  const change = (changed: typeof files) => {
    field.onChange(changed)
    field.onBlur()
  }
  return (
    <fieldset
      id={fieldId}
      tabIndex={-1}
      aria-describedby={describedBy(fieldId, { hint, error })}
      className="min-w-0 max-w-measure"
    >
      <legend className="sr-only">{question.prompt}</legend>
      <FieldHint fieldId={fieldId}>{hint}</FieldHint>
      {files.length > 0 ? (
        <ul className="mt-2 border-hairline border-t">
          {files.map((file) => (
            <AttachedRow
              key={file.revisionId}
              file={file}
              choice={choices.find(({ revisionId }) => revisionId === file.revisionId) ?? null}
              onRemove={
                disabled
                  ? null
                  : () => {
                      change(files.filter(({ revisionId }) => revisionId !== file.revisionId))
                      document.getElementById(fieldId)?.focus()
                    }
              }
            />
          ))}
        </ul>
      ) : null}
      {disabled || isFull ? null : (
        <EvidencePicker
          fieldId={fieldId}
          choices={left}
          fittingKinds={question.evidenceKinds ?? []}
          hasAny={choices.length > 0}
          inputRef={field.ref}
          onPick={({ revisionId, fileName, sha256 }) => change([...files, { revisionId, fileName, sha256 }])}
        />
      )}
      <FieldError fieldId={fieldId} error={error} />
      {disabled || !evidenceHref ? null : (
        <p className="mt-2 text-caption">
          <a href={evidenceHref} className="text-link">
            Add new evidence
          </a>{' '}
          <span className="text-ink-soft">and come back to attach it.</span>
        </p>
      )}
    </fieldset>
  )
}

function AttachedRow({
  file,
  choice,
  onRemove,
}: {
  file: AttachedFile
  choice: EvidenceChoice | null
  onRemove: (() => void) | null
}) {
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] items-center gap-x-2.5 border-hairline border-b py-2">
      <FileText aria-hidden size={17} className="text-ink-soft" />
      <div className="min-w-0">
        <p className="break-words font-medium">{choice?.title ?? file.fileName}</p>
        <p className="break-words text-caption text-ink-soft">
          {choice ? (
            <>
              {file.fileName}, {choice.kindLabel.toLowerCase()}, observed <Time at={choice.observedOn} />
            </>
          ) : (
            'No longer among this client’s current evidence'
          )}
        </p>
      </div>
      {onRemove ? (
        <button
          type="button"
          onClick={onRemove}
          className="grid size-10 place-items-center rounded-small text-ink-soft hover:bg-accent-wash hover:text-ink"
        >
          <X aria-hidden size={17} />
          <span className="sr-only">Remove {file.fileName}</span>
        </button>
      ) : null}
    </li>
  )
}
