/** One engagement as the insurer or the assessment firm that holds it sees it. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { EndForm } from '#app/components/engagement/end-form.tsx'
import { engagementStateLook, grantWords, KIND_WORDS } from '#app/components/engagement/engagement-words.ts'
import { HandedOver, HandoverForm } from '#app/components/engagement/handover.tsx'
import { PortfolioTable } from '#app/components/engagement/portfolio-table.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { endAsGuest } from '#app/services/engagement-acceptance.server.ts'
import { handOver } from '#app/services/engagement-handover.server.ts'
import { EndInput, HandoverInput } from '#app/services/engagement-input.ts'
import { getHeldEngagement } from '#app/services/engagement-portfolio.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { held, open, lastDay } = await answering(() =>
    getHeldEngagement(member, idParam(params.engagementId)),
  )
  const { organisationId: _, hostOrganisationId: __, ...shown } = held
  const state: 'ended' | 'accepted' | 'expired' = held.endedAt ? 'ended' : open ? 'accepted' : 'expired'
  return { ...shown, state, lastDay, open, isOwner: member.role === 'owner' }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const engagementId = idParam(params.engagementId)
  const values = formValues(await readForm(request))
  if (values.intent === 'hand-over') {
    const parsed = parseWith(HandoverInput, values)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      await handOver(member, engagementId, parsed.input)
      return { told: 'Handed over: the engagement has ended' }
    })
  }
  const parsed = parseWith(EndInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await endAsGuest(member, engagementId, parsed.input)
    return { told: 'Ended: nothing of it is open to you any more' }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `For ${page.hostName}` : 'Engagement', 'Portfolio') },
]

export default function HeldEngagementPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { open } = page
  const errors = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  const refusal = reply && 'refusal' in reply ? reply.refusal.message : undefined
  return (
    <>
      <PageHeader
        title={`For ${page.hostName}`}
        breadcrumb={[{ label: 'Portfolio', href: '/portfolio' }]}
        meta={
          <>
            <StatusBadge shape="stamp" {...engagementStateLook[page.state]} />
            <span>{KIND_WORDS[page.kind]}</span>
          </>
        }
      />
      {reply && 'told' in reply ? <Notice kind="success" announce title={reply.told} /> : null}
      {page.handover ? <HandedOver handover={page.handover} href={`/portfolio/${page.id}/handover`} /> : null}
      {open ? (
        <PageSection title={`Applications (${open.lines.length})`}>
          <PortfolioTable lines={open.lines} />
        </PageSection>
      ) : null}
      <PageSection title="What was granted">
        <DefinitionList
          items={[
            {
              term: 'Accepted',
              value: (
                <>
                  {page.acceptedByName}, <Time at={page.acceptedAt} show="moment" />
                </>
              ),
            },
            { term: 'Declared', value: page.declaration },
            ...(open ? [{ term: 'You may', value: grantWords(open) }] : []),
            ...(open && (open.evidenceFrom || open.evidenceUntil)
              ? [
                  {
                    term: 'Evidence of',
                    value: (
                      <>
                        {open.evidenceFrom ? <Time at={open.evidenceFrom} /> : 'any day'} to{' '}
                        {open.evidenceUntil ? <Time at={open.evidenceUntil} /> : 'any day'}
                      </>
                    ),
                  },
                ]
              : []),
            { term: 'Open until', value: <Time at={page.lastDay} /> },
            ...(open?.instructions
              ? [
                  {
                    term: 'Told',
                    value: <span className="wrap-anywhere whitespace-pre-line">{open.instructions}</span>,
                  },
                ]
              : []),
            ...(page.endedAt
              ? [
                  {
                    term: 'Ended',
                    value: (
                      <span className="wrap-anywhere whitespace-pre-line">
                        {page.endedByName}
                        {page.endedBySide === 'host' ? `, ${page.hostName}` : ''},{' '}
                        <Time at={page.endedAt} show="moment" />: {page.endReason}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
        {open && page.isOwner ? (
          <div className="mt-5 flex flex-col gap-3">
            {page.kind === 'independent-assessment' ? (
              <HandoverForm errors={errors} refusal={refusal} />
            ) : null}
            <EndForm
              label="End the engagement"
              what="It closes for all of your members at once. What you decided stays with whoever granted it."
              errors={errors}
              refusal={page.kind === 'independent-assessment' ? undefined : refusal}
            />
          </div>
        ) : null}
      </PageSection>
    </>
  )
}
