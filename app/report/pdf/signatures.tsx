/** The last page: what each signer declares. The signatures themselves are in the file, not on the paper. */
import { Text, View } from '@react-pdf/renderer'
import type { Signer } from '../statement.ts'
import type { Account } from './account.ts'
import { COLOUR, reading, style } from './look.ts'
import { Chapter } from './page-frame.tsx'

const ROLE_WORDS = {
  'technical-contributor': { title: 'Technical contributor', does: 'certifies the technical facts' },
  'insured-officer': { title: 'Officer of the insured', does: 'attests the answers' },
} as const satisfies Record<Signer['role'], { title: string; does: string }>

export function Signatures({ account }: { account: Account }) {
  const { statement } = account
  return (
    <Chapter
      account={account}
      number="D"
      title="Signatures"
      lead="Each person signs for their own part. The dates of signing are in the signatures."
    >
      {statement.signers.map((signer, index) => (
        <View
          key={signer.role}
          wrap={signer.declaration.length > 1800}
          style={{ ...style.body, borderTop: `0.75 solid ${COLOUR.rule}`, paddingTop: 10, marginBottom: 26 }}
        >
          <Text style={[style.label, { marginBottom: 2 }]}>
            {`Signature ${index + 1}. ${ROLE_WORDS[signer.role].title}, ${ROLE_WORDS[signer.role].does}`}
          </Text>
          <Text style={[style.strong, { fontSize: 13, lineHeight: 1.25 }, reading(signer.name)]}>
            {signer.name}
          </Text>
          <Text>
            {signer.title}, {signer.organisation}
          </Text>
          {signer.email ? <Text>{signer.email}</Text> : null}
          <View style={{ height: 8 }} />
          <Text style={[style.text, reading(signer.declaration)]}>{signer.declaration}</Text>
          <View
            style={{
              borderLeft: `2 solid ${account.accent}`,
              backgroundColor: COLOUR.wash,
              padding: 10,
              marginTop: 6,
              width: 300,
            }}
          >
            <Text style={[style.medium, { color: account.accent }]}>
              Signed digitally; see the signature panel.
            </Text>
            <Text style={style.label}>{`Signature field “${signer.role}”`}</Text>
          </View>
        </View>
      ))}
    </Chapter>
  )
}
