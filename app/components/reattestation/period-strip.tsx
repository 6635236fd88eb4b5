/** The periods of a signed application from its first day: attested, due or missed; the list beside it says the same. */
import { CircleCheck, CircleDashed, CircleX, FileCheck2, type LucideIcon } from 'lucide-react'
import type { AttestedPeriod } from '#app/readiness/reattestation-periods.ts'
import { formatDay, toDate } from '../dates.ts'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { type Tone, toneFill } from '../tone.ts'

const look: Record<AttestedPeriod['state'], { word: string; icon: LucideIcon; tone: Tone }> = {
  application: { word: 'Application signed', icon: FileCheck2, tone: 'ok' },
  attested: { word: 'Re-attested', icon: CircleCheck, tone: 'ok' },
  due: { word: 'Due', icon: CircleDashed, tone: 'warn' },
  missed: { word: 'Missed', icon: CircleX, tone: 'bad' },
}

const inWords = (day: string) => {
  const date = toDate(day)
  return date ? formatDay(date) : day
}

const sentenceOf = ({ state, first, last, attestedOn }: AttestedPeriod) =>
  `${inWords(first)} to ${inWords(last)}: ${look[state].word.toLowerCase()}${attestedOn ? ` on ${inWords(attestedOn)}` : ''}`

export function PeriodStrip({ periods, label }: { periods: readonly AttestedPeriod[]; label: string }) {
  const width = 100 / Math.max(1, periods.length)
  return (
    <svg
      role="img"
      aria-label={`${label}: ${periods.map(sentenceOf).join('; ')}`}
      width="100%"
      height={18}
      className="block rounded-small"
    >
      <rect width="100%" height="100%" className="fill-neutral-wash" />
      {periods.map((period, index) => (
        <g key={period.first}>
          <title>{sentenceOf(period)}</title>
          <rect
            x={`${index * width}%`}
            width={`${Math.max(0.5, width - 0.4)}%`}
            // A quarter that nobody signed is lower, so that it differs without its colour.
            y={period.state === 'missed' ? 12 : period.state === 'due' ? 7 : 0}
            height={period.state === 'missed' ? 6 : period.state === 'due' ? 11 : 18}
            className={toneFill[look[period.state].tone]}
          />
        </g>
      ))}
    </svg>
  )
}

export function PeriodList({ periods }: { periods: readonly AttestedPeriod[] }) {
  return (
    <ol className="mt-3 grid gap-x-6 gap-y-1.5 text-caption sm:grid-cols-2 min-[88rem]:grid-cols-3">
      {periods.map((period) => (
        <li key={period.first}>
          <StatusBadge {...look[period.state]} />
          <span className="block text-ink-soft">
            <Time at={period.first} /> to <Time at={period.last} />
            {period.attestedOn ? (
              <>
                , on <Time at={period.attestedOn} />
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  )
}
