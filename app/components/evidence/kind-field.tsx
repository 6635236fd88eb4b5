/** Picks the kind of evidence: grouped, with what makes a good one said below. */
import { ChevronDown } from 'lucide-react'
import { type ComponentPropsWithoutRef, forwardRef } from 'react'
import { Field } from '../field.tsx'
import type { KindGroup } from './kind-groups.ts'

interface KindFieldProps extends Omit<ComponentPropsWithoutRef<'select'>, 'id'> {
  id: string
  groups: KindGroup[]
  /** What makes the chosen kind count. */
  note: string | null
  error?: string
}

export const KindField = forwardRef<HTMLSelectElement, KindFieldProps>(function KindField(
  { id, groups, note, error, ...rest },
  ref,
) {
  return (
    <div>
      <Field label="Kind of evidence" id={id} error={error}>
        {(control) => (
          <span className="relative block">
            <select {...rest} {...control} ref={ref} className="control-surface appearance-none pe-9">
              <option value="">Choose a kind</option>
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
            <ChevronDown
              aria-hidden
              size={16}
              className="pointer-events-none absolute inset-y-0 end-3 my-auto text-ink-soft"
            />
          </span>
        )}
      </Field>
      <p aria-live="polite" className="mt-1.5 text-caption text-ink-soft empty:hidden">
        {note}
      </p>
    </div>
  )
})
