/** Controls by domain as bars: every part with its shape and number, so that a copy without colour says the same. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { COLOUR, reading, style } from './look.ts'
import { Parts } from './outcome-bar.tsx'
import { CONTROL_SHAPES } from './status-mark.tsx'
import { CONTROL_STATUSES } from './wording.ts'

const LABEL = 138
const FULL = 290
// A part of one control still holds its shape and number.
const LEAST = 30

export function DomainChart({ account: { domains, words } }: { account: Account }) {
  const most = Math.max(...domains.map(({ controls }) => controls.length))
  return (
    <View style={{ marginTop: 8, marginBottom: 6 }}>
      {domains.map(({ title, controls }) => {
        const counted = CONTROL_STATUSES.map((status) => ({
          label: words.say(`status.${status}`),
          shape: CONTROL_SHAPES[status],
          count: controls.filter((control) => control.status === status).length,
        })).filter(({ count }) => count > 0)
        const met = controls.filter(({ status }) => status === 'met').length
        const needed = controls.filter(({ status }) => status !== 'not-applicable').length
        return (
          <View
            key={title}
            wrap={title.length > 300}
            style={[style.row, style.body, { alignItems: 'center', marginBottom: 5 }]}
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
            <View
              style={{
                width: Math.max((FULL * controls.length) / most, LEAST * counted.length),
                maxWidth: FULL,
              }}
            >
              <Parts parts={counted} height={17} least={LEAST - 4} size={8.5} />
            </View>
            <Text style={[style.small, { flex: 1, textAlign: 'right', color: COLOUR.soft }]}>
              {needed === 0
                ? words.say('controls.none-applies')
                : words.say('controls.met-of', { met, needed })}
            </Text>
          </View>
        )
      })}
    </View>
  )
}
