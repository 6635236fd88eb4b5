/** What the record shows of each control day by day, as strips that differ in form and not in colour alone. */
import { Line, Path, Rect, Svg, Text, View } from '@react-pdf/renderer'
import { Fragment } from 'react'
import type { Words } from '../language/words.ts'
import type { Coverage } from '../statement-parts.ts'
import type { Account } from './account.ts'
import { daysOf, gapsOf, leadOfCoverage, STATES } from './coverage-words.ts'
import { COLOUR, reading, style } from './look.ts'
import { Chapter, Subheading } from './page-frame.tsx'

type Segment = Coverage['controls'][number]['segments'][number]
type State = Segment['state']

const LABEL = 150
const STRIP = 250
const HEIGHT = 11

export function CoverageStrips({
  account,
  number,
  coverage,
}: {
  account: Account
  number: string
  coverage: Coverage
}) {
  const { words } = account
  const { first, last } = coverage
  const byControl = new Map(coverage.controls.map(({ controlId, segments }) => [controlId, segments]))
  const total = daysOf(coverage)
  return (
    <Chapter
      account={account}
      number={number}
      title={words.say('coverage.title')}
      lead={leadOfCoverage(words, coverage)}
    >
      <Key words={words} />
      {account.domains.map(({ title, controls }) => {
        const shown = controls.filter(({ id }) => byControl.has(id))
        return shown.length === 0 ? null : (
          <Fragment key={title}>
            <Subheading>{title}</Subheading>
            <Axis first={words.date(first)} last={words.date(last)} />
            {shown.map(({ id, label }) => (
              <Strip key={id} words={words} label={label} segments={byControl.get(id) ?? []} total={total} />
            ))}
          </Fragment>
        )
      })}
    </Chapter>
  )
}

function Key({ words }: { words: Words }) {
  return (
    <View wrap={false} style={[style.row, { flexWrap: 'wrap' }]}>
      {STATES.map((state) => (
        <View key={state} style={[style.row, { width: '50%', marginBottom: 4, alignItems: 'center' }]}>
          <Svg width={22} height={HEIGHT} style={{ marginRight: 6 }}>
            <Piece state={state} x={0} width={22} />
          </Svg>
          <Text style={{ fontSize: 8, lineHeight: 1.3, flex: 1 }}>{words.say(`state.${state}`)}</Text>
        </View>
      ))}
    </View>
  )
}

function Axis({ first, last }: { first: string; last: string }) {
  return (
    <View wrap={false} minPresenceAhead={20} style={[style.row, { marginBottom: 3 }]}>
      <View style={{ width: LABEL }} />
      <View style={[style.row, { width: STRIP, justifyContent: 'space-between' }]}>
        <Text style={style.label}>{first}</Text>
        <Text style={style.label}>{last}</Text>
      </View>
    </View>
  )
}

function Strip(props: { words: Words; label: string; segments: readonly Segment[]; total: number }) {
  const { words, label, segments, total } = props
  let day = 0
  const placed = segments.map((segment) => {
    const x = (STRIP * day) / total
    day += segment.days
    return { ...segment, x, width: (STRIP * segment.days) / total }
  })
  return (
    <View
      wrap={label.length > 300}
      style={[
        style.row,
        { alignItems: 'center', borderTop: `0.5 solid ${COLOUR.hairline}`, paddingVertical: 4 },
      ]}
    >
      <Text style={[{ width: LABEL, paddingRight: 10, fontSize: 8.5, lineHeight: 1.3 }, reading(label)]}>
        {label}
      </Text>
      <Svg width={STRIP} height={HEIGHT}>
        {placed.map(({ state, x, width }) => (
          <Piece key={x} state={state} x={x} width={width} />
        ))}
      </Svg>
      <Text style={[style.small, { flex: 1, paddingLeft: 10 }]}>{gapsOf(words, segments)}</Text>
    </View>
  )
}

/** Full and solid, full and black with a white line, hatched, half as high and hollow, a line, dots. */
function Piece({ state, x, width }: { state: State; x: number; width: number }) {
  switch (state) {
    case 'proved':
      return <Rect x={x} y={0} width={width} height={HEIGHT} fill={COLOUR.accent} />
    case 'contradicted':
      return (
        <>
          <Rect x={x} y={0} width={width} height={HEIGHT} fill={COLOUR.ink} />
          <Line x1={x} y1={HEIGHT / 2} x2={x + width} y2={HEIGHT / 2} stroke={COLOUR.paper} strokeWidth={1} />
        </>
      )
    case 'excepted':
      return (
        <>
          <Rect x={x} y={0} width={width} height={HEIGHT} fill={COLOUR.half} />
          <Path d={hatch(x, width)} stroke={COLOUR.ink} strokeWidth={0.6} />
        </>
      )
    case 'unproved':
      return (
        <Rect
          x={x + 0.35}
          y={HEIGHT / 4}
          width={Math.max(0.1, width - 0.7)}
          height={HEIGHT / 2}
          fill={COLOUR.paper}
          stroke={COLOUR.ink}
          strokeWidth={0.7}
        />
      )
    case 'not-claimed':
      return (
        <Line x1={x} y1={HEIGHT / 2} x2={x + width} y2={HEIGHT / 2} stroke={COLOUR.faint} strokeWidth={1} />
      )
    case 'unrecorded':
      return (
        <Line
          x1={x}
          y1={HEIGHT / 2}
          x2={x + width}
          y2={HEIGHT / 2}
          stroke={COLOUR.faint}
          strokeWidth={1}
          strokeDasharray="1 3"
        />
      )
  }
}

/** Slanted lines four points apart, none past either end. */
function hatch(x: number, width: number): string {
  const round = (value: number) => Math.round(value * 100) / 100
  const lines: string[] = []
  for (let at = 0; at < width; at += 4) {
    const run = Math.min(HEIGHT, width - at)
    lines.push(`M${round(x + at)} ${HEIGHT} L${round(x + at + run)} ${round(HEIGHT - run)}`)
  }
  return lines.join(' ')
}
