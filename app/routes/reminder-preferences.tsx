import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { PreferenceForm } from '#app/components/reminder/preference-form.tsx'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listTimeZones } from '#app/schedule/zone.ts'
import { ReminderPreferenceInput } from '#app/services/reminder-input.ts'
import { getReminderPreference, saveReminderPreference } from '#app/services/reminder-settings.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return { preference: await getReminderPreference(member), timeZones: listTimeZones() }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const values = formValues(await readForm(request))
  const parsed = parseWith(ReminderPreferenceInput, values)
  if (!parsed.ok) {
    const typed = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
    return data({ fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
  }
  await saveReminderPreference(member, parsed.input)
  return { outcome: 'saved' as const }
}

export const meta: MetaFunction = () => [{ title: pageTitle('How you are reminded') }]

export default function ReminderPreferencesPage() {
  const { preference, timeZones } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const problem = reply && 'fieldErrors' in reply ? reply : null
  const { onWeekends, ...values } = preference
  const kept = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
  return (
    <>
      <PageHeader
        title="How you are reminded"
        breadcrumb={[{ label: 'Account', href: '/account' }]}
        lead="Of requests, evidence that ends, exceptions, waivers, conditions, signatures and dates. Nothing goes in your quiet hours."
      />
      {reply && 'outcome' in reply ? (
        <div className="mb-5">
          <Notice kind="success" announce>
            Saved.
          </Notice>
        </div>
      ) : null}
      <PreferenceForm
        texts={problem ? problem.typed : { ...kept, onWeekends: onWeekends ? 'on' : '' }}
        timeZones={timeZones}
        fieldErrors={problem?.fieldErrors ?? {}}
      />
    </>
  )
}
