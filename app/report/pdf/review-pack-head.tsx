/** Headings of a review pack's parts. */
import { Text, View } from '@react-pdf/renderer'
import { style } from './look.ts'
import { Subheading } from './page-frame.tsx'
import { Nothing } from './rows.tsx'

/**
 * The heading of a part, with what stands in its place where there is nothing. Kept together as one: a row of headings
 * that each ask for room below would all go to the next page as soon as the last one does (react-pdf 4.9).
 */
export function Head({ children, empty = null }: { children: string; empty?: string | null }) {
  if (empty === null) return <Subheading>{children}</Subheading>
  return (
    <View wrap={false}>
      <Text style={[style.h2, { marginTop: 11, marginBottom: 2 }]}>{children}</Text>
      <Nothing>{empty}</Nothing>
    </View>
  )
}
