import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { MeetingForm, typedMeeting } from '#app/components/calendar/meeting-form.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { useReplyKey } from '#app/components/use-reply-key.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { idParam, readForm } from '#app/http/input.server.ts'
import { readMeetingForm } from '#app/http/meeting-form.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getMeetingStart, planMeeting } from '#app/services/meetings.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { client, timeZone, timeZones } = await answering(() =>
    getMeetingStart(member, idParam(params.clientId)),
  )
  const { id, legalName, contactName, contactEmail } = client
  return {
    client: { id, legalName },
    timeZones,
    texts: {
      fields: {
        ...{ title: `Quarterly review, ${legalName}`, minutes: '60', timeZone: timeZone ?? '' },
        ...{ organiserName: member.name, organiserEmail: member.email },
      },
      attendees: [{ name: contactName ?? '', email: contactEmail ?? '' }],
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const { values, attendees, parsed } = readMeetingForm(await readForm(request))
  const typed = typedMeeting(values, attendees)
  if (!parsed.ok) return data({ errors: parsed.fieldErrors, typed }, { status: 400 })
  const reply = await acting(async () =>
    redirect(`/meetings/${await planMeeting(member, clientId, parsed.input)}`),
  )
  return 'data' in reply ? data({ ...reply.data, typed }, reply.init ?? undefined) : reply
}

export const meta: MetaFunction = () => [{ title: pageTitle('Plan a review') }]

export default function NewMeetingPage() {
  const { client, timeZones, texts } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const key = useReplyKey(reply)
  const here = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title="Plan a review"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Policy', href: `${here}/policy` },
        ]}
        lead="Such as the quarterly one. Once it is planned, mail the invitation from its page, or send it as a file."
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      <MeetingForm
        key={key}
        texts={reply && 'typed' in reply ? reply.typed : texts}
        isTyped={reply !== undefined && 'typed' in reply}
        errors={reply && 'errors' in reply ? reply.errors : undefined}
        timeZones={timeZones}
        submitLabel="Plan it"
        leaveLabel="Cancel"
        leaveTo={`${here}/policy`}
      />
    </>
  )
}
