import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { CalendarPlus, Plus, Rss, Umbrella } from 'lucide-react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { Agenda } from '#app/components/calendar/agenda.tsx'
import { MeetingList } from '#app/components/calendar/meeting-list.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { BoundQuotes } from '#app/components/policy/bound-quotes.tsx'
import { PolicyAlarms } from '#app/components/policy/policy-alarms.tsx'
import { PolicyList } from '#app/components/policy/policy-list.tsx'
import { PolicyProfile } from '#app/components/policy/policy-profile.tsx'
import { RenewalPlan } from '#app/components/renewal/renewal-plan.tsx'
import { stepReplyOf } from '#app/components/renewal/step-reply.ts'
import { unknownAct } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { actOnPolicy, showPolicy } from '#app/http/policy-page.server.ts'
import { listNextDates } from '#app/services/calendar.server.ts'
import { getClient } from '#app/services/clients.server.ts'
import { listMeetings } from '#app/services/meetings.server.ts'
import { takeDatesOfPolicy } from '#app/services/policies.server.ts'
import { getClientPolicies } from '#app/services/policy-page.server.ts'

/** Days ahead. */
const NEXT_DAYS = 90

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const { client, counting, policies, bound } = await answering(() => getClientPolicies(member, clientId))
  const meetings = await listMeetings(member, clientId)
  return {
    clientId,
    isArchived: client.archivedAt !== null,
    counting: counting && showPolicy(counting),
    hasOtherDates:
      counting !== null &&
      (client.policyInceptionOn !== counting.current.inceptionOn ||
        client.policyRenewalOn !== counting.current.expiresOn),
    policies,
    bound,
    meetings: meetings.map(({ id, title, heldOn, startsAt, timeZone, cancelledAt }) => ({
      ...{ id, title, heldOn, startsAt, timeZone, isCancelled: cancelledAt !== null },
    })),
    next: client.archivedAt ? null : await listNextDates(member, clientId, NEXT_DAYS),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  await answering(() => getClient(member, clientId))
  if (values.intent === 'use-dates')
    return acting(async () => {
      await takeDatesOfPolicy(member, clientId)
      return { outcome: 'dates' as const }
    })
  if (typeof values.policyId !== 'string') throw unknownAct()
  return actOnPolicy(member, idParam(values.policyId), values)
}

export const meta: MetaFunction = () => [{ title: pageTitle('Policy') }]

export default function ClientPolicyPage() {
  const page = useLoaderData<typeof loader>()
  const { clientId, isArchived, counting, policies, bound, meetings, next } = page
  const reply = useActionData<typeof action>()
  const here = `/clients/${clientId}/policy`
  const add = isArchived ? null : (
    <ButtonLink icon={Plus} variant="primary" to={`${here}/new`}>
      Record a policy
    </ButtonLink>
  )
  return (
    <>
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {counting ? <PolicyAlarms policy={counting} recordTo={isArchived ? null : `${here}/new`} /> : null}
      {isArchived ? null : <BoundQuotes clientId={clientId} bound={bound} />}
      {counting ? (
        <>
          {page.hasOtherDates && !isArchived ? <OtherDates /> : null}
          <PageSection
            title={`${counting.insurer}${counting.policyNumber ? `, ${counting.policyNumber}` : ''}`}
            actions={
              <>
                {isArchived ? null : <ButtonLink to={`/policies/${counting.id}/edit`}>Change</ButtonLink>}
                <ButtonLink to={`/policies/${counting.id}`}>Versions</ButtonLink>
              </>
            }
          >
            <PolicyProfile policy={counting} isStandingShown />
          </PageSection>
          {next && next.entries.length > 0 ? (
            <PageSection
              title="Next dates"
              lead={`What is overdue, and the next ${NEXT_DAYS} days.`}
              actions={<ButtonLink to={`/calendar?view=agenda&client=${clientId}`}>Calendar</ButtonLink>}
            >
              <Agenda entries={next.entries} today={next.today} showClient={false} heading="h3" />
            </PageSection>
          ) : null}
          <RenewalPlan policy={counting} canAct={!isArchived} reply={stepReplyOf(reply)} />
          <PageSection title="All policies" actions={add}>
            <PolicyList policies={policies} />
          </PageSection>
        </>
      ) : (
        <EmptyState icon={Umbrella} title="No policy recorded" action={add}>
          Record the policy as its declarations have it: period, limits, retention, and the endorsements that
          depend on controls. You are then warned when such a control no longer holds, and the renewal gets a
          plan from 120 days before the expiry on.
        </EmptyState>
      )}
      <PageSection
        title="Reviews with the client"
        actions={
          isArchived ? null : (
            <>
              <ButtonLink icon={CalendarPlus} to={`/clients/${clientId}/meetings/new`}>
                Plan a review
              </ButtonLink>
              <ButtonLink icon={Rss} to={`/calendar/feeds?client=${clientId}`}>
                Calendar for the sponsor
              </ButtonLink>
            </>
          )
        }
      >
        <MeetingList meetings={meetings} />
      </PageSection>
    </>
  )
}

function OtherDates() {
  return (
    <div className="mb-6">
      <Notice
        kind="info"
        title="The client’s own dates are not those of this policy"
        action={
          <Form method="post">
            <input type="hidden" name="intent" value="use-dates" />
            <Button type="submit" size="small">
              Use the policy’s dates
            </Button>
          </Form>
        }
      >
        Lists of clients and applications go by the dates in the client’s form.
      </Notice>
    </div>
  )
}
