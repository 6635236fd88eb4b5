/** Who collected, who judged and who reviewed: whose word each part of the report is. */
import { Text, View } from '@react-pdf/renderer'
import type { Account } from './account.ts'
import { sayWhoJudged } from './independence-words.ts'
import { COLOUR, style } from './look.ts'
import { Subheading } from './page-frame.tsx'

export function Independence({ account }: { account: Account }) {
  const { collected, judged, reviewed, caution } = sayWhoJudged(account)
  return (
    <>
      <Subheading>{account.words.say('who.title')}</Subheading>
      <Text style={style.text}>{collected}</Text>
      <Text style={style.text}>{judged}</Text>
      <View
        style={{
          ...style.body,
          borderLeft: `2 solid ${COLOUR.ink}`,
          backgroundColor: COLOUR.wash,
          padding: 10,
          marginBottom: 4,
          maxWidth: 450,
        }}
      >
        <Text style={style.strong}>{reviewed}</Text>
        <Text style={{ marginTop: 2 }}>{caution}</Text>
      </View>
    </>
  )
}
