import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData, useNavigation } from '@remix-run/react'
import { Search } from 'lucide-react'
import { Button } from '#app/components/button.tsx'
import { countOf, formatCount } from '#app/components/counts.ts'
import { DataTable } from '#app/components/data-table.tsx'
import { TextLink } from '#app/components/link.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Pagination } from '#app/components/pagination.tsx'
import { SeverityBadge } from '#app/components/scan/severity.tsx'
import { TextField } from '#app/components/text-field.tsx'
import { Time } from '#app/components/time.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { ASSETS_A_PAGE, listAssets } from '#app/services/client-assets.server.ts'
import { AssetSearch } from '#app/services/register-input.ts'
import { SEVERITIES, SEVERITY_RANK } from '#evidence/severity.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const search = AssetSearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  const { rows, total } = await answering(() => listAssets(member, clientId, search))
  return { clientId, search, rows, total, pageSize: ASSETS_A_PAGE }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Assets') }]

export default function ClientAssetsPage() {
  const { clientId, search, rows, total, pageSize } = useLoaderData<typeof loader>()
  const navigation = useNavigation()
  const here = `/clients/${clientId}/assets`
  const hrefOf = (page: number) => {
    const query = new URLSearchParams()
    if (search.q) query.set('q', search.q)
    if (page > 1) query.set('page', String(page))
    return query.size > 0 ? `${here}?${query}` : here
  }
  return (
    <PageSection
      title="Assets"
      lead="Each machine once, whatever the number of scans and tools that saw it. Open one to see why its sightings are taken for one machine, and to correct that."
    >
      <Form method="get" key={search.q} className="mb-4 flex flex-wrap items-end gap-3">
        <TextField
          name="q"
          id="q"
          type="search"
          label="Name, address or system"
          className="max-sm:w-full sm:w-72"
          defaultValue={search.q}
          maxLength={100}
        />
        <Button type="submit" icon={Search} loading={navigation.state === 'loading'} loadingLabel="Searching">
          Search
        </Button>
        {search.q ? (
          <TextLink to={here} className="py-2">
            Clear
          </TextLink>
        ) : null}
      </Form>
      <p role="status" className="mb-2 text-caption text-ink-soft">
        {countOf(total, 'asset')}
      </p>
      <DataTable
        caption="Assets"
        rows={rows}
        rowKey={({ id }) => id}
        empty={
          <p className="border-hairline border-t py-6 text-ink-soft">
            {search.q
              ? 'No asset has these words.'
              : 'None yet. Add a scan as evidence; its machines appear here.'}
          </p>
        }
        columns={[
          {
            id: 'name',
            header: 'Asset',
            isRowHeader: true,
            cell: (row) => (
              <>
                <TextLink quiet to={`${here}/${row.id}`} className="wrap-anywhere">
                  {row.name}
                </TextLink>
                {row.address && row.address !== row.name ? (
                  <span className="block font-normal text-caption text-ink-soft">{row.address}</span>
                ) : null}
              </>
            ),
          },
          { id: 'system', header: 'System', cell: (row) => row.operatingSystem ?? <Unknown /> },
          {
            id: 'open',
            header: 'Open findings',
            cell: (row) =>
              row.openCount > 0 ? (
                <TextLink quiet to={`/clients/${clientId}/findings?asset=${row.id}#findings`}>
                  {formatCount(row.openCount)}
                </TextLink>
              ) : (
                'none'
              ),
          },
          { id: 'worst', header: 'Worst', cell: (row) => <Worst rank={row.worstRank} /> },
          {
            id: 'kev',
            header: 'Exploited',
            align: 'end',
            cell: (row) => (row.kevCount > 0 ? formatCount(row.kevCount) : '–'),
          },
          { id: 'seen', header: 'Last seen', cell: (row) => <Time at={row.lastSeenAt} /> },
        ]}
      />
      <Pagination label="assets" page={search.page} pageSize={pageSize} total={total} hrefOf={hrefOf} />
    </PageSection>
  )
}

const Unknown = () => <span className="text-ink-faint">not known</span>

function Worst({ rank }: { rank: number }) {
  const severity = SEVERITIES.find((name) => SEVERITY_RANK[name] === rank)
  return severity ? <SeverityBadge severity={severity} /> : <>–</>
}
