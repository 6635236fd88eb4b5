/** One schedule at one level: the organisation's default, a client's, or with `?application=` one application's. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { DateChangeForm } from '#app/components/schedule/date-change-form.tsx'
import { ScheduleForm, type ScheduleTexts } from '#app/components/schedule/schedule-form.tsx'
import { ScheduleSection } from '#app/components/schedule/schedule-section.tsx'
import { dayInWords, hourWords } from '#app/components/schedule/schedule-words.ts'
import { nothingHere } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { parseRule } from '#app/schedule/rule.ts'
import { choiceOfRule } from '#app/schedule/rule-words.ts'
import { listTimeZones } from '#app/schedule/zone.ts'
import { getClient } from '#app/services/clients.server.ts'
import { isPurpose, PURPOSE_WORDS, ScheduleChangeInput, ScheduleInput } from '#app/services/schedule-input.ts'
import { changeDates, listSchedules, saveSchedule, takeBackChange } from '#app/services/schedules.server.ts'

function readPlace({ request, params }: Pick<LoaderFunctionArgs, 'request' | 'params'>) {
  const { purpose } = params
  if (!isPurpose(purpose)) throw nothingHere()
  const clientId = params.clientId === undefined ? null : idParam(params.clientId)
  const application = new URL(request.url).searchParams.get('application')
  const applicationId = clientId === null || application === null ? null : idParam(application)
  const list = clientId === null ? '/schedules' : `/clients/${clientId}/schedules`
  return { purpose, scope: { clientId, applicationId }, list }
}

export async function loader(place: LoaderFunctionArgs) {
  const member = await requireMember(place.request)
  const { purpose, scope, list } = readPlace(place)
  const { schedules } = await answering(() => listSchedules(member, scope))
  const schedule = schedules.find((one) => one.purpose === purpose)
  if (!schedule) throw nothingHere()
  const client =
    scope.clientId === null ? null : await answering(() => getClient(member, scope.clientId ?? ''))
  return { purpose, list, scope, schedule, clientName: client?.legalName ?? null, timeZones: listTimeZones() }
}

const TakeBack = z.object({ changeId: z.uuid() })

export async function action(place: ActionFunctionArgs) {
  const member = await requireMember(place.request)
  const { purpose, scope, list } = readPlace(place)
  const values = formValues(await readForm(place.request))
  const typed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
  const refuse = (form: 'save' | 'change-dates', fieldErrors: Record<string, string>) =>
    data({ form, fieldErrors, typed }, { status: 400 })
  if (values.intent === 'take-back') {
    const parsed = parseWith(TakeBack, values)
    if (!parsed.ok) return refuse('change-dates', parsed.fieldErrors)
    return acting(async () => {
      await takeBackChange(member, scope.clientId, parsed.input.changeId)
      return { outcome: 'taken-back' as const }
    })
  }
  if (values.intent === 'change-dates') {
    const parsed = parseWith(ScheduleChangeInput, values)
    if (!parsed.ok) return refuse('change-dates', parsed.fieldErrors)
    return acting(async () => {
      await changeDates(member, scope, purpose, parsed.input)
      return { outcome: 'dates-changed' as const }
    })
  }
  const parsed = parseWith(ScheduleInput, values)
  if (!parsed.ok) return refuse('save', parsed.fieldErrors)
  return acting(async () => {
    // With status 200: after any other the page would not load anew, and send the old version again.
    if ((await saveSchedule(member, scope, purpose, parsed.input)) === 'conflict')
      return { outcome: 'conflict' as const }
    return redirect(list)
  })
}

export const shouldRevalidate = () => true

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `Schedule: ${PURPOSE_WORDS[page.purpose]}` : 'Schedule') },
]

const SAID = {
  conflict: 'Somebody else changed this schedule meanwhile. It shows their version now; change it again.',
  'taken-back': 'The change is taken back.',
  'dates-changed': 'The dates are changed.',
} as const

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function textsOf({ schedule: { own } }: Page): ScheduleTexts {
  const parsed = own?.rule ? parseRule(own.rule) : null
  const choice = parsed?.ok ? choiceOfRule(parsed.rule) : null
  return {
    isOn: own?.isOn === undefined || own.isOn === null ? 'inherit' : own.isOn ? 'on' : 'off',
    how: choice?.kind ?? (own?.rule ? 'rule' : 'inherit'),
    months: String(choice?.months ?? 3),
    day: choice?.kind === 'month-day' ? String(choice.day) : '1',
    place: choice?.kind === 'weekday' ? String(choice.place) : '1',
    weekday: choice?.kind === 'weekday' ? String(choice.weekday) : '0',
    rule: own?.rule ?? '',
    startsOn: own?.startsOn ?? '',
    timeZone: own?.timeZone ?? '',
    localHour: own?.localHour === undefined || own.localHour === null ? '' : String(own.localHour),
  }
}

export default function ScheduleEditPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { purpose, list, schedule, scope, clientName, timeZones } = page
  const { resolved, inherited } = schedule
  const problem = reply && 'fieldErrors' in reply ? reply : null
  const errorsOf = (form: string) => (problem?.form === form ? problem.fieldErrors : {})
  const typed: Record<string, string> = problem?.typed ?? {}
  return (
    <>
      <PageHeader
        title={`Schedule: ${PURPOSE_WORDS[purpose]}`}
        breadcrumb={[{ label: clientName ? `Schedules of ${clientName}` : 'Schedules', href: list }]}
        lead={
          scope.applicationId
            ? 'Of one application. What you leave as above comes from the client.'
            : scope.clientId
              ? 'Of this client. What you leave as above comes from your organisation’s defaults.'
              : 'The default of all clients. What you leave as above is built in.'
        }
      />
      {reply && 'refusal' in reply ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      {reply && 'outcome' in reply ? (
        <div className="mb-5">
          <Notice kind={reply.outcome === 'conflict' ? 'warning' : 'success'} announce>
            {SAID[reply.outcome]}
          </Notice>
        </div>
      ) : null}
      <ScheduleSection
        title="As it counts now"
        {...{ resolved, ruleWords: schedule.ruleWords, next: schedule.next, changes: schedule.changes }}
        noDates="The rule gives no more dates."
      />
      <PageSection title="What is said here">
        <ScheduleForm
          key={schedule.own?.version ?? 0}
          texts={{ ...textsOf(page), ...(problem?.form === 'save' ? typed : {}) }}
          seenVersion={schedule.own?.version ?? 0}
          inherited={{
            isOn: inherited.isOn.value ? 'on' : 'off',
            rule: schedule.inheritedWords,
            startsOn: dayInWords(inherited.startsOn.value),
            timeZone: inherited.timeZone.value,
            localHour: hourWords(inherited.localHour.value),
          }}
          timeZones={timeZones}
          fieldErrors={errorsOf('save')}
          cancelTo={list}
        />
      </PageSection>
      <PageSection
        title="Pause, leave out or move"
        lead="For single dates. The rule stays as it is, and every change can be taken back above."
      >
        <DateChangeForm
          texts={problem?.form === 'change-dates' ? typed : {}}
          fieldErrors={errorsOf('change-dates')}
        />
      </PageSection>
    </>
  )
}
