/** What somebody says about the columns of a table; the page and its action share this schema. */
import { z } from 'zod'
import type { ColumnMapping } from '#evidence/importers/importer.ts'
import { ROW_KINDS, TARGETS } from '#evidence/importers/table/targets.ts'

export { ROW_KINDS, TARGETS }
export type RowKind = ColumnMapping['rowsAre']

const kinds = Object.keys(ROW_KINDS) as [ColumnMapping['rowsAre'], ...ColumnMapping['rowsAre'][]]

export const ColumnMappingInput = z
  .object({
    rowsAre: z.enum(kinds),
    tool: z.string().trim().min(1, 'Name the tool that wrote the table').max(100),
    dayFirst: z.preprocess((value) => value === 'on' || value === 'true' || value === true, z.boolean()),
    viewpoint: z.enum(['external', 'internal']).default('internal'),
    /** `column.FIELD` → header; empty: not in the table. */
    columns: z.record(z.string().max(60), z.string().max(500)),
  })
  .superRefine((input, context) => {
    const targets = TARGETS[input.rowsAre]
    for (const [field, { label, required }] of Object.entries(targets)) {
      if (required && !input.columns[field])
        context.addIssue({
          code: 'custom',
          path: ['columns', field],
          message: `Choose the column with “${label}”.`,
        })
    }
    const chosen = Object.entries(input.columns).filter(
      ([field, header]) => header !== '' && Object.hasOwn(targets, field),
    )
    const twice = chosen.find(([, header], at) => chosen.findIndex(([, other]) => other === header) !== at)
    if (twice)
      context.addIssue({
        code: 'custom',
        path: ['columns', twice[0]],
        message: `The column “${twice[1]}” is chosen twice.`,
      })
    if (chosen.length < 2)
      context.addIssue({ code: 'custom', path: ['columns'], message: 'Explain at least two columns.' })
  })
export type ColumnMappingInput = z.infer<typeof ColumnMappingInput>

/** Form fields named `column.FIELD` as one record. */
export function collectColumns(values: Record<string, unknown>): Record<string, unknown> {
  const columns: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith('column.')) columns[name.slice('column.'.length)] = value
  }
  return { ...values, columns }
}
