import { useState } from 'react'
import type { Strip } from '#app/readiness/timeline.ts'
import { Button } from '../button.tsx'
import { countOf } from '../counts.ts'
import { DataTable } from '../data-table.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { toneText } from '../tone.ts'
import { COVER_ORDER, coverLook } from './cover-look.ts'
import { CoverageStrip } from './coverage-strip.tsx'

interface Domain {
  id: string
  label: string
  controls: (Strip & { label: string })[]
}

interface CoverageTimelineProps {
  domains: Domain[]
  first: string
  last: string
}

/** Each control a strip from the first day to the last, or the same as a table. */
export function CoverageTimeline({ domains, first, last }: CoverageTimelineProps) {
  const [isTable, setIsTable] = useState(false)
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <ul className="flex flex-wrap gap-x-5 gap-y-1.5 text-caption" aria-label="What the strips show">
          {COVER_ORDER.map((state) => {
            const { icon: Icon, word, tone } = coverLook[state]
            return (
              <li key={state} className="flex items-center gap-1.5">
                <Icon aria-hidden size={15} className={toneText[tone]} /> {word}
              </li>
            )
          })}
        </ul>
        <div className="no-print">
          <Button size="small" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
            {isTable ? 'Show as strips' : 'Show as a table'}
          </Button>
        </div>
      </div>
      {isTable ? <TimelineTable domains={domains} /> : <Strips domains={domains} first={first} last={last} />}
    </>
  )
}

function Strips({ domains, first, last }: CoverageTimelineProps) {
  return (
    <div className="flex flex-col gap-7">
      {domains.map((domain) => (
        <section key={domain.id} aria-label={domain.label}>
          <h3 className="mb-2 font-medium text-ink-soft">{domain.label}</h3>
          <ul className="border-hairline border-t">
            {domain.controls.map((control) => (
              <li
                key={control.id}
                className="grid gap-x-5 gap-y-1.5 border-hairline border-b py-2.5 md:grid-cols-[16rem_1fr_9rem] md:items-center print:grid-cols-[13rem_1fr_8rem] print:items-center"
              >
                <span>{control.label}</span>
                <CoverageStrip label={control.label} segments={control.segments} />
                <Gaps days={control.days} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="flex justify-between text-caption text-ink-soft md:ms-[17.25rem] md:me-[10.25rem] print:ms-[14.25rem] print:me-[9.25rem]">
        <Time at={first} />
        <Time at={last} />
      </p>
    </div>
  )
}

const GAPS = [
  { state: 'contradicted', words: 'contradicted', look: 'text-bad' },
  { state: 'excepted', words: 'excepted', look: '' },
  { state: 'unproved', words: 'unproved', look: 'text-warn' },
  { state: 'unrecorded', words: 'without record', look: 'text-ink-soft' },
] as const

/** What a claims handler looks for first: the days on which the promise was not shown to be kept, the worst first. */
function Gaps({ days }: { days: Strip['days'] }) {
  const gaps = GAPS.filter(({ state }) => days[state] > 0)
  if (gaps.length > 0) {
    return (
      <span className="flex flex-wrap gap-x-3 text-caption md:flex-col print:flex-col">
        {gaps.map(({ state, words, look }) => (
          <span key={state} className={look}>
            {countOf(days[state], 'day')} {words}
          </span>
        ))}
      </span>
    )
  }
  if (days.proved > 0) return <span className="text-caption text-ok">No gap</span>
  return <span className="text-caption text-ink-faint">Not claimed</span>
}

function TimelineTable({ domains }: { domains: Domain[] }) {
  const rows = domains.flatMap(({ controls }) =>
    controls.flatMap(({ id, label, segments }) => segments.map((segment) => ({ id, label, ...segment }))),
  )
  return (
    <DataTable
      caption="Coverage of each control by days"
      rows={rows}
      rowKey={({ id, from }) => `${id} ${from}`}
      empty="Nothing is claimed yet."
      columns={[
        { id: 'control', header: 'Control', isRowHeader: true, cell: ({ label }) => label },
        { id: 'state', header: 'State', cell: ({ state }) => <StatusBadge {...coverLook[state]} /> },
        { id: 'from', header: 'From', cell: ({ from }) => <Time at={from} /> },
        { id: 'to', header: 'To', cell: ({ to }) => <Time at={to} /> },
        { id: 'days', header: 'Days', align: 'end', cell: ({ days }) => days },
      ]}
    />
  )
}
