/** What changed in a policy, by whom and why; the newest first. */
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'
import type { ShownPolicy } from './policy-view.ts'

export function PolicyVersions({ versions }: Pick<ShownPolicy, 'versions'>) {
  return (
    <PageSection title="Versions" lead="Nothing is overwritten: each change is a version, and in the ledger.">
      <ol>
        {versions.map(({ version, reason, recordedByName, recordedAt, changes }) => (
          <li key={version} className="border-hairline border-t py-3">
            <p>
              <span className="font-medium">Version {version}</span>, <Time at={recordedAt} show="moment" />,{' '}
              {recordedByName}
            </p>
            {reason ? <p className="wrap-anywhere max-w-measure text-ink-soft">{reason}</p> : null}
            {changes.length > 0 ? (
              <div className="mt-2">
                <DataTable
                  caption={`What version ${version} changed`}
                  rows={changes}
                  rowKey={({ term, before, after }) => `${term} ${before} ${after}`}
                  empty={null}
                  columns={[
                    {
                      id: 'term',
                      header: 'What',
                      isRowHeader: true,
                      cell: ({ term }) => <span className="wrap-anywhere">{term}</span>,
                    },
                    { id: 'before', header: 'Before', cell: ({ before }) => <Value text={before} /> },
                    { id: 'after', header: 'After', cell: ({ after }) => <Value text={after} /> },
                  ]}
                />
              </div>
            ) : version > 1 ? (
              <p className="text-caption text-ink-soft">The terms are the same as before.</p>
            ) : null}
          </li>
        ))}
      </ol>
    </PageSection>
  )
}

const Value = ({ text }: { text: string | null }) =>
  text === null ? (
    <span className="text-ink-faint">nothing</span>
  ) : (
    <span className="wrap-anywhere whitespace-pre-line">{text}</span>
  )
