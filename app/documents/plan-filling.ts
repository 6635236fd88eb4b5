/** Decides for every field what goes into it or why it stays empty; PDF and workbook then only carry it out. */
import { type Answered, answerReader } from './answer-part.ts'
import type {
  DocumentField,
  DocumentMapping,
  DocumentReading,
  FieldMapping,
  LeftEmptyReason,
} from './carrier-document.ts'
import { matchOption } from './match-option.ts'
import { type PartValue, textsOf } from './part-value.ts'

export type Put =
  | { kind: 'tick'; isTicked: boolean }
  /** As the reading shows them. */
  | { kind: 'options'; options: string[]; orText: string | null }
  /** Any one of `texts`, the best first; `value` for forms that know numbers and dates. */
  | { kind: 'text'; texts: string[]; value: PartValue }

export interface PlannedField {
  field: DocumentField
  outcome: { put: Put } | { why: LeftEmptyReason }
}

export function planFilling(
  reading: DocumentReading,
  mapping: DocumentMapping,
  given: Answered,
): PlannedField[] {
  const read = answerReader(given)
  const byField = new Map(mapping.map((item) => [item.field, item]))
  const decide = (field: DocumentField): PlannedField['outcome'] => {
    if (field.kind === 'signature') return { why: 'signature' }
    if (field.readOnly) return { why: 'read-only' }
    const mapped = byField.get(field.name)
    if (!mapped) return { why: 'unmapped' }
    const value = read(mapped)
    if (typeof value === 'string') return { why: value }
    return fitField(field, mapped, value)
  }
  return reading.fields
    .filter(({ kind }) => kind !== 'button')
    .map((field) => ({ field, outcome: decide(field) }))
}

function fitField(field: DocumentField, mapping: FieldMapping, value: PartValue): PlannedField['outcome'] {
  if (field.kind === 'checkbox' && field.options.length === 0) return fitTickBox(value)
  if (field.options.length > 0) return fitOptions(field, mapping, value)
  if (value.kind === 'tick' && !value.isTicked) return { why: 'no-answer' }
  const texts = textsOf(value, field)
  return texts.length > 0 ? { put: { kind: 'text', texts, value } } : { why: 'does-not-fit' }
}

/** Ticked for a "yes"; every other answer leaves the box open, as on paper. */
function fitTickBox(value: PartValue): PlannedField['outcome'] {
  if (value.kind === 'tick') return { put: { kind: 'tick', isTicked: value.isTicked } }
  const [only] = value.kind === 'choices' ? value.choices : []
  if (!only || !['yes', 'no', 'sometimes', 'not-applicable'].includes(only.token)) {
    return { why: 'does-not-fit' }
  }
  return { put: { kind: 'tick', isTicked: only.token === 'yes' } }
}

function fitOptions(
  field: DocumentField,
  { values = {} }: FieldMapping,
  value: PartValue,
): PlannedField['outcome'] {
  const find = (token: string, label: string) => {
    const chosen = Object.hasOwn(values, token) ? values[token] : undefined
    if (chosen !== undefined) return field.options.includes(chosen) ? chosen : null
    return matchOption(field.options, label)
  }
  if (value.kind === 'choices') {
    const found = value.choices.map(({ token, label }) => find(token, label))
    const options = found.filter((option) => option !== null)
    const fits = options.length === found.length && (options.length === 1 || field.kind === 'list')
    // A dropdown may take typed text as well; whether this one does is known when it is filled.
    if (!fits && field.kind !== 'dropdown') return { why: 'does-not-fit' }
    return { put: { kind: 'options', options: fits ? options : [], orText: fits ? null : value.text } }
  }
  if (value.kind === 'tick') {
    if (!value.isTicked) return { why: 'no-answer' }
    const option = find(value.token, value.label)
    return option === null
      ? { why: 'does-not-fit' }
      : { put: { kind: 'options', options: [option], orText: null } }
  }
  const texts = textsOf(value, field)
  const option = texts.map((text) => matchOption(field.options, text)).find((found) => found !== null)
  if (option) return { put: { kind: 'options', options: [option], orText: null } }
  const [orText] = texts
  return field.kind === 'dropdown' && orText
    ? { put: { kind: 'options', options: [], orText } }
    : { why: 'does-not-fit' }
}
