/** CISA ScubaGear (Microsoft 365) and ScubaGoggles (Google Workspace): a tenant measured against CISA's baselines. */
import { hasHeader } from './csv-reader.ts'
import type { Importer } from './importer.ts'
import { readJsonOrTable, sniffShape } from './json-shape.ts'
import { parseHostTime } from './scan/dates.ts'
import { pump } from './scan/pump.ts'
import { cut } from './scan/text.ts'
import { createControlTally } from './scuba/controls.ts'
import { createScubaReader, type ScubaMetadata } from './scuba/json.ts'
import { summariseTenant } from './tenant/report.ts'
import { readTenantTable } from './tenant/table.ts'

const COLUMNS = ['Control ID', 'Requirement', 'Result', 'Criticality']
const PLAN_COLUMN = 'Non-Compliance Reason'

export const scubaImporter: Importer = {
  format: 'scuba',
  label: 'CISA ScubaGear or ScubaGoggles results (JSON or CSV)',
  evidenceKind: 'idp-policy-export',

  recognises(head) {
    const shape = sniffShape(head)
    if (shape === null) return hasHeader(head, ...COLUMNS)
    return (
      /^scuba/i.test(shape.text('MetaData.Tool') ?? '') ||
      shape.hasAny('MetaData.ProductsAssessed', 'MetaData.TimestampZulu') ||
      shape.has('Results[].Controls') ||
      shape.has('[].PolicyId', '[].RequirementMet')
    )
  },

  read(bytes, options) {
    const tally = createControlTally()
    const extra: Record<string, number> = {}
    const gaps: string[] = []
    let metadata: ScubaMetadata | null = null

    const finish = (found: string[] = []) => {
      const { controls, counts, isGoogle, facts, gaps: errors, warnings: failed } = tally.result()
      const known = metadata as ScubaMetadata | null
      const tenant = [cut(known?.domain, 150), cut(known?.tenant, 100)].filter((word) => word !== null)
      const all = [...gaps, ...errors]
      const { summary, warnings } = summariseTenant(
        {
          format: 'scuba',
          tool: cut(known?.tool, 40) ?? (isGoogle ? 'ScubaGoggles' : 'ScubaGear'),
          toolVersion: cut(known?.version, 40),
          scope:
            tenant.length > 0
              ? `Tenant ${tenant.join(', ')}`
              : `${isGoogle ? 'Google Workspace' : 'Microsoft 365'} tenant`,
          date: parseHostTime(known?.timestamp ?? ''),
          undated: 'Upload ScubaResults as JSON, whose MetaData tells it.',
          records: controls,
          // What was not judged takes nothing from what was.
          gaps: [],
          counts: { ...extra, ...counts },
          facts,
        },
        options,
      )
      const none = controls === 0 ? ['The export holds no control. Run the assessment again.'] : []
      return {
        summary: { ...summary, gaps: all },
        warnings: [...none, ...found, ...all, ...failed, ...warnings],
      }
    }
    const count = (name: string) => {
      extra[name] = (extra[name] ?? 0) + 1
    }

    return readJsonOrTable(bytes, {
      json: (source) =>
        pump(source, {
          ...createScubaReader({
            metadata: (read) => {
              metadata = read
            },
            product: () => count('products'),
            control: tally.add,
            test({ id, isMet, criticality }) {
              count(isMet === null ? 'requirementUnknown' : isMet ? 'requirementMet' : 'requirementNotMet')
              tally.addTest({ id, criticality })
            },
          }),
          takeEvents: () => [],
          finish: () => finish(),
        }),
      table(source) {
        const reader = readTenantTable({
          isHeader: (columns) => COLUMNS.every((name) => columns.has(name)),
          needs: 'Control ID, Requirement, Result and Criticality',
          header(columns) {
            if (columns.has(PLAN_COLUMN))
              gaps.push('An action plan lists failed controls only. Upload ScubaResults for all of them.')
          },
          row: (cell) =>
            tally.add({ id: cell('Control ID'), result: cell('Result'), criticality: cell('Criticality') }),
        })
        return pump(source, { ...reader, takeEvents: () => [], finish: () => finish(reader.warnings()) })
      },
    })
  },
}
