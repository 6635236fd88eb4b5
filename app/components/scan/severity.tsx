/** Severities of findings: their words and marks, and how many there are of each. */
import { Circle, CircleAlert, CircleDashed, CircleDot, Info, OctagonAlert } from 'lucide-react'
import { SEVERITIES_BY_RANK, type Severity, type SeverityCounts } from '#evidence/severity.ts'
import { countOf, formatCount } from '../counts.ts'
import { CoverageBar } from '../coverage-bar.tsx'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { toneText } from '../tone.ts'

export type { Severity, SeverityCounts }
/** Worst first. */
export const SEVERITIES = SEVERITIES_BY_RANK

export const severityLook: Record<Severity, StatusLook> = {
  critical: { word: 'Critical', icon: OctagonAlert, tone: 'bad' },
  high: { word: 'High', icon: CircleAlert, tone: 'bad' },
  medium: { word: 'Medium', icon: CircleDot, tone: 'warn' },
  unknown: { word: 'Not rated', icon: CircleDashed, tone: 'warn' },
  low: { word: 'Low', icon: Circle, tone: 'info' },
  info: { word: 'Info', icon: Info, tone: 'neutral' },
}

/** Told apart from its neighbour where both are bars. */
const hatched: readonly Severity[] = ['high', 'unknown', 'low']

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <StatusBadge {...severityLook[severity]} />
}

/** Scans read before severities could be missing have no count of those. */
const countIn = (counts: Partial<SeverityCounts>, severity: Severity) => counts[severity] ?? 0

export const countAll = (counts: Partial<SeverityCounts>) =>
  SEVERITIES.reduce((sum, severity) => sum + countIn(counts, severity), 0)

/** The counts that are not zero, in words, on as little room as possible. */
export function SeverityCountList({ counts }: { counts: Partial<SeverityCounts> | null }) {
  if (!counts) return <span className="text-ink-faint">not known</span>
  const present = SEVERITIES.filter((severity) => countIn(counts, severity) > 0)
  if (present.length === 0) return <>none</>
  return (
    <ul className="flex flex-wrap gap-x-3 text-caption">
      {present.map((severity) => (
        <li key={severity} className="whitespace-nowrap">
          <span className={`font-semibold ${toneText[severityLook[severity].tone]}`}>
            {formatCount(countIn(counts, severity))}
          </span>{' '}
          {severityLook[severity].word.toLowerCase()}
        </li>
      ))}
    </ul>
  )
}

export function SeverityBar({ counts }: { counts: Partial<SeverityCounts> }) {
  return (
    <CoverageBar
      label={countOf(countAll(counts), 'finding')}
      segments={SEVERITIES.map((severity) => ({
        key: severity,
        count: countIn(counts, severity),
        hatched: hatched.includes(severity),
        ...severityLook[severity],
      }))}
    />
  )
}
