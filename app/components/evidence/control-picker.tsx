/** Chooses the controls that evidence speaks about, grouped by domain and folded away until wanted. */
import { Fieldset } from '../field.tsx'

export interface ControlGroup {
  label: string
  controls: { id: string; label: string }[]
}

interface ControlPickerProps {
  groups: ControlGroup[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  /** For plain form posts. */
  name?: string
  error?: string
  startsOpen?: boolean
  label?: string
  optional?: boolean
  /** Where a page has several: keeps their ids apart. */
  idPrefix?: string
}

export function ControlPicker({
  groups,
  chosen,
  onChange,
  name,
  error,
  startsOpen = false,
  label = 'Controls it speaks about',
  optional = true,
  idPrefix = '',
}: ControlPickerProps) {
  const labels = groups.flatMap(({ controls }) => controls).filter(({ id }) => chosen.includes(id))
  const toggle = (id: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, id] : chosen.filter((other) => other !== id))
  return (
    <Fieldset label={label} id={`${idPrefix}controlIds`} optional={optional} error={error}>
      <details open={startsOpen || Boolean(error)} className="rounded-small border border-control bg-raised">
        <summary className="min-h-(--control-height) px-3 py-2">
          {labels.length === 0 ? (
            <span className="text-ink-soft">Choose controls</span>
          ) : (
            labels.map(({ label }) => label).join(', ')
          )}
        </summary>
        <div className="grid gap-x-8 gap-y-5 border-hairline border-t px-3 py-4 sm:grid-cols-2">
          {groups.map((group) => (
            <fieldset key={group.label} className="min-w-0">
              <legend className="mb-1 text-caption text-ink-soft">{group.label}</legend>
              {group.controls.map((control) => (
                <label
                  key={control.id}
                  htmlFor={`${idPrefix}control-${control.id}`}
                  className="flex items-start gap-2.5 py-1 pointer-coarse:py-2.5"
                >
                  <input
                    type="checkbox"
                    id={`${idPrefix}control-${control.id}`}
                    name={name}
                    value={control.id}
                    checked={chosen.includes(control.id)}
                    onChange={(event) => toggle(control.id, event.target.checked)}
                    className="mt-1 size-4 shrink-0"
                  />
                  <span className="min-w-0">{control.label}</span>
                </label>
              ))}
            </fieldset>
          ))}
        </div>
      </details>
    </Fieldset>
  )
}
