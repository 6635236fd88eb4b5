/** Exceptions that end: from then on the answer blocks signing again. */
import { cutText } from '#app/language/cut-text.ts'
import { listEndingExceptions } from '#db/queries/reminder-dues.server.ts'
import type { ReminderSource } from './source.ts'

export const exceptionDues: ReminderSource = async (tx, organisationId, { horizon, clientId }) => {
  const rows = await listEndingExceptions(tx, organisationId, horizon, clientId)
  return rows.map(({ clientId, clientName, exception }) => ({
    subjectKey: `exception:${exception.id}`,
    kind: 'exception',
    clientId,
    clientName,
    title: exception.scope || cutText(exception.reason, 100),
    dueOn: exception.expiresOn,
    since: exception.recordedAt,
    owner: { kind: 'member', userId: exception.recordedBy },
    href: `/clients/${clientId}/exceptions`,
  }))
}
