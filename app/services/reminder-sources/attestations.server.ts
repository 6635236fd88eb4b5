/** Links to sign a report that nobody has signed by yet. */
import { shiftDay } from '#app/schedule/zone.ts'
import { listOpenAttestationLinks } from '#db/queries/reminder-dues.server.ts'
import { DAY_MS } from '#evidence/freshness.ts'
import type { ReminderSource } from './source.ts'

export const attestationDues: ReminderSource = async (tx, organisationId, { horizon, clientId }) => {
  const until = new Date(`${shiftDay(horizon, 2)}T00:00:00Z`)
  const rows = await listOpenAttestationLinks(tx, organisationId, until, clientId)
  return rows.map((link) => ({
    subjectKey: `attestation:${link.id}`,
    kind: 'attestation',
    clientId: link.clientId,
    clientName: link.clientName,
    title: `Signature of ${link.recipient}`,
    // The last day on which the whole day is left: on the day itself the link may end before anybody reads a mail.
    dueOn: new Date(link.expiresAt.getTime() - DAY_MS).toISOString().slice(0, 10),
    since: link.sentAt,
    // The link itself is known to nobody but the signer: whoever sent it asks, or sends another one.
    owner: { kind: 'member', userId: link.sentBy },
    href: `/reports/${link.reportId}`,
  }))
}
