/** Findings of one scan. Everything in it comes from a file: it is shown as text, never as markup. */
import { DataTable } from '../data-table.tsx'
import { Time } from '../time.tsx'
import { type Severity, SeverityBadge } from './severity.tsx'

export interface FindingItem {
  number: number
  assetKey: string
  checkId: string
  title: string
  severity: Severity
  port: number | null
  protocol: string | null
  service: string | null
  cves: string[]
  solution: string | null
  fixAvailableOn: string | null
  output: string | null
}

const SHOWN_CVES = 3

export function FindingTable({ findings }: { findings: FindingItem[] }) {
  return (
    <DataTable
      caption="Findings"
      rows={findings}
      rowKey={({ number }) => String(number)}
      empty={null}
      columns={[
        {
          id: 'finding',
          header: 'Finding',
          isRowHeader: true,
          cell: (finding) => <Titled finding={finding} />,
        },
        { id: 'severity', header: 'Severity', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
        {
          id: 'asset',
          header: 'Host',
          cell: (finding) => (
            <>
              <span className="wrap-anywhere">{finding.assetKey}</span>
              <span className="wrap-anywhere block text-caption text-ink-soft">{placeOf(finding)}</span>
            </>
          ),
        },
        { id: 'cves', header: 'CVEs', cell: ({ cves }) => <Cves cves={cves} /> },
        {
          id: 'fix',
          header: 'Fix since',
          cell: ({ fixAvailableOn }) =>
            fixAvailableOn ? (
              <Time at={fixAvailableOn} />
            ) : (
              <span className="text-ink-faint">not stated</span>
            ),
        },
      ]}
    />
  )
}

function Titled({ finding }: { finding: FindingItem }) {
  return (
    <>
      <span className="wrap-anywhere">{finding.title}</span>
      <span className="block font-normal text-caption text-ink-faint">Check {finding.checkId}</span>
      {finding.solution || finding.output ? (
        <details className="mt-1 font-normal">
          <summary className="py-1 text-caption text-ink-soft">
            What to do and what was seen<span className="sr-only">, {finding.title}</span>
          </summary>
          {finding.solution ? <Excerpt label="Solution" text={finding.solution} /> : null}
          {finding.output ? <Excerpt label="Output of the scanner" text={finding.output} isMono /> : null}
        </details>
      ) : null}
    </>
  )
}

function Excerpt({ label, text, isMono = false }: { label: string; text: string; isMono?: boolean }) {
  return (
    <div className="mt-2">
      <p className="text-caption text-ink-soft">{label}</p>
      <p
        className={`max-h-80 max-w-measure overflow-y-auto whitespace-pre-wrap wrap-anywhere ${isMono ? 'font-mono text-micro' : 'text-caption'}`}
      >
        {text}
      </p>
    </div>
  )
}

/** Port 0 is the host itself. */
function placeOf({ port, protocol, service }: FindingItem): string {
  if (port === null || port === 0) return 'the host itself'
  return `${port}${protocol ? `/${protocol}` : ''}${service ? ` ${service}` : ''}`
}

function Cves({ cves }: { cves: string[] }) {
  if (cves.length === 0) return <span className="text-ink-faint">none</span>
  const more = cves.length - SHOWN_CVES
  return (
    <span className="text-caption">
      {cves.slice(0, SHOWN_CVES).map((cve) => (
        <span key={cve} className="block whitespace-nowrap">
          {cve}
        </span>
      ))}
      {more > 0 ? <span className="text-ink-soft">and {more} more</span> : null}
    </span>
  )
}
