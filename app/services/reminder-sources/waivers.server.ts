/** Waivers of declined services whose day of review comes. */
import { listWaiversToReview } from '#db/queries/reminder-dues.server.ts'
import type { ReminderSource } from './source.ts'

export const waiverDues: ReminderSource = async (tx, organisationId, { horizon, clientId }) => {
  const rows = await listWaiversToReview(tx, organisationId, horizon, clientId)
  return rows.map(({ clientId, clientName, waiver }) => ({
    subjectKey: `waiver:${waiver.id}`,
    kind: 'waiver',
    clientId,
    clientName,
    title: waiver.service,
    dueOn: waiver.reviewOn,
    since: waiver.signedAt ?? waiver.recordedAt,
    owner: { kind: 'member', userId: waiver.recordedBy },
    href: `/waivers/${waiver.id}`,
  }))
}
