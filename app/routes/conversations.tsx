import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MessagesSquare } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { daysWords, NextStep } from '#app/components/conversation/silence.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { TextLink } from '#app/components/link.tsx'
import { LinkSwitch } from '#app/components/link-switch.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { requireMember } from '#app/http/member.server.ts'
import { QUIET_DAYS } from '#app/services/conversation-log.ts'
import { listSilences } from '#app/services/conversations.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const isWhole = new URL(request.url).searchParams.get('view') === 'all'
  const all = await listSilences(member)
  const quiet = all.filter((silence) => silence.isQuiet)
  return { isWhole, rows: isWhole ? all : quiet, counts: { all: all.length, quiet: quiet.length } }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Conversations') }]

export default function ConversationsPage() {
  const { isWhole, rows, counts } = useLoaderData<typeof loader>()
  const quietWords = `Not talked to for ${QUIET_DAYS} days`
  return (
    <>
      <PageHeader
        title="Conversations about insurance"
        breadcrumb={[{ label: 'Clients', href: '/clients' }]}
        lead="Whom to talk to next: the longest silence first. Conversations are recorded on each client’s page."
        actions={
          counts.all > 0 ? <DownloadLink href="/conversations/export">Export as CSV</DownloadLink> : null
        }
      />
      {counts.all > 0 ? (
        <div className="mb-5">
          <LinkSwitch
            label="Which clients"
            options={[
              {
                to: '/conversations',
                label: `${quietWords} (${counts.quiet})`,
                isCurrent: !isWhole,
              },
              { to: '/conversations?view=all', label: `All (${counts.all})`, isCurrent: isWhole },
            ]}
          />
        </div>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState
          icon={MessagesSquare}
          title={counts.all === 0 ? 'No clients yet' : 'Every client was talked to in the last 90 days'}
          action={
            counts.all === 0 ? (
              <ButtonLink to="/clients/new">New client</ButtonLink>
            ) : (
              <ButtonLink to="/conversations?view=all">Show all clients</ButtonLink>
            )
          }
        >
          {counts.all === 0
            ? 'Clients are listed here by how long nobody has talked to them about their insurance.'
            : 'Whoever was not talked to for longer appears here by themselves.'}
        </EmptyState>
      ) : (
        <DataTable
          caption={isWhole ? 'All clients' : quietWords}
          rows={rows}
          rowKey={({ client }) => client.id}
          empty={null}
          columns={[
            {
              id: 'client',
              header: 'Client',
              isRowHeader: true,
              cell: ({ client }) => (
                <TextLink to={`/clients/${client.id}/conversations`}>{client.legalName}</TextLink>
              ),
            },
            {
              id: 'last',
              header: 'Last talked',
              cell: ({ lastOn, daysSince }) =>
                lastOn && daysSince !== null ? (
                  <>
                    <Time at={lastOn} />
                    <span className="block text-caption text-ink-soft">{daysWords(daysSince)}</span>
                  </>
                ) : (
                  <StatusBadge word="Never recorded" tone="warn" />
                ),
            },
            {
              id: 'renewal',
              header: 'Renewal',
              cell: ({ client }) =>
                client.policyRenewalOn ? <Time at={client.policyRenewalOn} /> : 'No date yet',
            },
            { id: 'insurer', header: 'Insurer', cell: ({ insurer }) => insurer ?? 'Not known' },
            {
              id: 'next',
              header: 'Next step',
              cell: ({ nextStep }) => (nextStep ? <NextStep step={nextStep} /> : null),
            },
          ]}
        />
      )}
    </>
  )
}
