/** Evidence that soon counts no more, by its age or by the end that it names itself. */
import type { Due } from '#app/schedule/reminder-plan.ts'
import { listDatedEvidence } from '#db/queries/reminder-dues.server.ts'
import { DAY_MS } from '#evidence/freshness.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findEvidenceKind } from '#questionnaires/controls.ts'
import type { ReminderSource } from './source.ts'

export const evidenceDues: ReminderSource = async (tx, organisationId, { horizon, clientId }) => {
  const catalogue = loadCatalogue()
  const rows = await listDatedEvidence(tx, organisationId, clientId)
  return rows.flatMap((row): Due[] => {
    const maximumDays = findEvidenceKind(catalogue, row.kind)?.maximumDays ?? null
    const ends = [
      row.validUntil?.getTime() ?? Number.POSITIVE_INFINITY,
      maximumDays === null
        ? Number.POSITIVE_INFINITY
        : row.observedAt.getTime() + (maximumDays + 1) * DAY_MS - 1,
    ]
    const last = Math.min(...ends)
    if (!Number.isFinite(last)) return []
    const dueOn = new Date(last).toISOString().slice(0, 10)
    if (dueOn > horizon) return []
    return [
      {
        subjectKey: `evidence:${row.evidenceId}`,
        kind: 'evidence',
        clientId: row.clientId,
        clientName: row.clientName,
        title: row.title,
        dueOn,
        since: row.receivedAt,
        owner: { kind: 'member', userId: row.createdBy },
        href: `/evidence/${row.evidenceId}`,
      },
    ]
  })
}
