/** Several files at once, each with its own kind: suggested where its content is recognised, and changed at will. */
import type { KindGroup } from './kind-groups.ts'
import type { Recognised } from './use-recognition.ts'

interface FileKindsProps {
  files: readonly File[]
  groups: KindGroup[]
  recognised: ReadonlyMap<File, Recognised>
  /** '' for the kind that the form names for all. */
  kindOf: (file: File) => string
  onChange: (file: File, kind: string) => void
}

export function FileKinds({ files, groups, recognised, kindOf, onChange }: FileKindsProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">Kind of each file</legend>
      <p className="mb-2 text-caption text-ink-soft">
        {files.length} files: each becomes a piece of evidence of its own, named after its file.
      </p>
      <ul className="border-rule border-t">
        {files.map((file, index) => {
          const found = recognised.get(file)
          return (
            <li
              key={`${file.name} ${file.size} ${file.lastModified}`}
              className="grid items-center gap-x-4 gap-y-1 border-hairline border-b py-2.5 sm:grid-cols-2"
            >
              <label htmlFor={`file-kind-${index}`} className="min-w-0 break-all">
                {file.name}
                <span className="block text-caption text-ink-soft">
                  {found ? `Recognised: ${found.label}` : 'Kept as it is'}
                </span>
              </label>
              <select
                id={`file-kind-${index}`}
                value={kindOf(file)}
                onChange={(event) => onChange(file, event.target.value)}
                className="control-surface"
              >
                <option value="">As chosen below</option>
                {groups.map((group) => (
                  <optgroup key={group.label} label={group.label}>
                    {group.kinds.map((kind) => (
                      <option key={kind.id} value={kind.id}>
                        {kind.label}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}
