import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Archive, FileX2, ListChecks, MessagesSquare, Plus, SearchX, UsersRound } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { ClientSearch } from '#app/components/client/client-search.tsx'
import { PortfolioStats } from '#app/components/client/portfolio-stats.tsx'
import { PortfolioTable } from '#app/components/client/portfolio-table.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { LinkSwitch } from '#app/components/link-switch.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Pagination } from '#app/components/pagination.tsx'
import { requireMember } from '#app/http/member.server.ts'
import { listPortfolio } from '#app/services/portfolio.server.ts'
import { CLIENTS_A_PAGE, countPortfolio, PortfolioQuery, pageOf } from '#app/services/portfolio.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { searchParams } = new URL(request.url)
  const query = PortfolioQuery.parse({
    which: searchParams.get('view') ?? undefined,
    text: searchParams.get('q') ?? undefined,
    sort: searchParams.get('sort') ?? undefined,
    page: searchParams.get('page') ?? undefined,
  })
  const all = await listPortfolio(member, query)
  return { query, counts: countPortfolio(all), ...pageOf(all, query.page) }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Clients') }]

type Choice = Omit<PortfolioQuery, 'page'>

function hrefOf({ which, text, sort }: Choice, page = 1): string {
  const params = new URLSearchParams()
  if (which === 'archived') params.set('view', which)
  if (text) params.set('q', text)
  if (sort !== 'name') params.set('sort', sort)
  if (page > 1) params.set('page', String(page))
  return params.size > 0 ? `/clients?${params}` : '/clients'
}

export default function ClientsPage() {
  const { query, counts, page, rows } = useLoaderData<typeof loader>()
  const isWhole = query.which === 'active' && !query.text
  return (
    <>
      <PageHeader
        title="Clients"
        lead="Each named insured with its application, and what stands between it and a signature."
        actions={
          <>
            <ButtonLink icon={ListChecks} to="/subjectivities">
              Subjectivities
            </ButtonLink>
            <ButtonLink icon={MessagesSquare} to="/conversations">
              Whom to talk to
            </ButtonLink>
            <ButtonLink icon={FileX2} to="/waivers">
              Declined services
            </ButtonLink>
            <ButtonLink variant="primary" icon={Plus} to="/clients/new">
              New client
            </ButtonLink>
          </>
        }
      />
      {isWhole && rows.length > 0 ? <PortfolioStats counts={counts} /> : null}
      <div className="mt-8 mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <LinkSwitch
          label="Which clients"
          options={(['active', 'archived'] as const).map((which) => ({
            to: hrefOf({ ...query, which }),
            label: which === 'active' ? 'Active' : 'Archived',
            isCurrent: query.which === which,
          }))}
        />
        {rows.length > 0 || query.text ? <ClientSearch query={query} /> : null}
      </div>
      {rows.length > 0 ? (
        <>
          <PortfolioTable rows={rows} sort={query.sort} hrefOfSort={(sort) => hrefOf({ ...query, sort })} />
          <Pagination
            label="clients"
            page={page}
            pageSize={CLIENTS_A_PAGE}
            total={counts.clients}
            hrefOf={(to) => hrefOf(query, to)}
          />
        </>
      ) : (
        <NothingListed query={query} />
      )}
    </>
  )
}

function NothingListed({ query }: { query: Choice }) {
  if (query.text) {
    return (
      <EmptyState
        icon={SearchX}
        title={`No ${query.which} client matches “${query.text}”`}
        action={<ButtonLink to={hrefOf({ ...query, text: '' })}>Show all</ButtonLink>}
      >
        The search looks at legal names, trading names and industries.
      </EmptyState>
    )
  }
  if (query.which === 'archived') {
    return (
      <EmptyState icon={Archive} title="Nothing is archived">
        Clients that you no longer look after can be archived on their page. They keep everything and can be
        restored.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={UsersRound}
      title="Add your first client"
      action={
        <ButtonLink variant="primary" icon={Plus} to="/clients/new">
          New client
        </ButtonLink>
      }
    >
      A client is the named insured of a policy. Here you will see how far each one’s application is, which
      answers the evidence contradicts, and when the policy renews.
    </EmptyState>
  )
}
