/** What a check of ports and certificates saw: each service that answers, worst first. */
import type { ExposureReading, ServiceEntry } from '#evidence/checks/exposure-reading.ts'
import { countOf } from '../counts.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { Time } from '../time.tsx'
import { RepeatCommands } from './repeat-commands.tsx'
import { VerdictBadge } from './verdict-badge.tsx'

interface ExposureResultProps {
  at: Date
  by: string
  subjects: string[]
  evidenceId: string | null
  isWithdrawn: boolean
  reading: ExposureReading
}

export function ExposureResult({ at, by, subjects, evidenceId, isWithdrawn, reading }: ExposureResultProps) {
  const { services, addresses, silentAddresses, refused, portsAsked } = reading
  const many = addresses === 1 ? '1 address' : `${addresses} addresses`
  return (
    <div className="mt-4 flex flex-col gap-3">
      <p className="text-caption text-ink-soft">
        Looked at {subjects.join(', ')} on <Time at={at} show="moment" /> for {by}: {many}, ports{' '}
        {portsAsked.join(', ')}.{' '}
        {evidenceId ? (
          <TextLink to={`/evidence/${evidenceId}`}>
            Evidence<span className="sr-only"> of {subjects.join(', ')}</span>
          </TextLink>
        ) : null}
      </p>
      {isWithdrawn ? (
        <Notice kind="info">
          The evidence of this check is withdrawn: nothing that it says counts any more.
        </Notice>
      ) : null}
      {refused.length > 0 ? (
        <Notice kind="warning" title="Not everything could be asked">
          <ul className="list-disc space-y-1 ps-5">
            {refused.map(({ target, reason }) => (
              <li key={target} className="wrap-anywhere">
                {reason}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {silentAddresses.length > 0 ? (
        <p className="text-caption text-ink-soft">
          {countOf(silentAddresses.length, 'machine')} answered nothing at all: filtered, switched off, or out
          of reach from here.
        </p>
      ) : null}
      <DataTable
        caption={`Services that answer at ${subjects.join(', ')}`}
        rows={services}
        rowKey={(row) => `${row.target} ${row.address} ${row.port}`}
        empty={<p className="text-ink-soft">None of the ports that insurers ask about answers.</p>}
        columns={[
          {
            id: 'service',
            header: 'Service',
            isRowHeader: true,
            cell: (row) => (
              <>
                <span className="block">
                  {row.label} ({row.port})
                </span>
                <VerdictBadge verdict={row.verdict} />
              </>
            ),
          },
          {
            id: 'where',
            header: 'Where',
            cell: (row) => (
              <span className="wrap-anywhere">
                {row.target === row.address ? row.address : `${row.target} (${row.address})`}
              </span>
            ),
          },
          { id: 'means', header: 'What it means', cell: (row) => <ServiceMeaning row={row} /> },
        ]}
      />
    </div>
  )
}

function ServiceMeaning({ row }: { row: ServiceEntry }) {
  return (
    <>
      <span className="block">{row.means}</span>
      {row.tls?.lines.map((line) => (
        <span key={line} className="wrap-anywhere block text-caption text-ink-soft">
          {line}
        </span>
      ))}
      <RepeatCommands commands={row.commands} about={`port ${row.port} of ${row.target}`} />
    </>
  )
}
