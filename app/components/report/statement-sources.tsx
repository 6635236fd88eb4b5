/** Scans, facts and evidence of a statement, each with what a reader needs to find it again. */
import type { Reading } from '#app/report/pdf/account.ts'
import {
  VIEWPOINT_WORDS,
  wordDate,
  wordFact,
  wordFactValue,
  wordId,
  wordSize,
} from '#app/report/pdf/wording.ts'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { Said } from './statement-answers.tsx'

export function StatementSources({ reading: { statement, evidenceId } }: { reading: Reading }) {
  return (
    <PageSection
      title="Evidence and facts"
      lead="The files stay with those who prepared the report. Whoever is given one can compare its SHA-256 with the one here."
    >
      <div className="flex flex-col gap-8">
        <DataTable
          caption="Scans"
          showCaption
          rows={statement.scans}
          rowKey={({ revisionId }) => revisionId}
          empty={<p>No vulnerability scan was examined.</p>}
          columns={[
            {
              id: 'scan',
              header: 'Scan',
              isRowHeader: true,
              cell: ({ revisionId, tool, toolVersion }) =>
                [evidenceId(revisionId), tool, toolVersion].filter(Boolean).join(' '),
            },
            {
              id: 'day',
              header: 'Scanned on',
              cell: ({ scanDate }) => (scanDate ? wordDate(scanDate) : 'Not stated'),
            },
            { id: 'from', header: 'Seen', cell: ({ viewpoint }) => VIEWPOINT_WORDS[viewpoint] },
            { id: 'hosts', header: 'Hosts', align: 'end', cell: ({ assets }) => assets },
            {
              id: 'credentials',
              header: 'With credentials',
              align: 'end',
              cell: ({ credentialedAssets }) => credentialedAssets ?? 'Not stated',
            },
          ]}
        />
        <DataTable
          caption="Facts"
          showCaption
          rows={statement.facts.map((fact, index) => ({ ...fact, number: `F${index + 1}` }))}
          rowKey={({ id }) => id}
          empty={<p>No facts were read.</p>}
          columns={[
            {
              id: 'fact',
              header: 'Fact',
              isRowHeader: true,
              cell: ({ number, key }) => `${number} ${wordFact(key)}`,
            },
            { id: 'value', header: 'Value', cell: (fact) => <Said>{wordFactValue(fact)}</Said> },
            {
              id: 'scope',
              header: 'Holds for',
              cell: ({ scope }) => (
                <>
                  <Said>{scope.subject}</Said>, seen {VIEWPOINT_WORDS[scope.viewpoint]}
                </>
              ),
            },
            {
              id: 'source',
              header: 'Source',
              cell: ({ revisionId }) => evidenceId(revisionId) ?? 'Not listed',
            },
            { id: 'day', header: 'Observed', cell: ({ observedAt }) => wordDate(observedAt) },
          ]}
        />
        <DataTable
          caption="Evidence"
          showCaption
          rows={statement.evidence.map((item, index) => ({ ...item, number: `E${index + 1}` }))}
          rowKey={({ revisionId }) => revisionId}
          empty={<p>No evidence was attached.</p>}
          columns={[
            {
              id: 'title',
              header: 'Evidence',
              isRowHeader: true,
              cell: ({ number, title }) => (
                <>
                  {number} <Said>{title}</Said>
                </>
              ),
            },
            { id: 'kind', header: 'Kind', cell: ({ kind }) => wordId(kind) },
            {
              id: 'file',
              header: 'File',
              cell: ({ fileName, sizeBytes }) => (
                <>
                  <Said>{fileName}</Said>, {wordSize(sizeBytes)}
                </>
              ),
            },
            { id: 'observed', header: 'Observed', cell: ({ observedAt }) => wordDate(observedAt) },
            { id: 'collector', header: 'Collected by', cell: ({ collector }) => <Said>{collector}</Said> },
            {
              id: 'hash',
              header: 'SHA-256',
              cell: ({ sha256 }) => <code className="break-all font-mono text-micro">{sha256}</code>,
            },
          ]}
        />
      </div>
    </PageSection>
  )
}
