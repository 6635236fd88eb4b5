/** Microsoft Secure Score (Graph `security/secureScores`): the newest score, and what its MFA controls counted. */
import type { Importer } from './importer.ts'
import { asList, asNumber, asObject, asText, type Json } from './json-reader.ts'
import { sniffShape } from './json-shape.ts'
import { type Moment, parseHostTime } from './scan/dates.ts'
import { pump } from './scan/pump.ts'
import { cut } from './scan/text.ts'
import { createGraphPages, GRAPH_PLACES, looksLikeGraph } from './tenant/graph-pages.ts'
import { shareOf, summariseTenant, type TenantFact } from './tenant/report.ts'

const WRAPPERS = ['secureScore', 'secureScores']
const PROFILES = ['profiles', 'secureScoreControlProfiles', 'controlProfiles']
const PLACES = [
  ...GRAPH_PLACES,
  ...WRAPPERS.flatMap((name) => GRAPH_PLACES.map((place) => `${name}.${place}`)),
]
const MAXIMUM_CATEGORIES = 20

interface Score {
  date: Moment | null
  tenant: string | null
  controls: number
  counts: Record<string, number>
  facts: TenantFact[]
}

export const secureScoreImporter: Importer = {
  format: 'secure-score',
  label: 'Microsoft Secure Score (Graph JSON)',
  evidenceKind: 'assessment-report',

  recognises(head) {
    const shape = sniffShape(head)
    return (
      shape !== null &&
      (looksLikeGraph(shape, ['controlScores'], PLACES) ||
        looksLikeGraph(shape, ['currentScore', 'maxScore'], PLACES) ||
        WRAPPERS.some((name) => looksLikeGraph(shape, ['controlScores'], [`${name}[].`])))
    )
  },

  read(bytes, options) {
    let scores = 0
    let newest: Score | null = null
    const reader = createGraphPages(
      {
        record(record) {
          if (!Array.isArray(record.controlScores) && asNumber(record.currentScore) === null) return
          scores += 1
          const date = parseHostTime(asText(record.createdDateTime) ?? '')
          // Graph sends the newest first, but nothing promises it.
          if (newest === null || (date?.time ?? 0) > (newest.date?.time ?? 0))
            newest = readScore(record, date)
        },
      },
      { under: WRAPPERS, beside: PROFILES },
    )
    return pump(bytes, {
      ...reader,
      takeEvents: () => [],
      finish() {
        const score = newest as Score | null
        const { summary, warnings } = summariseTenant(
          {
            format: 'secure-score',
            tool: 'Microsoft Secure Score',
            scope: score?.tenant ? `Tenant ${score.tenant}` : 'Microsoft 365 tenant',
            date: score?.date ?? null,
            undated: 'Export the score again, with createdDateTime.',
            records: score?.controls ?? 0,
            gaps: [],
            counts: { scores, ...score?.counts },
            facts: score?.facts ?? [],
          },
          options,
        )
        return {
          summary,
          warnings: score === null ? ['The export holds no score. Export it again.', ...warnings] : warnings,
        }
      },
    })
  },
}

function readScore(record: { [name: string]: Json }, date: Moment | null): Score {
  const counts: Record<string, number> = {}
  const keep = (name: string, value: number | null) => {
    if (value !== null) counts[name] = value
  }
  keep('currentScore', asNumber(record.currentScore))
  keep('maxScore', asNumber(record.maxScore))
  keep('licensedUsers', asNumber(record.licensedUserCount))
  keep('activeUsers', asNumber(record.activeUserCount))
  const controls = asList(record.controlScores)
    .map(asObject)
    .filter((control) => control !== null)
  const categories = new Map<string, number>()
  let sum = 0
  for (const control of controls) {
    sum += asNumber(control.score) ?? 0
    const category = cut(asText(control.controlCategory), 40) ?? 'unknown'
    if (categories.has(category) || categories.size < MAXIMUM_CATEGORIES)
      categories.set(category, (categories.get(category) ?? 0) + 1)
  }
  return {
    date,
    tenant: cut(asText(record.azureTenantId), 100),
    controls: controls.length,
    counts: { ...counts, controlScoreSum: sum, ...Object.fromEntries(categories) },
    facts: controls.flatMap((control) => factOf(control) ?? []),
  }
}

const THIRD = 'Counted by Microsoft Secure Score, which does not list the users.'

/** Points prove nothing, they can be granted for a third party's product; the users counted beside them do. */
function factOf(control: { [name: string]: Json }): TenantFact | null {
  const [done, total] = [asNumber(control.count), asNumber(control.total)]
  if (done === null || total === null) return null
  if (!Number.isInteger(done) || !Number.isInteger(total) || done < 0 || total <= 0 || done > total)
    return null
  switch (asText(control.controlName)) {
    case 'MFARegistrationV2':
      return shareOf('mfa.user_registered_percent', done, total, {
        gaps: [THIRD],
        note: 'Registered is not enforced.',
      })
    case 'AdminMFAV2':
      return {
        key: 'mfa.admin_without_mfa_count',
        value: total - done,
        gaps: [THIRD, 'Only the roles that Microsoft names are counted as administrators.'],
        note: `Counted over ${total} administrators.`,
      }
    case 'BlockLegacyAuthentication':
      return {
        key: 'mfa.legacy_auth_blocked',
        value: done === total,
        gaps: [THIRD],
        note: `Blocked for ${done} of ${total} users.`,
      }
    default:
      return null
  }
}
