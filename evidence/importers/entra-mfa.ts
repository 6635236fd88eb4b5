/** Microsoft Entra's report of MFA registration, from Graph or as a table: who can use MFA, never who must. */

import { isUserTable, readUserTable } from './entra-mfa/table.ts'
import { createUserTally, type RegisteredUser, readGraphUser } from './entra-mfa/user.ts'
import type { Importer } from './importer.ts'
import { readJsonOrTable, sniffShape } from './json-shape.ts'
import { pump } from './scan/pump.ts'
import { createGraphPages, looksLikeGraph } from './tenant/graph-pages.ts'
import { summariseTenant } from './tenant/report.ts'

export const entraMfaImporter: Importer = {
  format: 'entra-mfa',
  label: 'Microsoft Entra MFA registration (Graph JSON or CSV)',
  evidenceKind: 'mfa-registration-report',

  recognises(head) {
    const shape = sniffShape(head)
    if (shape === null) return isUserTable(head)
    return (
      looksLikeGraph(shape, ['isMfaRegistered']) ||
      looksLikeGraph(shape, ['isMfaCapable']) ||
      shape.text('@odata.context')?.includes('userRegistrationDetails') === true
    )
  },

  read(bytes, options) {
    const tally = createUserTally()
    const finish = (gaps: string[], extra: string[] = []) => {
      const { records, date, counts, facts, warnings: found } = tally.result()
      const { summary, warnings } = summariseTenant(
        {
          format: 'entra-mfa',
          tool: 'Microsoft Entra',
          scope: 'Microsoft Entra tenant, users',
          date,
          undated: 'Export the report from Graph, whose users carry lastUpdatedDateTime.',
          records,
          gaps,
          counts,
          facts,
        },
        options,
      )
      return { summary, warnings: [...extra, ...gaps, ...found, ...warnings] }
    }
    const add = (user: RegisteredUser) => tally.add(user)
    return readJsonOrTable(bytes, {
      json(source) {
        const reader = createGraphPages({ record: (record) => add(readGraphUser(record)) })
        return pump(source, { ...reader, takeEvents: () => [], finish: () => finish(reader.gaps()) })
      },
      table(source) {
        const reader = readUserTable(add)
        return pump(source, {
          write: reader.write,
          end: reader.end,
          takeEvents: () => [],
          finish: () => finish([], reader.warnings()),
        })
      },
    })
  },
}
