/** The register of a client page by page, with what can be done about the findings that are chosen. */
import { useCallback, useState } from 'react'
import { Button, ButtonLink } from '../button.tsx'
import { countOf, formatCount } from '../counts.ts'
import { DownloadLink } from '../download-link.tsx'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'
import { queryOf } from './addresses.ts'
import { JudgeDialog } from './judge-dialog.tsx'
import { type RegisterChoice, RegisterFilter } from './register-filter.tsx'
import { type RegisterItem, RegisterTable } from './register-table.tsx'

interface RegisterSectionProps {
  clientId: string
  choice: RegisterChoice
  rows: RegisterItem[]
  /** Counted up to `mostCounted`. */
  total: number
  mostCounted: number
  from: number
  next: string | null
  tools: string[]
  assetName: string | null
}

export function RegisterSection(page: RegisterSectionProps) {
  const { clientId, choice, rows, total, mostCounted, from, next } = page
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const here = `/clients/${clientId}/findings`
  // What left the page with another filter is no longer meant.
  const ids = rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const onDone = useCallback(() => setChosen(new Set()), [])
  const onChoose = (id: string, isChosen: boolean) =>
    setChosen((before) => {
      const after = new Set(before)
      if (isChosen) after.add(id)
      else after.delete(id)
      return after
    })
  return (
    <div id="findings">
      <PageSection
        title="All findings"
        actions={<DownloadLink href={`${here}/export${queryOf(choice)}`}>Export as CSV</DownloadLink>}
      >
        <RegisterFilter choice={choice} tools={page.tools} assetName={page.assetName} clearHref={here} />
        <p role="status" className="mb-2 text-caption text-ink-soft">
          {total > mostCounted ? `More than ${formatCount(mostCounted)} findings` : countOf(total, 'finding')}
          {rows.length > 0 && total > rows.length
            ? `; these are number ${formatCount(from + 1)} to ${formatCount(from + rows.length)}`
            : ''}
        </p>
        {rows.length > 0 ? (
          <>
            <div className="mb-3 flex flex-wrap items-center gap-3 no-print">
              <Button
                size="small"
                onClick={() => setChosen(new Set(ids.length === rows.length ? [] : rows.map(({ id }) => id)))}
              >
                {ids.length === rows.length ? 'Choose none' : 'Choose all of this page'}
              </Button>
              <JudgeDialog ids={ids} onDone={onDone} />
              <span role="status" className="text-caption text-ink-soft">
                {formatCount(ids.length)} chosen
              </span>
            </div>
            <RegisterTable findings={rows} clientId={clientId} chosen={chosen} onChoose={onChoose} />
            <nav aria-label="Pages of findings" className="mt-4 flex flex-wrap gap-2">
              {from > 0 ? (
                <ButtonLink size="small" to={`${here}${queryOf(choice)}#findings`}>
                  First page
                </ButtonLink>
              ) : null}
              {next ? (
                <ButtonLink
                  size="small"
                  rel="next"
                  to={`${here}${queryOf(choice, { after: next, from: String(from + rows.length) })}#findings`}
                >
                  Next
                </ButtonLink>
              ) : null}
            </nav>
          </>
        ) : (
          <p className="border-hairline border-t py-6 text-ink-soft">
            {from > 0 ? (
              <>
                There is nothing behind the last page.{' '}
                <TextLink to={`${here}${queryOf(choice)}`}>Go to the first</TextLink>.
              </>
            ) : (
              'No finding is like this. Search for less, or clear the search.'
            )}
          </p>
        )}
      </PageSection>
    </div>
  )
}
