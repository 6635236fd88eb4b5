/** Dates of schedules that nobody has seen to yet. */
import { listOpenOccurrences } from '#db/queries/reminder-dues.server.ts'
import { PURPOSE_WORDS } from '../schedule-input.ts'
import type { ReminderSource } from './source.ts'

export const scheduleDues: ReminderSource = async (tx, organisationId, { horizon, clientId }) => {
  const rows = await listOpenOccurrences(tx, organisationId, horizon, clientId)
  return rows.map(({ clientId, clientName, occurrence }) => ({
    subjectKey: `schedule:${occurrence.id}`,
    kind: 'schedule',
    clientId,
    clientName,
    title: PURPOSE_WORDS[occurrence.purpose] ?? occurrence.purpose,
    dueOn: occurrence.dueOn,
    since: occurrence.notedAt,
    // Whoever leads is responsible until somebody else is named.
    owner: { kind: 'member', userId: '' },
    // A re-attestation that came due has a draft there.
    href: `/clients/${clientId}/${occurrence.purpose === 're-attestation' ? 're-attestation' : 'schedules'}`,
  }))
}
