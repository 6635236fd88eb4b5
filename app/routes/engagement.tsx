/** One engagement as its host sees it: what is open to whom, and what they opened. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DataTable } from '#app/components/data-table.tsx'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EndForm } from '#app/components/engagement/end-form.tsx'
import { engagementStateLook, grantWords, KIND_WORDS } from '#app/components/engagement/engagement-words.ts'
import { HandedOver } from '#app/components/engagement/handover.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ACCESS_WORDS } from '#app/components/review/access-table.tsx'
import { OPINION_WORDS } from '#app/components/review/review-words.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { endAsHost } from '#app/services/engagement-acceptance.server.ts'
import { EndInput } from '#app/services/engagement-input.ts'
import { getEngagement } from '#app/services/engagements.server.ts'
import { lastDayOf } from '#app/services/report-share-rules.ts'

const SHOWN = 100

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const found = await answering(() => getEngagement(member, idParam(params.engagementId)))
  const {
    tokenSha256: _,
    guestOrganisationId: __,
    organisationId: ___,
    expiresAt,
    ...engagement
  } = found.engagement
  return {
    ...engagement,
    state: found.state,
    lastDay: lastDayOf(expiresAt),
    applications: found.applications.map(({ granted, clientName, review, formTitle, sections }) => ({
      applicationId: granted.applicationId,
      clientName,
      formTitle,
      sections,
      reviewId: review?.id ?? null,
      opinion: review?.opinion ?? null,
    })),
    access: found.access.slice(0, SHOWN).map(({ id, kind, memberName, at, address, revisionId }) => ({
      id,
      kind,
      memberName,
      at,
      address,
      revisionId,
    })),
    opened: found.access.length,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const engagementId = idParam(params.engagementId)
  const parsed = parseWith(EndInput, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await endAsHost(member, engagementId, parsed.input)
    return { told: 'Ended: nothing is open to them any more' }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page?.guestName ?? page?.recipientEmail ?? 'Engagement', 'Engagements') },
]

export default function EngagementPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const isOpen = page.endedAt === null
  return (
    <>
      <PageHeader
        title={page.guestName ?? page.recipientEmail}
        breadcrumb={[{ label: 'Engagements', href: '/engagements' }]}
        meta={
          <>
            <StatusBadge shape="stamp" {...engagementStateLook[page.state]} />
            <span>{KIND_WORDS[page.kind]}</span>
          </>
        }
      />
      {reply && 'told' in reply ? <Notice kind="success" announce title={reply.told} /> : null}
      {page.state === 'offered' ? (
        <Notice kind="info" title={`Offered to ${page.recipientEmail}`}>
          {page.delivery === 'mail-server' ? (
            'The mail is on its way. '
          ) : (
            <>
              The mail waits in the <TextLink to="/outbox">outbox</TextLink> for you to hand over.{' '}
            </>
          )}
          The link accepts once, and until <Time at={page.offerExpiresAt} show="moment" />.
        </Notice>
      ) : null}
      {page.handover ? (
        <HandedOver handover={page.handover} href={`/engagements/${page.id}/handover`} />
      ) : null}
      <PageSection title="What is granted">
        <DefinitionList
          items={[
            {
              term: 'Offered',
              value: (
                <>
                  {page.offeredByName} to {page.recipientEmail}, <Time at={page.offeredAt} show="moment" />
                </>
              ),
            },
            ...(page.acceptedAt
              ? [
                  {
                    term: 'Accepted',
                    value: (
                      <span className="wrap-anywhere">
                        {page.acceptedByName} ({page.acceptedByEmail}) for {page.guestName},{' '}
                        <Time at={page.acceptedAt} show="moment" />
                      </span>
                    ),
                  },
                  { term: 'Declared', value: page.declaration },
                ]
              : []),
            { term: 'They may', value: grantWords(page) },
            ...(page.evidenceFrom || page.evidenceUntil
              ? [
                  {
                    term: 'Evidence of',
                    value: (
                      <>
                        {page.evidenceFrom ? <Time at={page.evidenceFrom} /> : 'any day'} to{' '}
                        {page.evidenceUntil ? <Time at={page.evidenceUntil} /> : 'any day'}
                      </>
                    ),
                  },
                ]
              : []),
            { term: 'Open until', value: <Time at={page.lastDay} /> },
            ...(page.instructions
              ? [
                  {
                    term: 'Told',
                    value: <span className="wrap-anywhere whitespace-pre-line">{page.instructions}</span>,
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
                        {page.endedBySide === 'guest' ? `, ${page.guestName}` : ''},{' '}
                        <Time at={page.endedAt} show="moment" />: {page.endReason}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
        {isOpen ? (
          <div className="mt-5">
            <EndForm
              label={page.acceptedAt ? 'End the engagement' : 'Take the offer back'}
              what={
                page.acceptedAt
                  ? 'It closes for all of their members at once. What they decided stays.'
                  : 'The mailed link accepts nothing any more.'
              }
              errors={reply && 'fieldErrors' in reply ? reply.fieldErrors : {}}
              refusal={reply && 'refusal' in reply ? reply.refusal.message : undefined}
            />
          </div>
        ) : null}
      </PageSection>
      <PageSection title={`Applications (${page.applications.length})`}>
        <DataTable
          caption="Applications of this engagement"
          rows={page.applications}
          rowKey={({ applicationId }) => applicationId}
          empty={null}
          columns={[
            {
              id: 'client',
              header: 'Client',
              isRowHeader: true,
              cell: (row) => (
                <TextLink quiet to={`/applications/${row.applicationId}/review`} className="wrap-anywhere">
                  {row.clientName}
                </TextLink>
              ),
            },
            { id: 'form', header: 'Form', cell: (row) => row.formTitle },
            {
              id: 'sections',
              header: 'Sections',
              cell: (row) => (row.sections.length === 0 ? 'All' : row.sections.join(', ')),
            },
            {
              id: 'review',
              header: 'Review',
              cell: (row) =>
                row.reviewId ? (
                  <TextLink to={`/reviews/${row.reviewId}`}>
                    {row.opinion ? OPINION_WORDS[row.opinion] : 'See what they decided'}
                  </TextLink>
                ) : (
                  'Not accepted yet'
                ),
            },
          ]}
        />
      </PageSection>
      <PageSection
        title={`Evidence they opened (${page.opened})`}
        lead="Each file, each time, with the name of whoever opened it."
        actions={
          page.opened > 0 ? (
            <DownloadLink look="small" href={`/engagements/${page.id}/access`}>
              Export as CSV
            </DownloadLink>
          ) : undefined
        }
      >
        <DataTable
          caption="Evidence opened"
          rows={page.access}
          rowKey={({ id }) => id}
          empty={<p className="text-ink-soft">Nobody has opened a file yet.</p>}
          columns={[
            {
              id: 'at',
              header: 'When',
              isRowHeader: true,
              cell: (row) => <Time at={row.at} show="moment" />,
            },
            { id: 'who', header: 'Who', cell: (row) => row.memberName },
            {
              id: 'what',
              header: 'What',
              cell: (row) => (
                <TextLink to={`/revisions/${row.revisionId}`}>{ACCESS_WORDS[row.kind]}</TextLink>
              ),
            },
            { id: 'from', header: 'From', cell: (row) => row.address },
          ]}
        />
      </PageSection>
    </>
  )
}
