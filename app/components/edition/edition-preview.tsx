/** A form tried out as its applicant: what its gates are to assume, and below it the questions that follow. */
import { useMemo, useState } from 'react'
import { circumstancesAskedBy } from '#questionnaires/branching.ts'
import { BUSINESS_CLASSES, type Circumstances } from '#questionnaires/circumstances.ts'
import { conditionInWords } from '#questionnaires/compare-conditions.ts'
import { leavesOf } from '#questionnaires/conditions.ts'
import { currencyExponent } from '#questionnaires/currency.ts'
import { type Edition, listQuestions } from '#questionnaires/definition.ts'
import { FormPreview } from '../questionnaire/form-preview.tsx'
import { NumberField, SelectField } from '../text-field.tsx'
import { factName } from './fact-name.ts'

export function EditionPreview({ edition, now }: { edition: Edition; now: Date }) {
  const [assumed, setAssumed] = useState<Circumstances>({})
  const circumstances = useMemo(() => ({ ...assumed, today: now.toISOString().slice(0, 10) }), [assumed, now])
  const asked = circumstancesAskedBy(edition)
  return (
    <>
      {asked.names.length + asked.facts.length > 0 ? (
        <Assumptions edition={edition} assumed={assumed} onChange={setAssumed} />
      ) : null}
      <FormPreview edition={edition} circumstances={circumstances} now={now} />
    </>
  )
}

interface AssumptionsProps {
  edition: Edition
  assumed: Circumstances
  onChange: (assumed: Circumstances) => void
}

function Assumptions({ edition, assumed, onChange }: AssumptionsProps) {
  const { names } = circumstancesAskedBy(edition)
  const put = (change: Partial<Circumstances>) => onChange({ ...assumed, ...change })
  return (
    <fieldset className="mt-6 mb-6 rounded-small border border-rule bg-raised p-5">
      <legend className="px-1.5 font-semibold">Assume about the applicant</legend>
      <p className="max-w-measure text-ink-soft">
        This form asks more or less depending on these. What is left open here decides nothing.
      </p>
      <div className="mt-4 flex flex-wrap items-start gap-x-5 gap-y-4">
        {names.includes('revenue') ? <Revenue {...{ edition, put }} /> : null}
        {names.includes('headcount') ? (
          <NumberField
            label="People"
            onChange={(event) => put({ headcount: numberIn(event.target.value) ?? undefined })}
          />
        ) : null}
        {names.includes('class') ? (
          <SelectField
            label="Class of business"
            placeholder="Not known"
            value={assumed.class ?? ''}
            options={BUSINESS_CLASSES.map(({ id, label }) => ({ value: id, label }))}
            onChange={(event) => put({ class: event.target.value || undefined })}
          />
        ) : null}
        {names.includes('renewal') ? (
          <SelectField
            label="Renewal"
            placeholder="Not known"
            value={assumed.renewal ?? ''}
            options={[
              { value: 'yes', label: 'Yes, a renewal' },
              { value: 'no', label: 'No, new business' },
            ]}
            onChange={({ target: { value } }) =>
              put({ renewal: value === 'yes' || value === 'no' ? value : undefined })
            }
          />
        ) : null}
      </div>
      {names.includes('coverage') ? (
        <Ticks
          legend="Cover asked for"
          choices={edition.coverages}
          ticked={assumed.coverages ?? []}
          onChange={(coverages) => put({ coverages })}
        />
      ) : null}
      <Findings {...{ edition, assumed, put }} />
    </fieldset>
  )
}

type Put = (change: Partial<Circumstances>) => void

function Revenue({ edition, put }: { edition: Edition; put: Put }) {
  const currency = leavesIn(edition).find((leaf) => 'currency' in leaf)?.currency ?? 'USD'
  return (
    <NumberField
      label="Annual revenue"
      prefix={currency}
      decimals
      onChange={(event) => {
        const amount = numberIn(event.target.value)
        const amountMinor = amount === null ? null : Math.round(amount * 10 ** currencyExponent(currency))
        put({ revenue: amountMinor === null ? undefined : { amountMinor, currency } })
      }}
    />
  )
}

/** Ticked, the evidence shows just what the gate asks for; unticked, no scan says anything. */
function Findings({ edition, assumed, put }: { edition: Edition; assumed: Circumstances; put: Put }) {
  const tests = leavesIn(edition).flatMap((leaf) => ('fact' in leaf ? [leaf] : []))
  const choices = tests.map((leaf) => ({
    id: JSON.stringify(leaf),
    label: conditionInWords(leaf, edition, factName),
    fact: leaf.fact,
    value: 'atLeast' in leaf ? leaf.atLeast : leaf.is,
  }))
  if (choices.length === 0) return null
  const isTicked = ({ fact, value }: (typeof choices)[number]) => assumed.facts?.[fact] === value
  return (
    <Ticks
      legend="Findings"
      choices={choices}
      ticked={choices.filter(isTicked).map(({ id }) => id)}
      onChange={(ticked) => {
        const facts = choices.filter(({ id }) => ticked.includes(id)).map(({ fact, value }) => [fact, value])
        put({ facts: Object.fromEntries(facts) })
      }}
    />
  )
}

/** Each test of something outside the form, once. */
function leavesIn(edition: Edition) {
  const leaves = listQuestions(edition).flatMap(({ when }) => (when ? leavesOf(when) : []))
  return [...new Map(leaves.map(({ leaf }) => [JSON.stringify(leaf), leaf])).values()]
}

interface TicksProps {
  legend: string
  choices: readonly { id: string; label: string }[]
  ticked: readonly string[]
  onChange: (ticked: string[]) => void
}

function Ticks({ legend, choices, ticked, onChange }: TicksProps) {
  return (
    <fieldset className="mt-4">
      <legend className="font-medium">{legend}</legend>
      {choices.map(({ id, label }) => (
        <label key={id} className="mt-1.5 flex min-h-8 items-center gap-2.5">
          <input
            type="checkbox"
            className="size-4 shrink-0"
            checked={ticked.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...ticked, id] : ticked.filter((other) => other !== id))
            }
          />
          <span className="first-letter:uppercase">{label}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** null for what is no number yet. */
function numberIn(text: string): number | null {
  const plain = text.replace(/[\s,'_]/g, '')
  const number = Number(plain)
  return plain === '' || !Number.isFinite(number) || number < 0 ? null : number
}
