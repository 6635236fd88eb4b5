import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { CalendarX2 } from 'lucide-react'
import { MeetingForm, type MeetingTexts, typedMeeting } from '#app/components/calendar/meeting-form.tsx'
import { MeetingMailings } from '#app/components/calendar/meeting-mailings.tsx'
import { countOf } from '#app/components/counts.ts'
import { DownloadLink } from '#app/components/download-link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Submit } from '#app/components/signing/form-parts.tsx'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { TextField } from '#app/components/text-field.tsx'
import { Time } from '#app/components/time.tsx'
import { useReplyKey } from '#app/components/use-reply-key.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { readMeetingForm } from '#app/http/meeting-form.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { CancelMeetingInput, SeenSequence } from '#app/services/calendar-input.ts'
import { mailInvitation } from '#app/services/meeting-mails.server.ts'
import { cancelMeeting, changeMeeting, getMeeting } from '#app/services/meetings.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { meeting, client, mailings, isPast, timeZones } = await answering(() =>
    getMeeting(member, idParam(params.meetingId)),
  )
  const { id, title, heldOn, startsAt, timeZone, minutes, place, agenda, organiser, attendees } = meeting
  const { sequence, recordedByName, cancelledReason } = meeting
  return {
    ...{ id, title, heldOn, startsAt, timeZone, sequence, recordedByName, cancelledReason, timeZones },
    ...{ mailings, isPast },
    client: { id: client.id, legalName: client.legalName },
    texts: {
      fields: {
        ...{ title, heldOn, startsAt, timeZone, minutes: String(minutes) },
        ...{ place: place ?? '', agenda: agenda ?? '' },
        ...{ organiserName: organiser.name, organiserEmail: organiser.email },
      },
      attendees,
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const meetingId = idParam(params.meetingId)
  const { values, attendees, parsed } = readMeetingForm(await readForm(request))
  const typed = typedMeeting(values, attendees)
  const here = `/meetings/${meetingId}`
  // A conflict comes with status 200: after any other the page would send the old number again.
  const save = async (work: () => Promise<'saved' | 'conflict'>, kept: { typed?: MeetingTexts }) => {
    const reply = await acting(async () =>
      (await work()) === 'saved' ? redirect(here) : { isConflict: true as const, ...kept },
    )
    return 'data' in reply ? data({ ...reply.data, ...kept }, reply.init ?? undefined) : reply
  }
  if (values.intent === 'mail-invitation') {
    return acting(async () => ({ mailed: await mailInvitation(member, meetingId) }))
  }
  if (values.intent === 'cancel-meeting') {
    const cancel = parseWith(CancelMeetingInput, values)
    if (!cancel.ok) return data({ cancelErrors: cancel.fieldErrors }, { status: 400 })
    const { seenSequence, reason } = cancel.input
    return save(() => cancelMeeting(member, meetingId, seenSequence, reason), {})
  }
  const seen = parseWith(SeenSequence, values)
  if (!parsed.ok || !seen.ok) {
    const errors = parsed.ok ? { form: 'The page is not complete. Reload it.' } : parsed.fieldErrors
    return data({ errors, typed }, { status: 400 })
  }
  return save(() => changeMeeting(member, meetingId, seen.input.seenSequence, parsed.input), { typed })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? page.title : 'Meeting') },
]

export default function MeetingPage() {
  const meeting = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  // Only what comes back with the form's own texts fills it anew: a mail must not take along what is typed there.
  const key = useReplyKey(reply && 'typed' in reply ? reply : undefined)
  const { id, client, sequence, cancelledReason } = meeting
  const here = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title={meeting.title}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Policy', href: `${here}/policy` },
        ]}
        meta={
          <>
            {cancelledReason ? (
              <StatusBadge word="Cancelled" icon={CalendarX2} tone="neutral" shape="stamp" />
            ) : null}
            <span>
              <Time at={meeting.heldOn} />, {meeting.startsAt} {meeting.timeZone.replaceAll('_', ' ')}
            </span>
          </>
        }
        actions={
          <DownloadLink href={`/meetings/${id}/invitation`} look="small">
            {cancelledReason
              ? 'Download the cancellation'
              : sequence > 0
                ? 'Download the changed invitation'
                : 'Download the invitation'}
          </DownloadLink>
        }
        lead="Mail the invitation to those who are invited, or send them the file. After a change send it again: their calendars know the meeting and take the newest."
      />
      <div className="mb-4 flex flex-col gap-3 empty:hidden">
        {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
        {reply && 'mailed' in reply ? (
          <Notice kind="success" announce title={`${countOf(reply.mailed.count, 'mail')} written`}>
            {reply.mailed.leaves
              ? 'They leave now.'
              : 'Mails do not leave from here: hand them over from the outbox.'}
          </Notice>
        ) : null}
        {reply && 'isConflict' in reply ? (
          <Notice kind="warning" announce title="Somebody else changed this meeting in the meantime">
            Nothing was overwritten. {meeting.recordedByName} saved it last. What you typed is still in the
            form; saving it now replaces their values.
          </Notice>
        ) : null}
        {cancelledReason ? (
          <Notice kind="info" title="This meeting was cancelled">
            {cancelledReason}
          </Notice>
        ) : null}
      </div>
      <MeetingMailings
        {...{ sequence, isPast: meeting.isPast, mailings: meeting.mailings }}
        isCancelled={cancelledReason !== null}
      />
      {cancelledReason ? null : (
        <>
          <MeetingForm
            key={`${key} ${sequence}`}
            texts={reply && 'typed' in reply && reply.typed ? reply.typed : meeting.texts}
            isTyped={reply !== undefined && 'typed' in reply && reply.typed !== undefined}
            errors={reply && 'errors' in reply ? reply.errors : undefined}
            timeZones={meeting.timeZones}
            seenSequence={sequence}
            submitLabel="Save the change"
            leaveLabel="Leave without saving"
            leaveTo={`${here}/policy`}
          />
          <PageSection
            title="Cancel the meeting"
            lead="It stays here as cancelled. Those who are invited are told only when you mail the cancellation afterwards."
          >
            <Form method="post" className="flex max-w-measure flex-col gap-4">
              <input type="hidden" name="intent" value="cancel-meeting" />
              <input type="hidden" name="seenSequence" value={sequence} />
              <TextField
                name="reason"
                id="reason"
                label="Reason"
                hint="For your record; it is not in the file."
                autoComplete="off"
                error={reply && 'cancelErrors' in reply ? reply.cancelErrors?.reason : undefined}
              />
              <Submit>Cancel the meeting</Submit>
            </Form>
          </PageSection>
        </>
      )}
    </>
  )
}
