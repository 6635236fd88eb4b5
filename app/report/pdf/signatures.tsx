/** The last page: what each signer declares. The signatures themselves are in the file, not on the paper. */
import { Text, View } from '@react-pdf/renderer'
import { itemsOf, slotsOf } from '../signing-order.ts'
import type { Account } from './account.ts'
import { COLOUR, reading, style } from './look.ts'
import { Chapter } from './page-frame.tsx'

export function Signatures({ account }: { account: Account }) {
  const { statement, words } = account
  const { say } = words
  return (
    <Chapter account={account} number="D" title={say('signatures.title')} lead={say('signatures.lead')}>
      {slotsOf(statement.signers).map(({ id, signer }, index) => (
        <View
          key={id}
          wrap={signer.declaration.length > 1800}
          style={{ ...style.body, borderTop: `0.75 solid ${COLOUR.rule}`, paddingTop: 10, marginBottom: 26 }}
        >
          <Text style={[style.label, { marginBottom: 2 }]}>
            {say(`signatures.${signer.role}`, { number: index + 1 })}
          </Text>
          <Text style={[style.strong, { fontSize: 13, lineHeight: 1.25 }, reading(signer.name)]}>
            {signer.name}
          </Text>
          <Text>
            {signer.title}, {signer.organisation}
          </Text>
          {signer.email ? <Text>{signer.email}</Text> : null}
          {signer.part ? (
            <Text>{say('signatures.part', { items: itemsOf(statement, signer).join(', ') })}</Text>
          ) : null}
          <View style={{ height: 8 }} />
          <Text style={[style.text, reading(signer.declaration)]}>{signer.declaration}</Text>
          <View
            wrap={false}
            style={{
              borderLeft: `2 solid ${account.accent}`,
              backgroundColor: COLOUR.wash,
              padding: 10,
              marginTop: 6,
              width: 300,
            }}
          >
            <Text style={[style.medium, { color: account.accent }]}>{say('signatures.digital')}</Text>
            <Text style={style.label}>{say('signatures.field', { field: id })}</Text>
          </View>
        </View>
      ))}
    </Chapter>
  )
}
