/** Who is reminded how early: of all clients, or of one. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { offsetsWords } from '#app/components/reminder/reminder-words.ts'
import { SettingForm } from '#app/components/reminder/setting-form.tsx'
import { FROM_WORDS, hourWords } from '#app/components/schedule/schedule-words.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listTimeZones } from '#app/schedule/zone.ts'
import { NOBODY, ReminderSettingInput } from '#app/services/reminder-input.ts'
import { getReminderSettings, saveReminderSettings } from '#app/services/reminder-settings.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = params.clientId === undefined ? null : idParam(params.clientId)
  const { client, ...settings } = await answering(() => getReminderSettings(member, clientId))
  return { clientId, clientName: client?.legalName ?? null, ...settings, timeZones: listTimeZones() }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = params.clientId === undefined ? null : idParam(params.clientId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(ReminderSettingInput, values)
  if (!parsed.ok) {
    const typed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
    return data({ fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
  }
  return acting(async () => {
    // With status 200: after any other the page would not load anew, and send the old version again.
    if ((await saveReminderSettings(member, clientId, parsed.input)) === 'conflict')
      return { outcome: 'conflict' as const }
    return redirect(clientId === null ? '/reminders' : `/clients/${clientId}/reminders`)
  })
}

export const shouldRevalidate = () => true

export const meta: MetaFunction = () => [{ title: pageTitle('Who is reminded when') }]

const daysText = (days: readonly number[] | null | undefined): string =>
  days ? (days.length === 0 ? NOBODY : days.join(', ')) : ''

export default function ReminderSettingsPage() {
  const page = useLoaderData<typeof loader>()
  const { clientId, clientName, own, resolved, inherited, members, timeZones } = page
  const reply = useActionData<typeof action>()
  const problem = reply && 'fieldErrors' in reply ? reply : null
  const list = clientId === null ? '/reminders' : `/clients/${clientId}/reminders`
  return (
    <>
      <PageHeader
        title="Who is reminded when"
        breadcrumb={[{ label: clientName ? `Reminders of ${clientName}` : 'Reminders', href: list }]}
        lead={
          clientId === null
            ? 'For all clients. A client can say something else for itself.'
            : 'For this client. What is left empty comes from your organisation’s defaults.'
        }
      />
      {reply && !problem ? (
        <div className="mb-5">
          <Notice kind="warning" announce>
            {'refusal' in reply
              ? reply.refusal.message
              : 'Somebody else changed this meanwhile. It shows their version now; change it again.'}
          </Notice>
        </div>
      ) : null}
      <PageSection title="As it counts now">
        <DefinitionList
          items={[
            ...(
              [
                ['Whoever sees to it', resolved.ownerDays],
                ['Whoever leads', resolved.leadDays],
                ['The client’s sponsor', resolved.sponsorDays],
              ] as const
            ).map(([term, { value, from }]) => ({
              ...{ term, value: `${offsetsWords(value)} (${FROM_WORDS[from]})` },
            })),
            {
              term: 'Hour',
              value: `${hourWords(resolved.localHour.value)} (${FROM_WORDS[resolved.localHour.from]}), ${resolved.timeZone.value} (${FROM_WORDS[resolved.timeZone.from]})`,
            },
          ]}
        />
      </PageSection>
      <PageSection title="What is said here">
        <SettingForm
          key={own?.version ?? 0}
          texts={{
            ownerDays: daysText(own?.ownerDays),
            leadDays: daysText(own?.leadDays),
            sponsorDays: daysText(own?.sponsorDays),
            leadUserId: own?.leadUserId ?? '',
            sponsorName: own?.sponsorName ?? '',
            sponsorEmail: own?.sponsorEmail ?? '',
            timeZone: own?.timeZone ?? '',
            localHour: own?.localHour === undefined || own.localHour === null ? '' : String(own.localHour),
            ...problem?.typed,
          }}
          seenVersion={own?.version ?? 0}
          inherited={{
            ownerDays: inherited.ownerDays.value,
            leadDays: inherited.leadDays.value,
            sponsorDays: inherited.sponsorDays.value,
            timeZone: inherited.timeZone.value,
            localHour: inherited.localHour.value,
          }}
          members={members}
          timeZones={timeZones}
          fieldErrors={problem?.fieldErrors ?? {}}
          cancelTo={list}
        />
      </PageSection>
    </>
  )
}
