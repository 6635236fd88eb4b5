/** The organisation's defaults, or a client's schedules inside its page. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { type NotedDate, NotedDates } from '#app/components/schedule/noted-dates.tsx'
import { ScheduleSection } from '#app/components/schedule/schedule-section.tsx'
import type { SettledDate } from '#app/components/schedule/schedule-words.ts'
import { SettledDates } from '#app/components/schedule/settled-dates.tsx'
import { unknownAct } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { PURPOSE_WORDS } from '#app/services/schedule-input.ts'
import { settleOccurrence } from '#app/services/schedule-settling.server.ts'
import { listSchedules } from '#app/services/schedules.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = params.clientId === undefined ? null : idParam(params.clientId)
  const found = await answering(() => listSchedules(member, { clientId, applicationId: null }))
  const { today } = found
  return {
    clientId,
    schedules: found.schedules,
    applications: found.applications.map(({ applicationId, formCode, edition }) => ({
      ...{ applicationId, name: `${formCode} ${edition}` },
    })),
    waiting: found.noted.map(
      ({ id, purpose, dueOn }): NotedDate => ({
        ...{ id, dueOn, what: PURPOSE_WORDS[purpose] ?? purpose, isOverdue: dueOn < today },
      }),
    ),
    settled: found.settled.map((one) => toSettled(one, today)),
  }
}

type Settled = Awaited<ReturnType<typeof listSchedules>>['settled'][number]

function toSettled({ date, meetingOn, scannedAt }: Settled, today: string): SettledDate {
  const { id, purpose, dueOn, settledHow, settledByName: by, settledById } = date
  const isHeld = meetingOn !== null && meetingOn < today
  return {
    ...{ id, dueOn, by, what: PURPOSE_WORDS[purpose] ?? purpose },
    how: settledHow === null || settledHow === 'rescheduled' ? 'done' : settledHow,
    meeting: settledById && meetingOn ? { id: settledById, heldOn: meetingOn, isHeld } : null,
    scan: settledById && scannedAt ? { id: settledById, day: scannedAt.toISOString().slice(0, 10) } : null,
    isReattested: purpose === 're-attestation' && settledById !== null,
  }
}

const Settle = z.object({ occurrenceId: z.uuid(), how: z.enum(['done', 'not-needed']) })

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const parsed = parseWith(Settle, formValues(await readForm(request)))
  if (!parsed.ok) throw unknownAct()
  return acting(async () => {
    await settleOccurrence(member, clientId, parsed.input.occurrenceId, parsed.input.how)
    return { outcome: 'settled' as const }
  })
}

export const shouldRevalidate = () => true

export const meta: MetaFunction = () => [{ title: pageTitle('Schedules') }]

export default function SchedulesPage() {
  const { clientId, schedules, waiting, settled, applications } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const here = clientId === null ? '/schedules' : `/clients/${clientId}/schedules`
  // A client’s dates come from its signed reports; the defaults of all clients show what a rule would give.
  const isUnattested = (purpose: string) =>
    clientId !== null && purpose === 're-attestation' && applications.length === 0
  const lead =
    'What recurs, and when. Each part comes from the nearest place that says it: the application, the client, your organisation, or what is built in.'
  return (
    <>
      {clientId === null ? (
        <PageHeader
          title="Schedules"
          breadcrumb={[{ label: 'Account', href: '/account' }]}
          lead={`${lead} These are the defaults of all clients.`}
        />
      ) : (
        <PageSection title="Schedules" lead={lead}>
          {reply ? (
            <div className="mb-5">
              <Notice kind={'refusal' in reply ? 'danger' : 'success'} announce>
                {'refusal' in reply
                  ? reply.refusal.message
                  : 'The date is settled; nobody is reminded of it.'}
              </Notice>
            </div>
          ) : null}
          <NotedDates rows={waiting} />
          {settled.length > 0 ? (
            <div className="mt-8">
              <SettledDates rows={settled} />
            </div>
          ) : null}
        </PageSection>
      )}
      {schedules.map((schedule) => (
        <ScheduleSection
          key={schedule.purpose}
          title={PURPOSE_WORDS[schedule.purpose]}
          editTo={`${here}/${schedule.purpose}`}
          resolved={schedule.resolved}
          ruleWords={schedule.ruleWords}
          {...(isUnattested(schedule.purpose)
            ? {
                next: [],
                noDates: 'Nothing was attested yet. The dates count from the first signed report on.',
              }
            : { next: schedule.next, noDates: 'The rule gives no more dates.' })}
          changes={schedule.changes}
        />
      ))}
      {applications.length > 0 ? (
        <PageSection
          title="Of one application"
          lead="What was attested is attested again by the client’s schedule, unless its application says something else."
        >
          <ul>
            {applications.map(({ applicationId, name }) => (
              <li key={applicationId} className="py-1">
                <a className="text-link" href={`${here}/re-attestation?application=${applicationId}`}>
                  Re-attestation of {name}
                </a>
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
    </>
  )
}
