/** The reminders of an organisation, or of a client inside its page. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { BellRing } from 'lucide-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '#app/components/button.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { HeldList } from '#app/components/reminder/held-list.tsx'
import { UpcomingTable } from '#app/components/reminder/upcoming-table.tsx'
import { WentTable } from '#app/components/reminder/went-table.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { type FieldErrors, formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { RefusedError } from '#app/services/errors.ts'
import { ReminderStepInput } from '#app/services/reminder-input.ts'
import { getReminders, takeReminderStep } from '#app/services/reminders.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = params.clientId === undefined ? null : idParam(params.clientId)
  return {
    clientId,
    isDemo: member.organisationIsDemo,
    ...(await answering(() => getReminders(member, clientId))),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = params.clientId === undefined ? null : idParam(params.clientId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(ReminderStepInput, values)
  const refuse = (fieldErrors: FieldErrors) =>
    data({ subjectKey: String(values.subjectKey ?? ''), fieldErrors }, { status: 400 })
  if (!parsed.ok) return refuse(parsed.fieldErrors)
  return acting(async () => {
    try {
      await takeReminderStep(member, clientId, parsed.input)
      return { outcome: parsed.input.intent }
    } catch (error) {
      // Beside the day that was typed, in the form of its row.
      if (error instanceof RefusedError && ABOUT_THE_DAY.includes(error.code))
        return refuse({ untilOn: error.message })
      throw error
    }
  })
}

const ABOUT_THE_DAY = ['past-date', 'late-date']

export const shouldRevalidate = () => true

export const meta: MetaFunction = () => [{ title: pageTitle('Reminders') }]

const SAID = {
  'send-now': 'The reminder is on its way; it does not go again.',
  snooze: 'Put off. Until then nobody is reminded of it.',
  stop: 'Stopped. Nobody is reminded of it until you resume it, or until it is due on another day.',
  resume: 'Resumed.',
} as const

export default function RemindersPage() {
  const { clientId, upcoming, held, went, isDemo } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const here = clientId === null ? '' : `/clients/${clientId}`
  const actions = (
    <>
      <ButtonLink size="small" to={`${here}/reminder-settings`}>
        Who is reminded when
      </ButtonLink>
      <DownloadLink look="small" href={`${here}/reminders/export`}>
        Export as CSV
      </DownloadLink>
    </>
  )
  const isEmpty = upcoming.length + held.length + went.length === 0
  return (
    <>
      <Head clientId={clientId} actions={actions} />
      {isDemo ? (
        <div className="mb-5">
          <Notice kind="info">
            The demo’s people are made up: it shows what would go, and mails nothing. “Send now” tells the
            bell alone.
          </Notice>
        </div>
      ) : null}
      <Reply reply={reply} />
      {isEmpty ? (
        <EmptyState icon={BellRing} title="Nothing to remind anybody of">
          Requests, evidence with an end, exceptions, waivers, conditions of insurers, signatures and
          schedules appear here about two weeks before their day. Each stops by itself once it is done.
        </EmptyState>
      ) : (
        <>
          <PageSection title="What goes next" lead="At the recipient’s hour, outside nights and weekends.">
            {upcoming.length > 0 ? (
              <UpcomingTable
                rows={upcoming}
                withClient={clientId === null}
                refused={reply && 'fieldErrors' in reply ? reply : null}
              />
            ) : (
              <p className="border-rule border-t pt-4 text-ink-faint">Nothing is near.</p>
            )}
          </PageSection>
          {held.length > 0 ? (
            <PageSection title="Put off or stopped">
              <HeldList rows={held} />
            </PageSection>
          ) : null}
          <PageSection
            title="What went"
            lead="The newest 200. A mail that no server took can be sent again from the outbox."
          >
            <WentTable rows={went} withClient={clientId === null} />
          </PageSection>
        </>
      )}
    </>
  )
}

function Head({ clientId, actions }: { clientId: string | null; actions: ReactNode }) {
  const lead = 'Each goes once, and no more once the thing is done.'
  return clientId === null ? (
    <PageHeader title="Reminders" lead={lead} actions={actions} />
  ) : (
    <PageSection title="Reminders" lead={lead} actions={actions}>
      {null}
    </PageSection>
  )
}

function Reply({ reply }: { reply: ReturnType<typeof useActionData<typeof action>> }) {
  if (!reply) return null
  const isGood = 'outcome' in reply
  const words = isGood
    ? SAID[reply.outcome]
    : 'refusal' in reply
      ? reply.refusal.message
      : (Object.values(reply.fieldErrors)[0] ?? 'Reload the page and try again.')
  return (
    <div className="mb-5">
      <Notice kind={isGood ? 'success' : 'danger'} announce>
        {words}
      </Notice>
    </div>
  )
}
