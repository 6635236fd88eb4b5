import type { PackAccount } from '#app/report/review-pack/pack-account.ts'
import { formatCount } from '../counts.ts'
import { DataTable } from '../data-table.tsx'
import { Disclosure } from '../disclosure.tsx'
import { SeverityBadge, severityLook } from '../scan/severity.tsx'

type Findings = NonNullable<PackAccount['findings']>

const BARS = [
  { key: 'opened', word: 'Opened', look: 'fill-bad' },
  { key: 'fixed', word: 'Fixed', look: 'fill-ok' },
  { key: 'open', word: 'Open at the end', look: 'fill-warn' },
] as const

/** Of each severity how many came, went and were left. */
export function FindingPicture({ findings }: { findings: Findings }) {
  const most = Math.max(1, ...findings.flatMap(({ opened, fixed, open }) => [opened, fixed, open]))
  return (
    <>
      <ul className="border-hairline border-t">
        {findings.map((row) => (
          <li
            key={row.severity}
            className="grid gap-x-5 gap-y-1.5 border-hairline border-b py-2.5 md:grid-cols-[14rem_1fr] md:items-center print:grid-cols-[12rem_1fr]"
          >
            <SeverityBadge severity={row.severity} />
            <div className="flex flex-col gap-1">
              {BARS.map(({ key, word, look }) => (
                <div
                  key={key}
                  className="grid grid-cols-[7.5rem_1fr_3.5rem] items-center gap-x-2 text-caption"
                >
                  <span className="text-ink-soft">{word}</span>
                  <svg
                    role="img"
                    aria-label={`${severityLook[row.severity].word}, ${word.toLowerCase()}: ${row[key]}`}
                    width="100%"
                    height={10}
                  >
                    <rect width={`${(row[key] / most) * 100}%`} height="100%" className={look} />
                  </svg>
                  <span className="text-end">{formatCount(row[key])}</span>
                </div>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <div className="mt-4 no-print">
        <Disclosure title="The same as a table">
          <DataTable
            caption="Findings of the period by severity"
            rows={findings}
            rowKey={({ severity }) => severity}
            empty={null}
            columns={[
              {
                id: 'severity',
                header: 'Severity',
                isRowHeader: true,
                cell: ({ severity }) => severityLook[severity].word,
              },
              ...BARS.map(({ key, word }) => ({
                id: key,
                header: word,
                align: 'end' as const,
                cell: (row: Findings[number]) => formatCount(row[key]),
              })),
            ]}
          />
        </Disclosure>
      </div>
    </>
  )
}
