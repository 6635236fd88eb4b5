import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Plus, Siren } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { NoticeAdvice } from '#app/components/incident/notice-advice.tsx'
import { Occurrence } from '#app/components/incident/occurrence.tsx'
import { TextLink } from '#app/components/link.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { KIND_WORDS } from '#app/services/incident-input.ts'
import { listIncidents } from '#app/services/incidents.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const incidents = await answering(() => listIncidents(member, clientId))
  return {
    clientId,
    incidents: incidents.map(
      ({ id, kind, title, occurredFrom, occurredUntil, discoveredAt, reportedOn, closedAt }) => ({
        id,
        kind: KIND_WORDS[kind],
        title,
        occurredFrom,
        occurredUntil,
        discoveredAt,
        reportedOn,
        isClosed: closedAt !== null,
      }),
    ),
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Incidents') }]

export default function ClientIncidentsPage() {
  const { clientId, incidents } = useLoaderData<typeof loader>()
  const add = (
    <ButtonLink icon={Plus} variant="primary" to={`/clients/${clientId}/incidents/new`}>
      Record an incident
    </ButtonLink>
  )
  if (incidents.length === 0) {
    return (
      <EmptyState icon={Siren} title="No incidents recorded" action={add}>
        <p>
          Nothing is recorded for this client. Should something happen, the first hours decide what can be
          claimed:
        </p>
        <div className="mt-3">
          <NoticeAdvice />
        </div>
      </EmptyState>
    )
  }
  return (
    <PageSection
      title="Incidents"
      lead="What happened, and what the record shows of the day on which it happened."
      actions={add}
    >
      <DataTable
        caption="Incidents"
        rows={incidents}
        rowKey={({ id }) => id}
        empty={null}
        columns={[
          {
            id: 'title',
            header: 'Incident',
            isRowHeader: true,
            cell: ({ id, title, kind }) => (
              <>
                <TextLink to={`/incidents/${id}`}>{title}</TextLink>
                <span className="block font-normal text-caption text-ink-soft">{kind}</span>
              </>
            ),
          },
          {
            id: 'occurred',
            header: 'Occurred',
            cell: ({ occurredFrom, occurredUntil }) => (
              <Occurrence from={occurredFrom} until={occurredUntil} />
            ),
          },
          { id: 'discovered', header: 'Discovered', cell: ({ discoveredAt }) => <Time at={discoveredAt} /> },
          {
            id: 'reported',
            header: 'Notice given',
            cell: ({ reportedOn }) =>
              reportedOn ? <Time at={reportedOn} /> : <StatusBadge word="Not recorded" />,
          },
          {
            id: 'state',
            header: 'State',
            cell: ({ isClosed }) => <StatusBadge word={isClosed ? 'Closed' : 'Open'} />,
          },
        ]}
      />
    </PageSection>
  )
}
