/** Mails the invitation to a review meeting as it stands, or its end, to those who are invited. */
import { RefusedError } from './errors.ts'
import { dayInWords, type Mail } from './guest-mails.ts'
import { recordInLedger } from './ledger.server.ts'
import { mailsLeave, writeMail } from './mail-outbox.server.ts'
import { lastTo, type Mailing } from './meeting-mailings.server.ts'
import { isOver, isSameTime, type MeetingTime, timeInWords } from './meeting-times.ts'
import { writeMeetingFile } from './meetings.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

const DAY_MS = 86_400_000
type Meeting = Awaited<ReturnType<typeof writeMeetingFile>>['meeting']

/**
 * One mail to each who is invited; calendars know by its number whether they have this version already.
 * @returns how many were written, and whether they leave or wait in the outbox
 * @throws NotFoundError; RefusedError `past`: once it is over only its end is mailed
 */
export async function mailInvitation(
  member: Member,
  meetingId: string,
): Promise<{ count: number; leaves: boolean }> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  // Read once: a change in between would send words of one hour with a file of another.
  const { text, meeting, mailings, isCancelled } = await writeMeetingFile(member, meetingId)
  const leaves = mailsLeave(member)
  const at = clock()
  if (!isCancelled && isOver(meeting, at))
    throw new RefusedError(
      'past',
      'This meeting is over, so nobody can be invited to it any more. Change its day first, or plan another one.',
    )
  const expiresAt = new Date(Math.max(Date.parse(meeting.heldOn), at.getTime()) + 2 * DAY_MS)
  await database.inOrganisation(organisationId, async (tx) => {
    for (const attendee of meeting.attendees)
      await writeMail(
        tx,
        organisationId,
        {
          ...writeInvitationMail(
            meeting,
            attendee.name,
            member.organisationName,
            lastTo(mailings, attendee.email),
          ),
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
        time: { heldOn: meeting.heldOn, startsAt: meeting.startsAt, timeZone: meeting.timeZone },
      },
    })
  })
  return { count: meeting.attendees.length, leaves }
}

/** @param before what the reader was mailed last */
function writeInvitationMail(meeting: Meeting, name: string, sender: string, before: Mailing | null): Mail {
  const { title, minutes, place, agenda, cancelledAt, organiser } = meeting
  const when = `${timeInWords(meeting)}, ${minutes} minutes`
  const earlier = before?.time && !isSameTime(before.time, meeting) ? before.time : null
  const isChanged = before !== null && before.sequence !== meeting.sequence
  return {
    subject: subjectOf(meeting, { earlier, isChanged }),
    content: {
      greeting: `Hello ${name},`,
      paragraphs: cancelledAt
        ? [`this meeting does not take place: ${title}, ${when}.`]
        : [
            earlier
              ? `${organiser.name} of ${sender} moved a meeting: ${title}.`
              : `${organiser.name} of ${sender} invites you: ${title}.`,
            ...(earlier ? [`Until now: ${timeInWords(earlier)}.`, `From now on: ${when}.`] : [when]),
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

/** A reader who was told an hour has to see from the list of mails that it is another. */
function subjectOf(
  { title, heldOn, startsAt, cancelledAt }: Meeting,
  { earlier, isChanged }: { earlier: MeetingTime | null; isChanged: boolean },
): string {
  if (cancelledAt) return `Cancelled: ${title}`
  if (!earlier) return isChanged ? `Changed: ${title}` : title
  const short = (day: string, time: string) => `${dayInWords(day)}, ${time}`
  return `Moved: ${title}, from ${short(earlier.heldOn, earlier.startsAt)} to ${short(heldOn, startsAt)}`
}
