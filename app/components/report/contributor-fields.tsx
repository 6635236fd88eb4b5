/** Who signs for a part of the answers before the officer attests: most applications need nobody. */
import { Plus, Trash2 } from 'lucide-react'
import type { ComponentProps } from 'react'
import { type Control, type Path, type UseFormReturn, useFieldArray } from 'react-hook-form'
import { MOST_CONTRIBUTORS } from '#app/report/signing-order.ts'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { Fieldset } from '../field.tsx'
import { PageSection } from '../page-header.tsx'
import { TextField } from '../text-field.tsx'
import type { PrepareValues } from './prepare-values.ts'

interface ContributorFieldsProps {
  form: UseFormReturn<PrepareValues>
  errorOf: (name: string) => string | undefined
  /** What a field takes but its label. */
  field: (name: Path<PrepareValues>) => Pick<ComponentProps<typeof TextField>, 'name' | 'id' | 'error'>
  sections: { id: string; title: string }[]
  /** Proposed as organisations: whom most contributors belong to. */
  organisations: string[]
}

const EMPTY = { name: '', title: '', organisation: '', email: '', sections: [] }
const TEXTS = [
  { name: 'name', label: 'Full name' },
  { name: 'title', label: 'Title' },
  { name: 'organisation', label: 'Organisation' },
  { name: 'email', label: 'E-mail address' },
] as const

export function ContributorFields({ form, errorOf, field, sections, organisations }: ContributorFieldsProps) {
  const control: Control<PrepareValues> = form.control
  const { fields, append, remove } = useFieldArray({ control, name: 'contributors' })
  return (
    <PageSection
      title="Contributors who sign"
      lead="People who know a part of the answers best, such as personnel for training or finance for payments. Each signs for the chosen sections from a link of their own before the officer attests the whole. Leave it empty when nobody has to."
    >
      <datalist id="organisations">
        {organisations.map((organisation) => (
          <option key={organisation} value={organisation} />
        ))}
      </datalist>
      {fields.map(({ id: key }, index) => (
        <fieldset key={key} className="mb-6 border-rule border-t pt-4">
          <legend className="sr-only">Contributor {index + 1}</legend>
          <div className="mb-3 flex items-center justify-between gap-3">
            <p aria-hidden className="font-semibold">
              Contributor {index + 1}
            </p>
            <Button
              icon={Trash2}
              onClick={() => remove(index)}
              aria-label={`Remove contributor ${index + 1}`}
            >
              Remove
            </Button>
          </div>
          <div className="grid gap-5 sm:grid-cols-2">
            {TEXTS.map(({ name, label }) => {
              const path = `contributors.${index}.${name}` as const
              return (
                <TextField
                  key={name}
                  {...field(path)}
                  label={label}
                  type={name === 'email' ? 'email' : 'text'}
                  list={name === 'organisation' ? 'organisations' : undefined}
                  autoComplete="off"
                />
              )
            })}
          </div>
          <Fieldset
            id={`contributors.${index}.sections`}
            className="mt-5"
            label="Signs for the answers of"
            error={errorOf(`contributors.${index}.sections`)}
          >
            {sections.map(({ id, title }) => (
              <CheckboxField
                key={id}
                {...form.register(`contributors.${index}.sections`)}
                id={`contributors.${index}.sections.${id}`}
                value={id}
                label={title}
              />
            ))}
          </Fieldset>
        </fieldset>
      ))}
      {fields.length < MOST_CONTRIBUTORS ? (
        <Button icon={Plus} onClick={() => append(EMPTY)}>
          {fields.length === 0 ? 'Add a contributor' : 'Add another contributor'}
        </Button>
      ) : null}
    </PageSection>
  )
}
