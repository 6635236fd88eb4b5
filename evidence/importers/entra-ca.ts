/** Microsoft Entra Conditional Access policies (Graph `identity/conditionalAccess/policies`): what is demanded, not of how many. */
import { createPolicyTally } from './entra-ca/facts.ts'
import { readPolicy } from './entra-ca/policy.ts'
import type { Importer } from './importer.ts'
import { sniffShape } from './json-shape.ts'
import { pump } from './scan/pump.ts'
import { createGraphPages, looksLikeGraph } from './tenant/graph-pages.ts'
import { summariseTenant } from './tenant/report.ts'

export const entraCaImporter: Importer = {
  format: 'entra-ca',
  label: 'Microsoft Entra Conditional Access policies (Graph JSON)',
  evidenceKind: 'idp-policy-export',

  recognises(head) {
    const shape = sniffShape(head)
    if (shape === null) return false
    const context = shape.text('@odata.context') ?? shape.text('[].@odata.context') ?? ''
    return (
      looksLikeGraph(shape, ['conditions', 'grantControls']) ||
      looksLikeGraph(shape, ['conditions', 'sessionControls', 'state']) ||
      /conditionalAccess\/policies/i.test(context)
    )
  },

  read(bytes, options) {
    const tally = createPolicyTally()
    const reader = createGraphPages({ record: (record) => tally.add(readPolicy(record)) })
    return pump(bytes, {
      ...reader,
      takeEvents: () => [],
      finish() {
        const { records, date: changed, counts, facts, warnings: found } = tally.result()
        // Policies that nobody has touched for a year are in force today: the day of the export is what was stated.
        const stated = options.statedOn && { time: options.statedOn.getTime(), hasZone: true }
        const date = stated && (changed === null || stated.time > changed.time) ? stated : changed
        const { summary, warnings } = summariseTenant(
          {
            format: 'entra-ca',
            tool: 'Microsoft Entra',
            scope: 'Microsoft Entra tenant, Conditional Access',
            date,
            undated: 'Export the policies with createdDateTime and modifiedDateTime.',
            records,
            gaps: reader.gaps(),
            counts,
            facts,
          },
          options,
        )
        return { summary, warnings: [...found, ...reader.gaps(), ...warnings] }
      },
    })
  },
}
