/** Requests for evidence: whoever was asked is reminded, and whoever asked once something came. */
import { listOpenGuestSubjects } from '#db/queries/guests.server.ts'
import { listDueRequests } from '#db/queries/reminder-dues.server.ts'
import type { ReminderSource } from './source.ts'

export const requestDues: ReminderSource = async (tx, organisationId, { horizon, clientId }) => {
  const rows = await listDueRequests(tx, organisationId, horizon, clientId)
  // Somebody whose links were all taken back is not written to again by the clock.
  const reachable = await listOpenGuestSubjects(tx, organisationId, 'request')
  return rows.map(({ clientId, clientName, request }) => {
    const isTheirs = request.state === 'open' && reachable.has(request.id)
    return {
      subjectKey: `request:${request.id}`,
      kind: 'request',
      clientId,
      clientName,
      title: request.title,
      dueOn: request.dueOn,
      since: request.requestedAt,
      owner: isTheirs
        ? { kind: 'guest' as const, name: request.recipientName, email: request.recipientEmail }
        : { kind: 'member' as const, userId: request.requestedBy },
      href: `/requests/${request.id}`,
    }
  })
}
