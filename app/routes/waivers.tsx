import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileX2 } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { LinkSwitch } from '#app/components/link-switch.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { WaiverTable } from '#app/components/waiver/waiver-table.tsx'
import { requireMember } from '#app/http/member.server.ts'
import { listAllWaivers } from '#app/services/waiver-pages.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const isWhole = new URL(request.url).searchParams.get('view') === 'all'
  const all = await listAllWaivers(member)
  const open = all.filter(
    ({ standing, isReviewSoon }) => isReviewSoon || ['overdue', 'offered', 'draft'].includes(standing),
  )
  return { isWhole, rows: isWhole ? all : open, counts: { all: all.length, open: open.length } }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Declined services') }]

export default function WaiversPage() {
  const { isWhole, rows, counts } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title="Declined services"
        breadcrumb={[{ label: 'Clients', href: '/clients' }]}
        lead="What clients declined in writing, and what is to be done about it: reviews that are due, waivers that wait for a signature, drafts."
        actions={
          <>
            <ButtonLink to="/waiver-templates">Templates</ButtonLink>
            {counts.all > 0 ? <DownloadLink href="/waivers/export">Export as CSV</DownloadLink> : null}
          </>
        }
      />
      {counts.all > 0 ? (
        <div className="mb-5">
          <LinkSwitch
            label="Which waivers"
            options={[
              { to: '/waivers', label: `To do (${counts.open})`, isCurrent: !isWhole },
              { to: '/waivers?view=all', label: `All (${counts.all})`, isCurrent: isWhole },
            ]}
          />
        </div>
      ) : null}
      <WaiverTable
        caption={isWhole ? 'All declined services' : 'Declined services to do something about'}
        waivers={rows}
        withClient
        empty={
          <EmptyState
            icon={FileX2}
            title={counts.all === 0 ? 'No declined service on record' : 'Nothing to do'}
            action={
              counts.all === 0 ? (
                <ButtonLink to="/clients">Choose a client</ButtonLink>
              ) : (
                <ButtonLink to="/waivers?view=all">Show all</ButtonLink>
              )
            }
          >
            {counts.all === 0
              ? 'Waivers are written on a client’s page, under Declined services. All of them come together here by their review days.'
              : 'No review is due within 30 days, and no waiver waits for a signature.'}
          </EmptyState>
        }
      />
    </>
  )
}
