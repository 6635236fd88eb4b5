/** Checksums and commands in the fixed-width face. */
import { Text } from '@react-pdf/renderer'
import { Fragment } from 'react'
import { COLOUR, style } from './look.ts'
import { SANS } from './typefaces.ts'

/**
 * Never broken with a hyphen: what is copied from the page must be what stands there.
 * Spaces are set in the other face, because fontkit 2 fails on IBM Plex Mono's space, an empty glyph at the very
 * end of the font's glyph table.
 */
export function MonoText({
  children,
  size = 7.5,
  colour = COLOUR.ink,
}: {
  children: string
  size?: number
  colour?: string
}) {
  return (
    <Text style={[style.mono, { fontSize: size, color: colour }]} hyphenationCallback={(word) => [word]}>
      {children.split(/([ \n]+)/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts never move
        <Fragment key={index}>
          {/^[ \n]/.test(part) ? <Text style={{ fontFamily: SANS }}>{part}</Text> : part}
        </Fragment>
      ))}
    </Text>
  )
}
