import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CalendarDays, Umbrella } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { LinkSwitch } from '#app/components/link-switch.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { RenewalTable } from '#app/components/renewal/renewal-table.tsx'
import { requireMember } from '#app/http/member.server.ts'
import { listRenewals } from '#app/services/renewal-portfolio.server.ts'
import { ACCOUNT_SORT_WORDS } from '#app/services/renewal-steps.ts'
import {
  isInRenewalView,
  RENEWAL_VIEWS,
  RenewalSearch,
  type RenewalView,
} from '#app/services/renewal-table.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { sort } = RenewalSearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  const all = await listRenewals(member)
  return {
    sort,
    counts: RENEWAL_VIEWS.map((view) => ({
      view,
      count: all.filter((row) => isInRenewalView(row, view)).length,
    })),
    rows: all.filter((row) => isInRenewalView(row, sort)),
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Renewals') }]

const labelOf = (view: RenewalView) => (view === 'all' ? 'All' : ACCOUNT_SORT_WORDS[view])

export default function RenewalsPage() {
  const { sort, counts, rows } = useLoaderData<typeof loader>()
  const isEmpty = counts.every(({ count }) => count === 0)
  return (
    <>
      <PageHeader
        title="Renewals"
        breadcrumb={[{ label: 'Calendar', href: '/calendar' }]}
        lead="From 120 days before a policy expires to 30 days after it, the next expiry first."
        actions={
          <>
            <ButtonLink icon={CalendarDays} to="/renewal-template">
              Template of steps
            </ButtonLink>
            {isEmpty ? null : (
              <DownloadLink href={`/renewals/export?sort=${sort}`}>Export as CSV</DownloadLink>
            )}
          </>
        }
      />
      {isEmpty ? null : (
        <div className="mb-5 overflow-x-auto">
          <LinkSwitch
            label="Accounts"
            options={counts.map(({ view, count }) => ({
              to: view === 'all' ? '/renewals' : `/renewals?sort=${view}`,
              label: `${labelOf(view)} (${count})`,
              isCurrent: view === sort,
            }))}
          />
        </div>
      )}
      {rows.length > 0 ? (
        <RenewalTable caption={`Renewals: ${labelOf(sort).toLowerCase()}`} rows={rows} />
      ) : (
        <EmptyState
          icon={Umbrella}
          title={isEmpty ? 'No renewal is near' : 'None of these'}
          action={
            isEmpty ? (
              <ButtonLink to="/clients">See the clients</ButtonLink>
            ) : (
              <ButtonLink to="/renewals">Show all</ButtonLink>
            )
          }
        >
          {isEmpty
            ? 'Record the policy of each client on its page. 120 days before one expires it stands here, sorted by what readiness says of the account.'
            : 'Accounts move between these by what readiness says of them each day.'}
        </EmptyState>
      )}
    </>
  )
}
