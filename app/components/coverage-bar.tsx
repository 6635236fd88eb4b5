import { useId } from 'react'
import type { AnswerStatus, ControlStatus } from '#app/readiness/status.ts'
import { classNames } from './class-names.ts'
import { answerStatusLook, controlStatusLook, type StatusLook } from './status-badge.tsx'
import { toneFill, toneText } from './tone.ts'

export interface CoverageSegment extends StatusLook {
  key: string
  count: number
  /** Hatched segments read apart in black and white print. */
  hatched?: boolean
}

const order = {
  control: ['met', 'partly', 'unmet', 'unknown', 'not-applicable'] satisfies ControlStatus[],
  answer: ['supported', 'stale', 'contradicted', 'unsupported', 'not-claimed'] satisfies AnswerStatus[],
}
const hatchedStatuses = new Set(['partly', 'stale', 'unknown', 'unsupported'])

export function controlCoverage(counts: Partial<Record<ControlStatus, number>>): CoverageSegment[] {
  return order.control.map((key) => ({
    key,
    count: counts[key] ?? 0,
    hatched: hatchedStatuses.has(key),
    ...controlStatusLook[key],
  }))
}

export function answerCoverage(counts: Partial<Record<AnswerStatus, number>>): CoverageSegment[] {
  return order.answer.map((key) => ({
    key,
    count: counts[key] ?? 0,
    hatched: hatchedStatuses.has(key),
    ...answerStatusLook[key],
  }))
}

interface CoverageBarProps {
  /** What the whole is: "24 controls". */
  label: string
  segments: CoverageSegment[]
  /** Without a legend the counts remain in the bar's name (table rows). */
  legend?: boolean
}

export function CoverageBar({ label, segments, legend = true }: CoverageBarProps) {
  const hatch = `hatch-${useId().replaceAll(':', '')}`
  const shown = segments.filter((segment) => segment.count > 0)
  const total = shown.reduce((sum, segment) => sum + segment.count, 0)
  const words = shown.map((segment) => `${segment.count} ${segment.word.toLowerCase()}`).join(', ')

  let start = 0
  const placed = shown.map((segment) => {
    const width = (segment.count / total) * 100
    const segmentStart = start
    start += width
    return { ...segment, start: segmentStart, width }
  })

  return (
    <figure>
      <svg
        role="img"
        aria-label={`${label}: ${words || 'nothing yet'}`}
        width="100%"
        height={legend ? 14 : 10}
        className="block rounded-small"
      >
        <title>{`${label}: ${words || 'nothing yet'}`}</title>
        <defs>
          <pattern
            id={hatch}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="2.25" height="6" className="fill-paper" />
          </pattern>
        </defs>
        <rect width="100%" height="100%" className="fill-neutral-wash" />
        {placed.map((segment) => (
          <g key={segment.key}>
            <rect
              x={`${segment.start}%`}
              width={`${segment.width}%`}
              height="100%"
              className={toneFill[segment.tone]}
            />
            {segment.hatched ? (
              <rect
                x={`${segment.start}%`}
                width={`${segment.width}%`}
                height="100%"
                fill={`url(#${hatch})`}
                opacity="0.55"
              />
            ) : null}
            {segment.start > 0 ? (
              <rect x={`${segment.start}%`} width="2" height="100%" className="fill-paper" />
            ) : null}
          </g>
        ))}
      </svg>
      {legend ? (
        <figcaption>
          <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-caption">
            {segments.map((segment) => (
              <li
                key={segment.key}
                className={classNames('flex items-center gap-1.5', segment.count === 0 && 'text-ink-faint')}
              >
                <segment.icon
                  aria-hidden
                  size={15}
                  className={segment.count === 0 ? undefined : toneText[segment.tone]}
                />
                <span className="font-medium">{segment.count}</span> {segment.word.toLowerCase()}
              </li>
            ))}
          </ul>
        </figcaption>
      ) : null}
    </figure>
  )
}
