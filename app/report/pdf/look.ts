/** The report's colours, sizes and shared styles: ink on white, one accent, nothing that paper would lose. */
import { StyleSheet } from '@react-pdf/renderer'
import { COLOUR } from './colours.ts'
import { MONO, readsFromRight, SANS } from './typefaces.ts'

export { COLOUR }

export const PAGE = { size: 'LETTER', width: 612, side: 58, top: 34, bottom: 34 } as const

export const style = StyleSheet.create({
  page: {
    fontFamily: SANS,
    fontSize: 9,
    // No lineHeight here: react-pdf 4.9 multiplies a page's line height again for everything its layout adds.
    // What flows on a page sets `body` itself.
    color: COLOUR.ink,
    paddingTop: PAGE.top,
    paddingBottom: PAGE.bottom,
    paddingHorizontal: PAGE.side,
  },
  h1: { fontSize: 17, fontWeight: 600, lineHeight: 1.2, letterSpacing: -0.2, marginBottom: 5 },
  body: { fontSize: 9, lineHeight: 1.45 },
  lead: { fontSize: 9.5, lineHeight: 1.45, color: COLOUR.soft, maxWidth: 430, marginBottom: 14 },
  h2: { fontSize: 10.5, fontWeight: 600, lineHeight: 1.3, marginTop: 16, marginBottom: 5 },
  text: { fontSize: 9, lineHeight: 1.45, maxWidth: 440, marginBottom: 6 },
  small: { fontSize: 8, lineHeight: 1.4, color: COLOUR.soft },
  label: { fontSize: 7.5, color: COLOUR.faint, lineHeight: 1.3 },
  strong: { fontWeight: 600 },
  medium: { fontWeight: 500 },
  mono: { fontFamily: MONO, fontSize: 7.5, lineHeight: 1.45 },
  row: { flexDirection: 'row' },
})

/** For a text that stands alone: from the right where its first letter is read so. */
export const reading = (text: string) =>
  readsFromRight(text) ? ({ direction: 'rtl', textAlign: 'right' } as const) : {}
