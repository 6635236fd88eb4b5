/** Facts that follow from a scan's findings and a catalogue of exploited weaknesses, counted anew when either changes. */
import { cutText } from '#app/language/cut-text.ts'
import type { Tx } from '#db/client.server.ts'
import * as imports from '#db/queries/register-imports.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import type { Fact, FactKey } from '#evidence/facts.ts'
import { catalogueInForce } from './catalogue-state.server.ts'
import { getRuntime } from './runtime.server.ts'

const KEYS = ['vuln.kev_open_count', 'vuln.kev_open_past_due_count'] as const satisfies FactKey[]

/**
 * Without a catalogue, or where the scan carries no date, nothing is said: unknown is not zero.
 * @param importIds the newest of each lane; what older scans showed is history
 * @returns what was written
 */
export async function countExploitedFacts(
  tx: Tx,
  organisationId: string,
  importIds: readonly string[],
): Promise<Fact[]> {
  const { clock, newId } = getRuntime()
  const at = clock()
  const catalogue = await catalogueInForce(tx, organisationId, 'kev')
  if (!catalogue?.releasedAt) return []
  const written: Fact[] = []
  for (const importId of importIds) {
    const scan = await scans.findImport(tx, organisationId, importId)
    if (!scan?.scanDate || scan.scanDate > at) continue
    const earlier = await imports.listFactsOfImport(tx, organisationId, importId)
    const counted = await imports.countExploited(tx, organisationId, importId, dayOf(scan.scanDate))
    const facts = toFacts(
      scan,
      counted,
      earlier.map(({ fact }) => fact),
      dayOf(catalogue.releasedAt),
    )
    const inForce = earlier.filter(({ supersededAt, key }) => supersededAt === null && isOurs(key))
    const isSame = facts.every((fact) =>
      inForce.some((row) => JSON.stringify(sorted(row.fact)) === JSON.stringify(sorted(fact))),
    )
    if (isSame && inForce.length === facts.length) continue
    await imports.supersedeFacts(tx, organisationId, importId, KEYS, at)
    await scans.insertFacts(
      tx,
      facts.map((fact) => ({
        organisationId,
        id: newId(),
        clientId: scan.clientId,
        revisionId: scan.revisionId,
        importId,
        key: fact.key,
        fact,
        numericValue: Number(fact.value),
        observedAt: new Date(fact.observedAt),
        recordedAt: at,
      })),
    )
    written.push(...facts)
  }
  return written
}

const isOurs = (key: string) => (KEYS as readonly string[]).includes(key)
const dayOf = (date: Date) => date.toISOString().slice(0, 10)
/** jsonb keeps no order of its keys. */
const sorted = (fact: Fact) =>
  Object.entries({ ...fact, scope: [fact.scope.viewpoint, fact.scope.subject] }).sort()

function toFacts(
  scan: scans.ScanImportRow,
  { open, pastDue, falsePositives }: { open: number; pastDue: number; falsePositives: number },
  ofScan: readonly Fact[],
  catalogueDay: string,
): Fact[] {
  // What the scan could not see, it cannot compare with a list either. A policy export or a list of ports looked for no
  // weaknesses at all: that it names none says nothing.
  const model = ofScan.find(({ key }) => key === 'vuln.critical_open_older_than_30d')
  if (!model && open === 0) return []
  const isPartial = !scan.isWhole || model === undefined || model.completeness === 'partial'
  const judged =
    falsePositives > 0
      ? ` ${falsePositives} judged a false positive ${falsePositives === 1 ? 'is' : 'are'} left out.`
      : ''
  const reason = isPartial ? ' The scan did not see everything of its scope.' : ''
  const note = `Held against the catalogue of exploited weaknesses (CISA KEV) of ${catalogueDay}.${reason}${judged}`
  const common = {
    scope: {
      viewpoint: scan.viewpoint,
      subject: model?.scope.subject ?? cutText(scan.scope || 'the scan', 500),
    },
    observedAt: model?.observedAt ?? (scan.scanDate ?? new Date(0)).toISOString(),
    completeness: isPartial ? ('partial' as const) : ('complete' as const),
    note,
    collector: cutText([scan.tool, scan.toolVersion].filter(Boolean).join(' '), 200) || 'Attested register',
  }
  return [
    { key: KEYS[0], value: open, ...common },
    { key: KEYS[1], value: pastDue, ...common },
  ]
}
