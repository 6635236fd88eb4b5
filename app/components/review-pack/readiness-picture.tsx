import { useId } from 'react'
import { COVERS, type Covers, type PackAccount } from '#app/report/review-pack/pack-account.ts'
import { DataTable } from '../data-table.tsx'
import { Disclosure } from '../disclosure.tsx'
import { coverLook } from '../history/cover-look.ts'
import { toneFill, toneText } from '../tone.ts'

type Domain = PackAccount['domains'][number]

const sum = (covers: Covers) => COVERS.reduce((total, state) => total + covers[state], 0)

/** Each domain as two bars, one above the other: before the period and at its end. */
export function ReadinessPicture({ domains }: { domains: readonly Domain[] }) {
  const most = Math.max(...domains.map(({ now }) => sum(now)))
  return (
    <>
      <ul className="mb-4 flex flex-wrap gap-x-5 gap-y-1.5 text-caption" aria-label="What the bars show">
        {COVERS.map((state) => {
          const { icon: Icon, word, tone } = coverLook[state]
          return (
            <li key={state} className="flex items-center gap-1.5">
              <Icon aria-hidden size={15} className={toneText[tone]} /> {word}
            </li>
          )
        })}
      </ul>
      <ul className="border-hairline border-t">
        {domains.map(({ title, before, now }) => (
          <li
            key={title}
            className="grid gap-x-5 gap-y-1.5 border-hairline border-b py-2.5 md:grid-cols-[14rem_1fr] md:items-center print:grid-cols-[12rem_1fr] print:items-center"
          >
            <span className="font-medium wrap-anywhere">{title}</span>
            <div className="flex flex-col gap-1.5">
              <Bar title={title} when="Then" covers={before} most={most} />
              <Bar title={title} when="Now" covers={now} most={most} />
            </div>
          </li>
        ))}
      </ul>
      <div className="mt-4 no-print">
        <Disclosure title="The same as a table">
          <DomainTable domains={domains} />
        </Disclosure>
      </div>
      {/* On paper nothing can be opened. */}
      <div className="mt-4 hidden print:block">
        <DomainTable domains={domains} />
      </div>
    </>
  )
}

function DomainTable({ domains }: { domains: readonly Domain[] }) {
  return (
    <DataTable
      caption="Controls of each domain, before the period and at its end"
      rows={domains.flatMap((domain) => [
        { ...domain, when: 'Then', covers: domain.before },
        { ...domain, when: 'Now', covers: domain.now },
      ])}
      rowKey={({ title, when }) => `${title} ${when}`}
      narrow="scroll"
      empty={null}
      columns={[
        {
          id: 'domain',
          header: 'Domain',
          isRowHeader: true,
          cell: ({ title }) => <span className="wrap-anywhere">{title}</span>,
        },
        { id: 'when', header: 'When', cell: ({ when }) => when },
        ...COVERS.map((state) => ({
          id: state,
          header: coverLook[state].word,
          align: 'end' as const,
          cell: ({ covers }: { covers: Covers }) => covers[state],
        })),
      ]}
    />
  )
}

function Bar(props: { title: string; when: string; covers: Covers; most: number }) {
  const { title, when, covers, most } = props
  const hatch = `hatch-${useId().replaceAll(':', '')}`
  const present = COVERS.filter((state) => covers[state] > 0)
  const said = present.map((state) => `${covers[state]} ${coverLook[state].word.toLowerCase()}`).join(', ')
  let start = 0
  return (
    <div className="grid grid-cols-[3rem_1fr_7rem] items-center gap-x-2 text-caption">
      <span className="text-ink-soft">{when}</span>
      <svg role="img" aria-label={`${title}, ${when.toLowerCase()}: ${said}`} width="100%" height={14}>
        <defs>
          <pattern
            id={hatch}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="2.5" height="6" className="fill-paper" />
          </pattern>
        </defs>
        {present.map((state) => {
          const { tone, pattern, word } = coverLook[state]
          const x = start
          const width = (covers[state] / most) * 100
          start += width
          return (
            <g key={state}>
              <title>{`${covers[state]} ${word.toLowerCase()}`}</title>
              <rect
                x={`${x}%`}
                width={`${width}%`}
                height="100%"
                className={pattern === 'none' ? 'fill-neutral-wash' : toneFill[tone]}
              />
              {pattern === 'hatched' ? (
                <rect x={`${x}%`} width={`${width}%`} height="100%" fill={`url(#${hatch})`} opacity="0.6" />
              ) : null}
            </g>
          )
        })}
      </svg>
      <span className="text-end">
        {covers.proved} of {sum(covers)} proved
      </span>
    </div>
  )
}
