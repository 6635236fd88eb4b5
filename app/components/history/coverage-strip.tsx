import { useId } from 'react'
import type { Segment } from '#app/readiness/timeline.ts'
import { countOf } from '../counts.ts'
import { formatDay, toDate } from '../dates.ts'
import { toneFill } from '../tone.ts'
import { coverLook } from './cover-look.ts'

const dayInWords = (day: string) => {
  const date = toDate(day)
  return date ? formatDay(date) : day
}

/** One segment in words, for the strip's name and for its tooltip. */
export const segmentInWords = ({ state, from, to, days }: Segment) =>
  `${coverLook[state].word} ${from === to ? dayInWords(from) : `${dayInWords(from)} to ${dayInWords(to)}`} (${countOf(days, 'day')})`

/** A control's days from left to right; the table beside it says the same in words. */
export function CoverageStrip({ label, segments }: { label: string; segments: readonly Segment[] }) {
  const hatch = `hatch-${useId().replaceAll(':', '')}`
  const total = segments.reduce((sum, { days }) => sum + days, 0)
  let start = 0
  const placed = segments.map((segment) => {
    const from = start
    start += (segment.days / total) * 100
    return { segment, x: from, width: (segment.days / total) * 100 }
  })
  return (
    <svg
      role="img"
      aria-label={`${label}: ${segments.map(segmentInWords).join(', ')}`}
      width="100%"
      height={18}
      className="block rounded-small"
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2.5" height="6" className="fill-paper" />
        </pattern>
      </defs>
      <rect width="100%" height="100%" className="fill-neutral-wash" />
      {placed.map(({ segment, x, width }) => {
        const { tone, pattern } = coverLook[segment.state]
        if (pattern === 'none') return null
        return (
          <g key={segment.from}>
            <title>{segmentInWords(segment)}</title>
            <rect x={`${x}%`} width={`${width}%`} height="100%" className={toneFill[tone]} />
            {pattern === 'hatched' ? (
              <rect x={`${x}%`} width={`${width}%`} height="100%" fill={`url(#${hatch})`} opacity="0.6" />
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}
