/** Severities of findings: their words and marks, and how many there are of each. */
import { Circle, CircleAlert, CircleDot, Info, OctagonAlert } from 'lucide-react'
import { countOf, formatCount } from '../counts.ts'
import { CoverageBar } from '../coverage-bar.tsx'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { toneText } from '../tone.ts'

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]
export type SeverityCounts = Record<Severity, number>

export const severityLook: Record<Severity, StatusLook> = {
  critical: { word: 'Critical', icon: OctagonAlert, tone: 'bad' },
  high: { word: 'High', icon: CircleAlert, tone: 'bad' },
  medium: { word: 'Medium', icon: CircleDot, tone: 'warn' },
  low: { word: 'Low', icon: Circle, tone: 'info' },
  info: { word: 'Info', icon: Info, tone: 'neutral' },
}

/** Told apart from critical where both are bars. */
const hatched: readonly Severity[] = ['high', 'low']

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <StatusBadge {...severityLook[severity]} />
}

export const countAll = (counts: SeverityCounts) =>
  SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0)

/** The counts that are not zero, in words, on as little room as possible. */
export function SeverityCountList({ counts }: { counts: SeverityCounts | null }) {
  if (!counts) return <span className="text-ink-faint">not known</span>
  const present = SEVERITIES.filter((severity) => counts[severity] > 0)
  if (present.length === 0) return <>none</>
  return (
    <ul className="flex flex-wrap gap-x-3 text-caption">
      {present.map((severity) => (
        <li key={severity} className="whitespace-nowrap">
          <span className={`font-semibold ${toneText[severityLook[severity].tone]}`}>
            {formatCount(counts[severity])}
          </span>{' '}
          {severityLook[severity].word.toLowerCase()}
        </li>
      ))}
    </ul>
  )
}

export function SeverityBar({ counts }: { counts: SeverityCounts }) {
  return (
    <CoverageBar
      label={countOf(countAll(counts), 'finding')}
      segments={SEVERITIES.map((severity) => ({
        key: severity,
        count: counts[severity],
        hatched: hatched.includes(severity),
        ...severityLook[severity],
      }))}
    />
  )
}
