/** The findings of a scan, page by page. */
import { countOf } from '../counts.ts'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'
import { Pagination } from '../pagination.tsx'
import { FindingFilter } from './finding-filter.tsx'
import { type FindingItem, FindingTable } from './finding-table.tsx'

interface FindingSectionProps {
  scanId: string
  search: { severity: string; text: string; page: number }
  rows: FindingItem[]
  total: number
  pageSize: number
}

export function FindingSection({ scanId, search, rows, total, pageSize }: FindingSectionProps) {
  const hrefOf = (page: number) => {
    const query = new URLSearchParams()
    if (search.severity) query.set('severity', search.severity)
    if (search.text) query.set('q', search.text)
    if (page > 1) query.set('page', String(page))
    return `/scans/${scanId}${query.size > 0 ? `?${query}` : ''}#findings`
  }
  const isFiltered = search.severity !== '' || search.text !== ''
  return (
    <div id="findings">
      <PageSection title="Findings">
        <FindingFilter {...search} clearHref={`/scans/${scanId}#findings`} />
        <p role="status" className="mb-2 text-caption text-ink-soft">
          {countOf(total, 'finding')}
          {isFiltered ? ' match' : ''}
        </p>
        {rows.length > 0 ? (
          <>
            <FindingTable findings={rows} />
            <Pagination
              label="findings"
              page={search.page}
              pageSize={pageSize}
              total={total}
              hrefOf={hrefOf}
            />
          </>
        ) : (
          <p className="border-hairline border-t py-6 text-ink-soft">
            {total > 0 ? (
              <>
                This page lies beyond the last one. <TextLink to={hrefOf(1)}>Go to the first page</TextLink>.
              </>
            ) : isFiltered ? (
              'No finding has this severity and these words. Search for less, or clear the search.'
            ) : (
              'The scan reports no findings.'
            )}
          </p>
        )}
      </PageSection>
    </div>
  )
}
