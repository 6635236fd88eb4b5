/** A list of users with what it says about MFA. Enrolled is what a person did; enforced is demanded of them. */
import { ImportError, type ImportEvent, type ImportSummary, type ReadOptions } from '../importer.ts'
import { type FactSetting, makeFact, makePercent } from './make-fact.ts'
import { dateOfList, flagOf, MAXIMUM_MEMBERS, readTable } from './table.ts'
import { detach, many } from './text.ts'

export interface UserColumns {
  format: string
  tool: string
  email: string
  /** `Active`, `enabled` or nothing: counted; all else is a closed account. */
  status: string
  enrolled: string
  enforced: string
  admin: string
}

export function readUsers(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  columns: UserColumns,
): AsyncGenerator<ImportEvent, ImportSummary> {
  const domains = new Map<string, number>()
  const seen = new Set<string>()
  const tally = {
    active: 0,
    suspended: 0,
    enrolled: 0,
    enforced: 0,
    unclear: 0,
    twice: 0,
    admins: 0,
    adminsEnforced: 0,
    adminsWithout: 0,
  }
  const knows = { enrolled: false, enforced: false, admin: false }
  return readTable(bytes, {
    isHeader(found) {
      knows.enrolled = found.has(columns.enrolled)
      knows.enforced = found.has(columns.enforced)
      knows.admin = found.has(columns.admin)
      return found.has(columns.email) && (knows.enrolled || knows.enforced)
    },
    // Phone numbers, addresses and recovery data of the rows are passed over, and kept nowhere.
    row(cell) {
      const email = cell(columns.email).toLowerCase().slice(0, 320)
      if (email === '') return
      if (seen.has(email)) {
        tally.twice += 1
        return
      }
      if (seen.size >= MAXIMUM_MEMBERS)
        throw new ImportError('too-large', `The list names more than ${many(MAXIMUM_MEMBERS, 'user')}.`)
      seen.add(detach(email))
      if (!/^(active|enabled|true|yes|1)$/i.test(cell(columns.status) || 'active')) {
        tally.suspended += 1
        return
      }
      tally.active += 1
      const domain = detach(email.slice(email.indexOf('@') + 1))
      if (domains.size < 1000) domains.set(domain, (domains.get(domain) ?? 0) + 1)
      const [enrolled, enforced] = [stateOf(cell(columns.enrolled)), stateOf(cell(columns.enforced))]
      if ((knows.enrolled && enrolled === null) || (knows.enforced && enforced === null)) tally.unclear += 1
      if (enrolled) tally.enrolled += 1
      if (enforced) tally.enforced += 1
      if (knows.admin && flagOf(cell(columns.admin))) {
        tally.admins += 1
        if (enforced) tally.adminsEnforced += 1
        if (!(knows.enforced ? enforced : enrolled)) tally.adminsWithout += 1
      }
    },
    finish() {
      const [domain = 'unknown domain'] = [...domains].sort((a, b) => b[1] - a[1])[0] ?? []
      const scope = `${columns.tool} of ${domain}`
      const date = dateOfList(null, options)
      const setting: FactSetting | null = date.observedAt && {
        viewpoint: 'tenant',
        subject: scope,
        collector: `${columns.tool} user list`,
        observedAt: date.observedAt,
        gaps:
          tally.unclear > 0 ? [`The MFA columns of ${many(tally.unclear, 'user')} could not be read.`] : [],
        note: [`Counted over ${many(tally.active, 'active user')}.`, date.note].filter(Boolean).join(' '),
      }
      const facts = setting
        ? [
            knows.enrolled
              ? makePercent(setting, 'mfa.user_registered_percent', tally.enrolled, tally.active)
              : null,
            knows.enforced
              ? makePercent(setting, 'mfa.user_enforced_percent', tally.enforced, tally.active)
              : null,
            knows.admin && knows.enforced
              ? makePercent(setting, 'mfa.admin_coverage_percent', tally.adminsEnforced, tally.admins)
              : null,
            // Without a word about who must, only those who cannot are known to be without.
            knows.admin && tally.admins > 0
              ? makeFact(setting, 'mfa.admin_without_mfa_count', tally.adminsWithout, {
                  gaps: [
                    knows.enforced ? null : 'The list tells who has registered, not of whom MFA is demanded.',
                  ],
                })
              : null,
            makeFact(setting, 'asset.user_count', tally.active),
          ]
        : []
      return {
        summary: {
          format: columns.format,
          tool: columns.tool,
          toolVersion: null,
          scanDate: null,
          scope,
          gaps: [],
          counts: {
            users: tally.active + tally.suspended,
            active: tally.active,
            suspended: tally.suspended,
            enrolled: tally.enrolled,
            enforced: tally.enforced,
          },
          facts: facts.filter((fact) => fact !== null),
        },
        warnings: [
          ...(date.warning ? [date.warning] : []),
          ...(tally.twice > 0 ? [`${many(tally.twice, 'row')} of users that the list had before.`] : []),
        ],
      }
    },
  })
}

/** `Enforced` and `Registered` are words of such columns too. */
function stateOf(text: string): boolean | null {
  if (/^(enforced|registered|enrolled|capable)$/i.test(text)) return true
  if (/^(not (enforced|registered|enrolled|capable)|not set up)$/i.test(text)) return false
  return flagOf(text)
}
