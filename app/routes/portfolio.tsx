/** What is open to an insurer or an assessment firm, across all organisations that granted it. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { BriefcaseBusiness, Search } from 'lucide-react'
import { Button } from '#app/components/button.tsx'
import { classNames } from '#app/components/class-names.ts'
import { DataTable } from '#app/components/data-table.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { engagementStateLook, KIND_WORDS } from '#app/components/engagement/engagement-words.ts'
import { PortfolioTable } from '#app/components/engagement/portfolio-table.tsx'
import { TextLink } from '#app/components/link.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { TextField } from '#app/components/text-field.tsx'
import { Time } from '#app/components/time.tsx'
import { requireMember } from '#app/http/member.server.ts'
import { getPortfolio } from '#app/services/engagement-portfolio.server.ts'
import {
  countViews,
  ENGAGED_VIEWS,
  EngagedQuery,
  type EngagedView,
  filterLines,
} from '#app/services/engagement-table.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const query = EngagedQuery.parse(Object.fromEntries(new URL(request.url).searchParams))
  const { lines, over } = await getPortfolio(member)
  return {
    kind: member.organisationKind,
    query,
    counts: countViews(lines),
    lines: filterLines(lines, query),
    over: over.map(({ held, state }) => ({
      id: held.id,
      hostName: held.hostName,
      kind: held.kind,
      state,
      endReason: held.endReason,
      at: held.endedAt ?? held.expiresAt,
    })),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page?.kind === 'assessor' ? 'Engagements' : 'Portfolio') },
]

const VIEW_WORDS: Record<EngagedView, string> = {
  all: 'All',
  'to-review': 'To review',
  contradicted: 'With contradictions',
  ending: 'Ending within a week',
  'signed-off': 'Signed off',
}

export default function PortfolioPage() {
  const { kind, query, counts, lines, over } = useLoaderData<typeof loader>()
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return (
    <>
      <PageHeader
        title={kind === 'assessor' ? 'Engagements' : 'Portfolio'}
        lead="Applications that were opened to your organisation. Each is judged anew when you look, over what you were granted and nothing else."
        actions={
          counts.all > 0 ? (
            <DownloadLink look="small" href={`/portfolio/export?${search}`}>
              Export as CSV
            </DownloadLink>
          ) : undefined
        }
      />
      {counts.all === 0 ? (
        <EmptyState icon={BriefcaseBusiness} title="Nothing is open to you">
          An organisation that prepares applications offers them by mail. Open the link in that mail as an
          owner of yours and accept: the applications then stand here for all of your members.
        </EmptyState>
      ) : (
        <>
          <div className="mb-5 flex flex-wrap items-end justify-between gap-4">
            <nav aria-label="Show" className="flex flex-wrap gap-1.5">
              {ENGAGED_VIEWS.map((view) => (
                <Link
                  key={view}
                  to={`?${new URLSearchParams({ view, ...(query.text ? { text: query.text } : {}) })}`}
                  preventScrollReset
                  aria-current={view === query.view ? 'true' : undefined}
                  className={classNames(
                    'inline-flex min-h-8 items-center rounded-small border px-2.5 text-caption pointer-coarse:min-h-11',
                    view === query.view
                      ? 'border-accent bg-accent-wash font-medium text-accent-strong'
                      : 'border-hairline hover:border-ink',
                  )}
                >
                  {VIEW_WORDS[view]} ({counts[view]})
                </Link>
              ))}
            </nav>
            <Form method="get" className="flex items-end gap-2">
              <input type="hidden" name="view" value={query.view} />
              <TextField
                id="text"
                name="text"
                label="Client, organisation or form"
                defaultValue={query.text}
              />
              <Button type="submit" icon={Search}>
                Find
              </Button>
            </Form>
          </div>
          <PortfolioTable lines={lines} />
        </>
      )}
      {over.length > 0 ? (
        <PageSection title={`Over (${over.length})`} lead="Nothing of these is open any more.">
          <DataTable
            caption="Engagements that are over"
            rows={over}
            rowKey={({ id }) => id}
            empty={null}
            columns={[
              {
                id: 'host',
                header: 'Granted by',
                isRowHeader: true,
                cell: (row) => (
                  <TextLink quiet to={`/portfolio/${row.id}`}>
                    {row.hostName}
                  </TextLink>
                ),
              },
              { id: 'kind', header: 'What for', cell: (row) => KIND_WORDS[row.kind] },
              {
                id: 'state',
                header: 'State',
                cell: (row) => <StatusBadge {...engagementStateLook[row.state]} />,
              },
              { id: 'at', header: 'Since', cell: (row) => <Time at={row.at} show="moment" /> },
              {
                id: 'why',
                header: 'Reason',
                cell: (row) => <span className="wrap-anywhere">{row.endReason ?? ''}</span>,
              },
            ]}
          />
        </PageSection>
      ) : null}
    </>
  )
}
