/** The pictures of a review pack: each part with its shape and number, so that a copy without colour says the same. */
import { Text, View } from '@react-pdf/renderer'
import type { PaperWords } from '../language/papers/words.ts'
import { COVERS, type Covers, type PackAccount } from '../review-pack/pack-account.ts'
import { COLOUR, reading, style } from './look.ts'
import { Parts } from './outcome-bar.tsx'
import { Mark, type Shape } from './status-mark.tsx'

const SHAPES = {
  proved: 'tick',
  unproved: 'empty',
  contradicted: 'cross',
  excepted: 'half',
  'not-claimed': 'dash',
  unrecorded: 'question',
} as const satisfies Record<(typeof COVERS)[number], Shape>

const LABEL = 138
const SIDE = 42
const FULL = 226
// A part of one control still holds its shape and number.
const LEAST = 30

const sum = (covers: Covers) => COVERS.reduce((total, state) => total + covers[state], 0)

export function ReadinessBars({ domains, words }: { domains: PackAccount['domains']; words: PaperWords }) {
  const most = Math.max(...domains.map(({ now }) => sum(now)))
  return (
    <>
      <View wrap={false} style={[style.row, { flexWrap: 'wrap', marginBottom: 4 }]}>
        {COVERS.map((state) => (
          <View key={state} style={[style.row, { width: '33.3%', marginBottom: 3 }]}>
            <Mark shape={SHAPES[state]} />
            <Text style={{ fontSize: 8, lineHeight: 1.35 }}>{words.say(`pack.state.${state}`)}</Text>
          </View>
        ))}
      </View>
      {domains.map(({ title, before, now }) => (
        <View
          key={title}
          wrap={title.length > 300}
          style={[
            style.row,
            { alignItems: 'center', borderTop: `0.5 solid ${COLOUR.hairline}`, paddingVertical: 4 },
          ]}
        >
          <Text
            style={[
              style.medium,
              { width: LABEL, paddingRight: 10, fontSize: 8.5, lineHeight: 1.25 },
              reading(title),
            ]}
          >
            {title}
          </Text>
          <View style={{ flex: 1 }}>
            <Bar label={words.say('pack.then')} covers={before} most={most} words={words} />
            <Bar label={words.say('pack.now')} covers={now} most={most} words={words} />
          </View>
        </View>
      ))}
    </>
  )
}

function Bar(props: { label: string; covers: Covers; most: number; words: PaperWords }) {
  const { label, covers, most, words } = props
  const all = sum(covers)
  const parts = COVERS.map((state) => ({
    label: words.say(`pack.state.${state}`),
    shape: SHAPES[state],
    count: covers[state],
  })).filter(({ count }) => count > 0)
  return (
    <View style={[style.row, { alignItems: 'center', paddingVertical: 1.5 }]}>
      <Text style={[style.small, { width: SIDE }]}>{label}</Text>
      <View style={{ width: Math.max((FULL * all) / most, LEAST * parts.length), maxWidth: FULL }}>
        <Parts parts={parts} height={15} least={LEAST - 4} size={8} />
      </View>
      <Text style={[style.small, { flex: 1, textAlign: 'right' }]}>
        {words.say('pack.proved-of', { proved: covers.proved, all })}
      </Text>
    </View>
  )
}

const BAR = 250

export function FindingBars(props: { findings: NonNullable<PackAccount['findings']>; words: PaperWords }) {
  const { findings, words } = props
  const { say, number } = words
  const most = Math.max(1, ...findings.flatMap(({ opened, fixed, open }) => [opened, fixed, open]))
  return (
    <>
      {findings.map(({ severity, ...counts }) => (
        <View
          key={severity}
          wrap={false}
          style={[
            style.row,
            { alignItems: 'center', borderTop: `0.5 solid ${COLOUR.hairline}`, paddingVertical: 4 },
          ]}
        >
          <Text style={[style.medium, { width: 90, fontSize: 8.5 }]}>{say(`pack.severity.${severity}`)}</Text>
          <View style={{ flex: 1 }}>
            {(['opened', 'fixed', 'open'] as const).map((what) => (
              <View key={what} style={[style.row, { alignItems: 'center', paddingVertical: 1 }]}>
                <Text style={[style.small, { width: 84 }]}>{say(`pack.${what}`)}</Text>
                <View
                  style={{
                    width: (BAR * counts[what]) / most,
                    height: 8,
                    backgroundColor: FILL[what],
                    ...(what === 'open' && counts[what] > 0 ? { border: `0.75 solid ${COLOUR.ink}` } : {}),
                  }}
                />
                <Text style={[style.strong, { fontSize: 8, marginLeft: 5 }]}>{number(counts[what])}</Text>
              </View>
            ))}
          </View>
        </View>
      ))}
    </>
  )
}

const FILL = { opened: COLOUR.ink, fixed: COLOUR.accent, open: COLOUR.paper } as const
