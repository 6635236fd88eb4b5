/** Mails the invitation to a review meeting as it stands, or its end, to those who are invited. */
import { dayInWords, type Mail } from './guest-mails.ts'
import { recordInLedger } from './ledger.server.ts'
import { mailsLeave, writeMail } from './mail-outbox.server.ts'
import { writeMeetingFile } from './meetings.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

const DAY_MS = 86_400_000
type Meeting = Awaited<ReturnType<typeof writeMeetingFile>>['meeting']

/**
 * One mail to each who is invited; calendars know by its number whether they have this version already.
 * @returns how many were written, and whether they leave or wait in the outbox
 * @throws NotFoundError
 */
export async function mailInvitation(
  member: Member,
  meetingId: string,
): Promise<{ count: number; leaves: boolean }> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  // Read once: a change in between would send words of one hour with a file of another.
  const { text, meeting, isCancelled } = await writeMeetingFile(member, meetingId)
  const leaves = mailsLeave(member)
  const at = clock()
  const expiresAt = new Date(Math.max(Date.parse(meeting.heldOn), at.getTime()) + 2 * DAY_MS)
  await database.inOrganisation(organisationId, async (tx) => {
    for (const attendee of meeting.attendees)
      await writeMail(
        tx,
        organisationId,
        {
          ...writeInvitationMail(meeting, attendee.name, member.organisationName),
          kind: 'meeting-invitation',
          recipient: attendee.email,
          expiresAt,
          thread: `meeting-${meetingId}`,
          calendar: { method: isCancelled ? 'CANCEL' : 'REQUEST', text },
        },
        leaves,
      )
    await recordInLedger(tx, organisationId, {
      kind: 'meeting.invitation-mailed',
      actor: actorOf(member),
      at,
      payload: {
        meetingId,
        clientId: meeting.clientId,
        sequence: meeting.sequence,
        recipients: meeting.attendees.map(({ email }) => email),
      },
    })
  })
  return { count: meeting.attendees.length, leaves }
}

function writeInvitationMail(meeting: Meeting, name: string, sender: string): Mail {
  const { title, heldOn, startsAt, timeZone, minutes, place, agenda, cancelledAt, organiser } = meeting
  const when = `${dayInWords(heldOn)}, ${startsAt} (${timeZone.replaceAll('_', ' ')}), ${minutes} minutes`
  return {
    subject: cancelledAt ? `Cancelled: ${title}` : title,
    content: {
      greeting: `Hello ${name},`,
      paragraphs: cancelledAt
        ? [`this meeting does not take place: ${title}, ${when}.`]
        : [
            `${organiser.name} of ${sender} invites you: ${title}.`,
            when,
            ...(place ? [place] : []),
            ...(agenda ? [agenda] : []),
          ],
      code: null,
      action: null,
      closing: [
        'Most mail programs put the meeting into your calendar from this mail.',
        `To say that you come or to ask for another time, write to ${organiser.email}.`,
      ],
    },
  }
}
