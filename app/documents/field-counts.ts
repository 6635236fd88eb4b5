/** How many fields a form has, counted and said in one way wherever a number of them stands. */
import type { DocumentField } from './carrier-document.ts'

type Counted = Pick<DocumentField, 'kind' | 'readOnly'>

/** An answer can be put into it; a person signs the others, or the insurer fixed them. */
export function isFillable({ kind, readOnly }: Counted): boolean {
  return kind !== 'signature' && kind !== 'button' && !readOnly
}

export function countFillable(fields: readonly Counted[]): number {
  return fields.filter(isFillable).length
}

/** `28 fields, 27 of them for answers (1 for a signature)` */
export function fieldsInWords(fields: readonly Counted[]): string {
  const all = `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`
  const fillable = countFillable(fields)
  if (fillable === fields.length) return all
  const signatures = fields.filter(({ kind }) => kind === 'signature').length
  const fixed = fields.length - fillable - signatures
  const others = [
    ...(signatures > 0 ? [`${signatures} for ${signatures === 1 ? 'a signature' : 'signatures'}`] : []),
    ...(fixed > 0 ? [`${fixed} fixed by the insurer`] : []),
  ]
  return `${all}, ${fillable} of them for answers (${others.join(', ')})`
}
