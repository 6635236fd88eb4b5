import { CloudUpload, FileText } from 'lucide-react'
import { type DragEvent, forwardRef, type ReactNode, useImperativeHandle, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import { Field, type FieldTexts } from './field.tsx'
import { FileSize } from './file-size.tsx'

interface FileDropProps extends FieldTexts {
  name: string
  /** As for a file input: ".nessus,application/pdf". */
  accept?: string
  multiple?: boolean
  disabled?: boolean
  /** Called with every new choice, whether dropped or picked; the list may be empty. */
  onFiles?: (files: File[]) => void
  /** Said in the zone, such as the accepted formats and the size limit. */
  invitation?: ReactNode
}

/**
 * A file input that also takes drops. The native input keeps the files, so a plain form submission carries them
 * and the keyboard needs nothing of ours.
 */
export const FileDrop = forwardRef<HTMLInputElement, FileDropProps>(function FileDrop(
  { label, hint, error, optional, id, name, accept, multiple = false, disabled = false, onFiles, invitation },
  ref,
) {
  const input = useRef<HTMLInputElement>(null)
  useImperativeHandle(ref, () => input.current as HTMLInputElement)
  const [files, setFiles] = useState<File[]>([])
  const [isOver, setIsOver] = useState(false)

  function take(list: FileList | null) {
    const chosen = [...(list ?? [])]
    setFiles(chosen)
    onFiles?.(chosen)
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    if (disabled || !input.current || event.dataTransfer.files.length === 0) return
    const kept = new DataTransfer()
    const dropped = [...event.dataTransfer.files]
    for (const file of multiple ? dropped : dropped.slice(0, 1)) kept.items.add(file)
    input.current.files = kept.files
    take(kept.files)
  }

  return (
    <Field {...{ label, hint, error, optional, id }}>
      {(control) => (
        // The zone is a target for the mouse only; the input inside it is what the keyboard reaches.
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keyboard form, the input has.
        <div
          onDragOver={(event) => {
            event.preventDefault()
            setIsOver(!disabled)
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={drop}
          className={classNames(
            'relative rounded-large border border-dashed px-4 py-6 text-center has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
            isOver
              ? 'border-accent bg-accent-wash'
              : error
                ? 'border-bad bg-raised'
                : 'border-control bg-raised hover:border-ink',
            disabled && 'opacity-60',
          )}
        >
          <input
            {...control}
            ref={input}
            type="file"
            name={name}
            accept={accept}
            multiple={multiple}
            disabled={disabled}
            onChange={(event) => take(event.target.files)}
            // Laid over the whole zone: a click anywhere opens the picker.
            className="absolute inset-0 size-full cursor-pointer opacity-0"
          />
          <CloudUpload aria-hidden size={22} strokeWidth={1.5} className="mx-auto mb-2 text-accent" />
          <p>
            <span className="font-medium text-accent underline underline-offset-4">
              {multiple ? 'Choose files' : 'Choose a file'}
            </span>{' '}
            or drop {multiple ? 'them' : 'it'} here
          </p>
          {invitation ? <p className="mt-1 text-caption text-ink-soft">{invitation}</p> : null}
          <ul aria-live="polite" className="mt-3 space-y-1 empty:hidden">
            {files.map((file) => (
              <li
                key={`${file.name}-${file.size}`}
                className="flex items-center justify-center gap-2 text-caption"
              >
                <FileText aria-hidden size={15} className="shrink-0 text-ink-soft" />
                <span className="min-w-0 break-all font-medium">{file.name}</span>
                <span className="text-ink-soft">
                  <FileSize sizeBytes={file.size} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Field>
  )
})
