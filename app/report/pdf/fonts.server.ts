/** The report's typefaces, embedded whole from their npm packages so that names in most European scripts print. */
import { createRequire } from 'node:module'
import { Font } from '@react-pdf/renderer'
import { breakWord, MONO, SANS } from './typefaces.ts'

const require = createRequire(import.meta.url)
const sans = (file: string) => require.resolve(`@expo-google-fonts/ibm-plex-sans/${file}`)
const mono = (file: string) => require.resolve(`@expo-google-fonts/ibm-plex-mono/${file}`)

let registered = false

/** Registers once per thread; react-pdf keeps its fonts in a global. */
export function registerFonts(): void {
  if (registered) return
  registered = true
  Font.register({
    family: SANS,
    fonts: [
      { src: sans('400Regular/IBMPlexSans_400Regular.ttf'), fontWeight: 400 },
      {
        src: sans('400Regular_Italic/IBMPlexSans_400Regular_Italic.ttf'),
        fontWeight: 400,
        fontStyle: 'italic',
      },
      { src: sans('500Medium/IBMPlexSans_500Medium.ttf'), fontWeight: 500 },
      { src: sans('600SemiBold/IBMPlexSans_600SemiBold.ttf'), fontWeight: 600 },
    ],
  })
  Font.register({
    family: MONO,
    fonts: [{ src: mono('400Regular/IBMPlexMono_400Regular.ttf'), fontWeight: 400 }],
  })
  Font.registerHyphenationCallback(breakWord)
}
