/** The lists of a policy's form: amounts, what depends on controls, what has to be told, and the files. */
import { useState } from 'react'
import { DOCUMENT_ROLE_WORDS, DOCUMENT_ROLES, MOST_ROWS } from '#app/services/policy-input.ts'
import { type ControlGroup, ControlPicker } from '../evidence/control-picker.tsx'
import { type RowField, RowList } from '../row-list.tsx'
import { NumberField, SelectField, TextAreaField, TextField } from '../text-field.tsx'
import type { PolicyRowTexts } from './policy-texts.ts'

interface RowsProps {
  rows: readonly PolicyRowTexts[]
  errors: Readonly<Record<string, string>>
}
type Field = (name: string) => RowField

const textOf = (row: PolicyRowTexts | undefined, name: string): string => {
  const value = row?.[name]
  return typeof value === 'string' ? value : ''
}
const filled = (field: Field, row: PolicyRowTexts | undefined) => (name: string) => ({
  ...field(name),
  defaultValue: textOf(row, name),
})

export function AmountRows({ list, rows, errors }: RowsProps & { list: 'limits' | 'sublimits' }) {
  const isSublimit = list === 'sublimits'
  return (
    <RowList
      {...{ list, rows, errors, most: MOST_ROWS }}
      noun={isSublimit ? 'Sublimit' : 'Limit'}
      addLabel={isSublimit ? 'Add a sublimit' : 'Add a limit'}
    >
      {(row, field) => (
        <div className="flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-[1fr_auto]">
            <TextField
              {...filled(field, row)('name')}
              label="Of"
              placeholder={isSublimit ? 'Social engineering' : 'Aggregate'}
              autoComplete="off"
            />
            <NumberField {...filled(field, row)('amount')} label="Amount" decimals />
          </div>
          {isSublimit ? (
            <TextField
              {...filled(field, row)('note')}
              label="As the policy says it"
              optional
              autoComplete="off"
            />
          ) : null}
        </div>
      )}
    </RowList>
  )
}

export function EndorsementRows({ rows, errors, groups }: RowsProps & { groups: ControlGroup[] }) {
  return (
    <RowList
      {...{ list: 'endorsements', rows, errors, most: MOST_ROWS }}
      noun="Endorsement"
      addLabel="Add an endorsement"
    >
      {(row, field) => (
        <div className="flex flex-col gap-4">
          <TextField
            {...filled(field, row)('title')}
            label="In plain words"
            hint="Such as “social-engineering sublimit tied to call-back”."
            autoComplete="off"
          />
          <EndorsementControls field={field('controlIds')} row={row} groups={groups} />
          <TextAreaField
            {...filled(field, row)('wording')}
            label="The policy’s own wording"
            optional
            rows={3}
          />
        </div>
      )}
    </RowList>
  )
}

function EndorsementControls({
  field,
  row,
  groups,
}: {
  field: RowField
  row: PolicyRowTexts | undefined
  groups: ControlGroup[]
}) {
  const held = row?.controlIds ?? []
  const [chosen, setChosen] = useState<string[]>(typeof held === 'string' ? [held] : [...held])
  return (
    <ControlPicker
      label="Controls it depends on"
      idPrefix={`${field.name.replace(/controlIds$/, '')}`}
      name={field.name}
      groups={groups}
      chosen={chosen}
      onChange={setChosen}
      error={field.error}
    />
  )
}

export function NoticeRows({ rows, errors }: RowsProps) {
  return (
    <RowList
      {...{ list: 'notices', rows, errors, most: MOST_ROWS }}
      noun="Duty"
      addLabel="Add a duty to give notice"
    >
      {(row, field) => {
        const of = filled(field, row)
        return (
          <div className="flex flex-col gap-4">
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                {...of('what')}
                label="What has to be told"
                placeholder="An incident"
                autoComplete="off"
              />
              <TextField
                {...of('toWhom')}
                label="To whom"
                placeholder="The insurer’s hotline"
                autoComplete="off"
              />
              <NumberField {...of('within')} label="Within" />
              <SelectField
                {...field('unit')}
                label="Hours or days"
                defaultValue={textOf(row, 'unit') || 'hours'}
                options={[
                  { value: 'hours', label: 'Hours' },
                  { value: 'days', label: 'Days' },
                ]}
                className="max-w-56"
              />
            </div>
            <TextField {...of('source')} label="Where the policy says so" optional autoComplete="off" />
          </div>
        )
      }}
    </RowList>
  )
}

export function DocumentRows({
  rows,
  errors,
  evidence,
}: RowsProps & { evidence: { id: string; title: string }[] }) {
  return (
    <RowList {...{ list: 'documents', rows, errors, most: MOST_ROWS }} noun="File" addLabel="Attach a file">
      {(row, field) => (
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            {...field('evidenceId')}
            label="Evidence on file"
            placeholder="Choose a file"
            defaultValue={textOf(row, 'evidenceId')}
            options={withHeld(evidence, textOf(row, 'evidenceId')).map(({ id, title }) => ({
              value: id,
              label: title,
            }))}
          />
          <SelectField
            {...field('role')}
            label="What it is"
            defaultValue={textOf(row, 'role') || 'declarations'}
            options={DOCUMENT_ROLES.map((role) => ({ value: role, label: DOCUMENT_ROLE_WORDS[role] }))}
          />
        </div>
      )}
    </RowList>
  )
}

/** What was withdrawn since stays attached, so that saving a form does not drop it unseen. */
function withHeld(evidence: { id: string; title: string }[], id: string) {
  if (id === '' || evidence.some((item) => item.id === id)) return evidence
  return [...evidence, { id, title: 'A file that was withdrawn since' }]
}
