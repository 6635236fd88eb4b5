/** Scans, facts and evidence of a statement, each with what a reader needs to find it again. */
import type { Reading } from '#app/report/pdf/account.ts'
import { wordFact, wordFactValue, wordKind, wordSize } from '#app/report/pdf/wording.ts'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { InReportLanguage, Said } from './report-language.tsx'

export function StatementSources({ reading }: { reading: Reading }) {
  const { statement, words, evidenceId } = reading
  const { say, number, date } = words
  return (
    <InReportLanguage reading={reading}>
      <PageSection title={say('reading.sources')} lead={say('reading.sources-lead')}>
        <div className="flex flex-col gap-8">
          <DataTable
            caption={say('examined.scans')}
            showCaption
            rows={statement.scans}
            rowKey={({ revisionId }) => revisionId}
            empty={<p>{say('examined.no-scan')}</p>}
            columns={[
              {
                id: 'scan',
                header: say('scan.scan'),
                isRowHeader: true,
                cell: ({ revisionId, tool, toolVersion }) =>
                  [evidenceId(revisionId), tool, toolVersion].filter(Boolean).join(' '),
              },
              {
                id: 'day',
                header: say('scan.day'),
                cell: ({ scanDate }) => (scanDate ? date(scanDate) : say('not-stated')),
              },
              {
                id: 'from',
                header: say('scan.seen'),
                cell: ({ viewpoint }) => say(`viewpoint.${viewpoint}`),
              },
              { id: 'hosts', header: say('scan.hosts'), align: 'end', cell: ({ assets }) => number(assets) },
              {
                id: 'credentials',
                header: say('scan.credentials'),
                align: 'end',
                cell: ({ credentialedAssets }) =>
                  credentialedAssets === null ? say('not-stated') : number(credentialedAssets),
              },
            ]}
          />
          <DataTable
            caption={say('facts.title')}
            showCaption
            rows={statement.facts.map((fact, index) => ({ ...fact, number: `F${index + 1}` }))}
            rowKey={({ id }) => id}
            empty={<p>{say('facts.none')}</p>}
            columns={[
              {
                id: 'fact',
                header: say('facts.fact'),
                isRowHeader: true,
                cell: ({ number, key }) => `${number} ${wordFact(words, key)}`,
              },
              {
                id: 'value',
                header: say('facts.value'),
                cell: (fact) => <Said>{wordFactValue(words, fact)}</Said>,
              },
              {
                id: 'scope',
                header: say('facts.holds-for'),
                cell: ({ scope }) => (
                  <>
                    <Said>{scope.subject}</Said>
                    {say('reading.seen-from', { viewpoint: say(`viewpoint.${scope.viewpoint}`) })}
                  </>
                ),
              },
              {
                id: 'source',
                header: say('reading.source'),
                cell: ({ revisionId }) => evidenceId(revisionId) ?? say('not-listed'),
              },
              { id: 'day', header: say('facts.observed'), cell: ({ observedAt }) => date(observedAt) },
            ]}
          />
          <DataTable
            caption={say('evidence.title')}
            showCaption
            rows={statement.evidence.map((item, index) => ({ ...item, number: `E${index + 1}` }))}
            rowKey={({ revisionId }) => revisionId}
            empty={<p>{say('evidence.none')}</p>}
            columns={[
              {
                id: 'title',
                header: say('scan.evidence'),
                isRowHeader: true,
                cell: ({ number, title }) => (
                  <>
                    {number} <Said>{title}</Said>
                  </>
                ),
              },
              { id: 'kind', header: say('reading.kind'), cell: ({ kind }) => wordKind(words, kind) },
              {
                id: 'file',
                header: say('reading.file'),
                cell: ({ fileName, sizeBytes }) => (
                  <>
                    <Said>{fileName}</Said>, {wordSize(words, sizeBytes)}
                  </>
                ),
              },
              { id: 'observed', header: say('facts.observed'), cell: ({ observedAt }) => date(observedAt) },
              {
                id: 'collector',
                header: say('reading.collected-by'),
                cell: ({ collector }) => <Said>{collector}</Said>,
              },
              {
                id: 'hash',
                header: 'SHA-256',
                cell: ({ sha256 }) => <code className="break-all font-mono text-micro">{sha256}</code>,
              },
            ]}
          />
        </div>
      </PageSection>
    </InReportLanguage>
  )
}
