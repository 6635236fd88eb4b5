/** Counts as one bar with its key: a shape, a tone and a written number on every part, never colour alone. */
import { Text, View } from '@react-pdf/renderer'
import { Fragment } from 'react'
import { COLOUR, style } from './look.ts'
import { Mark, type Shape } from './status-mark.tsx'

export interface BarPart {
  label: string
  count: number
  shape: Shape
}

const TONES = {
  tick: { backgroundColor: COLOUR.accent, color: COLOUR.paper },
  'tick-note': { backgroundColor: COLOUR.wash, color: COLOUR.ink },
  half: { backgroundColor: COLOUR.half, color: COLOUR.ink },
  cross: { backgroundColor: COLOUR.ink, color: COLOUR.paper },
  question: { backgroundColor: COLOUR.paper, color: COLOUR.ink },
  empty: { backgroundColor: COLOUR.paper, color: COLOUR.ink },
  clock: { backgroundColor: COLOUR.paper, color: COLOUR.ink },
  dash: { backgroundColor: COLOUR.hairline, color: COLOUR.ink },
} as const satisfies Record<Shape, { backgroundColor: string; color: string }>

const EDGE = `0.75 solid ${COLOUR.ink}`
const PART = { justifyContent: 'center', alignItems: 'center' } as const
// A line of its own: react-pdf paints a part's ground over its neighbour's border.
const Divider = () => <View style={{ width: 1, flexShrink: 0, backgroundColor: COLOUR.ink }} />

/** @param least points that a part has at least: one of three hundred still holds its shape and number */
export function Parts(props: { parts: readonly BarPart[]; height: number; least: number; size: number }) {
  const { parts, height, least, size } = props
  return (
    <View style={[style.row, { height, borderTop: EDGE, borderBottom: EDGE }]}>
      {parts.map(({ label, count, shape }) => (
        <Fragment key={label}>
          <Divider />
          <View
            style={[
              style.row,
              PART,
              { flexBasis: least, flexGrow: count, backgroundColor: TONES[shape].backgroundColor },
            ]}
          >
            <Mark shape={shape} />
            <Text style={[style.strong, { fontSize: size, color: TONES[shape].color, lineHeight: 1.2 }]}>
              {count}
            </Text>
          </View>
        </Fragment>
      ))}
      <Divider />
    </View>
  )
}

export function OutcomeBar({ title, parts }: { title: string; parts: readonly BarPart[] }) {
  const present = parts.filter(({ count }) => count > 0)
  return (
    <View wrap={false} style={{ marginBottom: 20 }}>
      <Text style={[style.strong, { fontSize: 10, marginBottom: 6 }]}>{title}</Text>
      <Parts parts={present} height={24} least={34} size={9.5} />
      <View style={[style.row, { flexWrap: 'wrap', marginTop: 8 }]}>
        {parts.map(({ label, count, shape }) => (
          <View key={label} style={[style.row, { width: '33.3%', marginBottom: 4, paddingRight: 8 }]}>
            <Mark shape={shape} />
            <Text style={{ flex: 1, fontSize: 8.5, lineHeight: 1.35 }}>
              <Text style={style.strong}>{count}</Text> {label}
            </Text>
          </View>
        ))}
      </View>
    </View>
  )
}
