/** Statuses as shapes: each differs in form, so that neither a black-and-white copy nor colour blindness loses it. */
import { Path, Rect, Svg, Text, View } from '@react-pdf/renderer'
import { COLOUR, style } from './look.ts'
import type { ControlStatus, Standing } from './wording.ts'

export type Shape = 'tick' | 'half' | 'cross' | 'question' | 'dash' | 'empty' | 'clock' | 'tick-note'

export const CONTROL_SHAPES = {
  met: 'tick',
  partly: 'half',
  unmet: 'cross',
  unknown: 'question',
  'not-applicable': 'dash',
} as const satisfies Record<ControlStatus, Shape>

export const STANDING_SHAPES = {
  supported: 'tick',
  weakened: 'tick-note',
  unsupported: 'empty',
  stale: 'clock',
  contradicted: 'cross',
  gap: 'question',
  'not-claimed': 'dash',
} as const satisfies Record<Standing, Shape>

const outline = { stroke: COLOUR.ink, strokeWidth: 1, fill: 'none' } as const
const inside = { ...outline, strokeWidth: 1.2 } as const

function Inside({ shape }: { shape: Shape }) {
  switch (shape) {
    case 'tick':
    case 'tick-note':
      return (
        <>
          <Rect
            x={0.5}
            y={0.5}
            width={9}
            height={9}
            fill={shape === 'tick' ? COLOUR.accent : COLOUR.paper}
            stroke={COLOUR.accent}
            strokeWidth={1}
          />
          <Path
            d="M2.4 5.2 4.3 7.1 7.7 3"
            stroke={shape === 'tick' ? COLOUR.paper : COLOUR.accent}
            strokeWidth={1.3}
            fill="none"
          />
        </>
      )
    case 'half':
      return (
        <>
          <Rect x={0.5} y={0.5} width={9} height={9} {...outline} stroke={COLOUR.accent} />
          <Path d="M0.5 9.5 9.5 0.5 9.5 9.5Z" fill={COLOUR.accent} />
        </>
      )
    case 'cross':
      return (
        <>
          <Rect x={0.5} y={0.5} width={9} height={9} fill={COLOUR.ink} stroke={COLOUR.ink} strokeWidth={1} />
          <Path d="M2.8 2.8 7.2 7.2 M7.2 2.8 2.8 7.2" {...inside} stroke={COLOUR.paper} />
        </>
      )
    case 'question':
      return (
        <>
          <Rect x={0.5} y={0.5} width={9} height={9} {...outline} />
          <Path
            d="M3.5 3.9 C3.5 2.2 6.5 2.2 6.5 3.9 C6.5 4.9 5 4.9 5 6 M5 7.1 L5 7.9"
            {...inside}
            strokeWidth={1}
          />
        </>
      )
    case 'clock':
      return (
        <>
          <Rect x={0.5} y={0.5} width={9} height={9} {...outline} />
          <Path d="M5 2.4 L5 5.2 L7 6.6" {...inside} strokeWidth={1} />
        </>
      )
    case 'dash':
      return <Path d="M1.5 5 L8.5 5" {...inside} stroke={COLOUR.faint} />
    case 'empty':
      return <Rect x={0.5} y={0.5} width={9} height={9} {...outline} />
  }
}

export function Mark({ shape }: { shape: Shape }) {
  return (
    <Svg width={9} height={9} viewBox="0 0 10 10" style={{ marginRight: 5, marginTop: 1.6, flexShrink: 0 }}>
      <Inside shape={shape} />
    </Svg>
  )
}

function Marked({ shape, words }: { shape: Shape; words: string }) {
  return (
    <View style={style.row}>
      <Mark shape={shape} />
      <Text style={[style.medium, { fontSize: 8.5, flex: 1, lineHeight: 1.35 }]}>{words}</Text>
    </View>
  )
}

export const ControlMark = ({ status, words }: { status: ControlStatus; words: string }) => (
  <Marked shape={CONTROL_SHAPES[status]} words={words} />
)

export const StandingMark = ({ standing, words }: { standing: Standing; words: string }) => (
  <Marked shape={STANDING_SHAPES[standing]} words={words} />
)
