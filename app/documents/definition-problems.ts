/** What is wrong with a form from a spreadsheet, in sentences at their cells. */
import type { z } from 'zod'
import type { Assembly } from './definition-assembly.ts'
import { COLUMN_KINDS, QUESTION_FIELDS, SHEETS } from './definition-fields.ts'
import type { DefinitionProblem } from './definition-rows.ts'

/** One issue of the edition's schema. */
export function describeIssue(issue: z.core.$ZodIssue, assembly: Assembly): DefinitionProblem {
  const { sheet, cell, heading } = assembly.placeOf(issue.path)
  return { sheet, cell, message: messageOf(issue, heading, assembly.edition) }
}

function messageOf(issue: z.core.$ZodIssue, heading: string, edition: unknown): string {
  const last = issue.path.at(-1)
  if (issue.path.includes('when')) {
    return 'This condition cannot be used: questions, answers and covers are named by their ids, such as mfa-mail = yes.'
  }
  const missing = valueAt(edition, issue.path) === undefined
  if (last === 'kind') {
    const kinds = issue.path.includes('columns') ? COLUMN_KINDS : questionKinds()
    return `“${heading}” must be one of: ${kinds.join(', ')}.`
  }
  if (issue.code === 'too_small' && typeof last === 'string' && last in TOO_FEW) return TOO_FEW[last] ?? ''
  if (missing) return `“${heading}” is empty. Fill it in.`
  return `“${heading}”: ${issue.message}.`
}

const TOO_FEW: Readonly<Record<string, string>> = {
  options: `This needs at least two options. Add rows for it on the sheet ${SHEETS.options} (or ${SHEETS.columnOptions}).`,
  columns: `A table needs columns. Add rows for it on the sheet ${SHEETS.columns}.`,
  sections: `A form needs at least one section. Add a row on the sheet ${SHEETS.sections}.`,
  questions: `This section has no question. Add one on the sheet ${SHEETS.questions}, or remove the section.`,
  signerRoles: `Name at least one role that may sign on the sheet ${SHEETS.signers}.`,
}

function questionKinds(): readonly string[] {
  return QUESTION_FIELDS.find(({ heading }) => heading === 'Kind')?.oneOf ?? []
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    data,
  )
}
