import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Plus } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { ClientDetailList } from '#app/components/client/client-detail-list.tsx'
import { NextSteps } from '#app/components/client/next-steps.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { TextLink } from '#app/components/link.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { standingWords } from '#app/components/readiness/score-bar.tsx'
import { LastSigned } from '#app/components/reattestation/application-freshness.tsx'
import { FixPanel } from '#app/components/register/fix-panel.tsx'
import { RequestTable } from '#app/components/request/request-table.tsx'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { ConditionCount } from '#app/components/subjectivity/condition-count.tsx'
import { Time } from '#app/components/time.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { describeScore } from '#app/readiness/score.ts'
import { getClientOverview } from '#app/services/client-overview.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return answering(() => getClientOverview(member, idParam(params.clientId)))
}

export default function ClientOverviewPage() {
  const { client, standing, applications, attested, recentEvidence, requests, plan } =
    useLoaderData<typeof loader>()
  const here = `/clients/${client.id}`
  const isArchived = client.archivedAt !== null
  return (
    <div className="grid gap-x-12 min-[88rem]:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
      <div className="min-w-0">
        {isArchived ? null : <NextSteps standing={standing} />}
        <PageSection
          title="Applications"
          lead={
            applications.length === 0
              ? 'An application is one insurer’s questionnaire for this client. Its answers are checked against the evidence while you give them.'
              : undefined
          }
          actions={
            isArchived ? null : (
              <ButtonLink icon={Plus} to={`${here}/applications/new`}>
                Start application
              </ButtonLink>
            )
          }
        >
          <DataTable
            caption="Applications of this client"
            rows={applications}
            rowKey={(row) => row.id}
            empty={<p className="border-rule border-t pt-4 text-ink-faint">None started yet.</p>}
            columns={[
              {
                id: 'form',
                header: 'Application',
                isRowHeader: true,
                cell: (row) => (
                  <TextLink quiet to={`/applications/${row.id}`}>
                    {row.formTitle}, edition {row.edition}
                  </TextLink>
                ),
              },
              {
                id: 'state',
                header: 'State',
                cell: (row) =>
                  row.state === 'frozen' ? (
                    <StatusBadge word="Closed by signature" tone="neutral" />
                  ) : (
                    <StatusBadge word="Draft" tone="info" />
                  ),
              },
              { id: 'progress', header: 'Answered', cell: (row) => `${row.answered} of ${row.applicable}` },
              {
                id: 'readiness',
                header: 'Readiness',
                cell: (row) =>
                  row.score ? (
                    <TextLink quiet to={`/applications/${row.id}/readiness`}>
                      {describeScore(row.score)}
                      <span className="block text-caption text-ink-soft">{standingWords(row.score)}</span>
                    </TextLink>
                  ) : null,
              },
              ...(applications.some(({ conditions }) => conditions)
                ? [
                    {
                      id: 'conditions',
                      header: 'Subjectivities',
                      cell: (row: (typeof applications)[number]) =>
                        row.conditions ? (
                          <ConditionCount applicationId={row.id} conditions={row.conditions} />
                        ) : null,
                    },
                  ]
                : []),
              { id: 'started', header: 'Started', cell: (row) => <Time at={row.createdAt} /> },
            ]}
          />
        </PageSection>
        {attested.length > 0 ? (
          <PageSection
            title="In force"
            actions={<ButtonLink to={`${here}/re-attestation`}>Re-attestation</ButtonLink>}
          >
            <ul className="border-rule border-t">
              {attested.map((one) => (
                <li key={one.applicationId} className="border-hairline border-b py-3">
                  <TextLink quiet to={`/reports/${one.reportId}`}>
                    {one.formTitle}
                  </TextLink>
                  <span className="block text-caption text-ink-soft">
                    <LastSigned one={one} />
                  </span>
                </li>
              ))}
            </ul>
          </PageSection>
        ) : null}
        {requests.length > 0 ? (
          <PageSection title={`Evidence asked for (${requests.length})`}>
            <RequestTable requests={requests} />
          </PageSection>
        ) : null}
        {plan?.sentence && !isArchived ? (
          <PageSection
            title="What to fix first"
            actions={<ButtonLink to={`${here}/findings`}>All findings</ButtonLink>}
          >
            <FixPanel plan={plan} findingsHref={`${here}/findings`} />
          </PageSection>
        ) : null}
        {recentEvidence.length > 0 ? (
          <PageSection
            title="Recent evidence"
            actions={<ButtonLink to={`${here}/evidence`}>All evidence</ButtonLink>}
          >
            <DataTable
              caption="Evidence received last"
              rows={recentEvidence}
              rowKey={(row) => row.id}
              empty={null}
              columns={[
                {
                  id: 'title',
                  header: 'Evidence',
                  isRowHeader: true,
                  cell: (row) => (
                    <TextLink quiet to={`/evidence/${row.id}`}>
                      {row.title}
                    </TextLink>
                  ),
                },
                { id: 'kind', header: 'Kind', cell: (row) => row.kindLabel },
                { id: 'observed', header: 'Observed', cell: (row) => <Time at={row.observedAt} /> },
                { id: 'received', header: 'Received', cell: (row) => <Time at={row.receivedAt} /> },
              ]}
            />
          </PageSection>
        ) : null}
      </div>
      <ClientDetailList client={client} />
    </div>
  )
}
