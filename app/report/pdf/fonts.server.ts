/** The report's typefaces, embedded from their npm packages; those of other scripts are read only when needed. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Font } from '@react-pdf/renderer'
import { breakWord, LATIN_MARK, MONO, SANS, type SCRIPT_FACES } from './typefaces.ts'

const require = createRequire(import.meta.url)
const google = (file: string) => require.resolve(`@expo-google-fonts/${file}`)

type Source = { src: string; fontWeight: number; fontStyle?: 'italic' }
type ScriptFamily = (typeof SCRIPT_FACES)[number]['family']

const WEIGHTS = { '400Regular': 400, '500Medium': 500, '600SemiBold': 600 } as const

/** The three weights of a package that keeps each in a folder of its own. */
const threeOf = (folder: string, name: string): Source[] =>
  Object.entries(WEIGHTS).map(([weight, fontWeight]) => ({
    src: google(`${folder}/${weight}/${name}_${weight}.ttf`),
    fontWeight,
  }))

const plexKorean = (): Source[] =>
  Object.entries(WEIGHTS).map(([weight, fontWeight]) => ({
    src: google(`ibm-plex-sans-kr/IBMPlexSansKR_${weight}.ttf`),
    fontWeight,
  }))

function notoChinese(): Source[] {
  // The package exports its program only; the fonts lie beside that.
  const folder = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts')
  const weights = { Regular: 400, Medium: 500, Bold: 600 }
  return Object.entries(weights).map(([weight, fontWeight]) => ({
    src: join(folder, `NotoSansHans-${weight}.otf`),
    fontWeight,
  }))
}

const SCRIPT_SOURCES = {
  'IBM Plex Sans Hebrew': () => threeOf('ibm-plex-sans-hebrew', 'IBMPlexSansHebrew'),
  'IBM Plex Sans Arabic': () => threeOf('ibm-plex-sans-arabic', 'IBMPlexSansArabic'),
  'IBM Plex Sans Thai': () => threeOf('ibm-plex-sans-thai', 'IBMPlexSansThai'),
  'Noto Sans Devanagari': () => threeOf('noto-sans-devanagari', 'NotoSansDevanagari'),
  'IBM Plex Sans KR': plexKorean,
  'IBM Plex Sans JP': () => threeOf('ibm-plex-sans-jp', 'IBMPlexSansJP'),
  'Noto Sans Hans': notoChinese,
  'Noto Emoji': () => threeOf('noto-emoji', 'NotoEmoji'),
} as const satisfies Record<ScriptFamily, () => Source[]>

/** Drawn at the end of a line where these scripts break, a hyphen would be a mistake. */
const WITHOUT_HYPHEN: readonly string[] = [
  'IBM Plex Sans Thai',
  'IBM Plex Sans KR',
  'IBM Plex Sans JP',
  'Noto Sans Hans',
]

/** Line ends and the direction mark. */
const SHAPELESS = ['\n', LATIN_MARK].map((letter) => letter.codePointAt(0))

let registered = false

/** Registers once per thread; react-pdf keeps its fonts in a global and reads a file when a style names its family. */
export function registerFonts(): void {
  if (registered) return
  registered = true
  const italic = google('ibm-plex-sans/400Regular_Italic/IBMPlexSans_400Regular_Italic.ttf')
  Font.register({
    family: SANS,
    fonts: [
      ...threeOf('ibm-plex-sans', 'IBMPlexSans'),
      { src: italic, fontWeight: 400, fontStyle: 'italic' } satisfies Source,
    ],
  })
  Font.register({
    family: MONO,
    fonts: [{ src: google('ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf'), fontWeight: 400 }],
  })
  for (const [family, sources] of Object.entries(SCRIPT_SOURCES)) {
    Font.register({ family, fonts: sources() })
  }
  Font.registerHyphenationCallback(breakWord)
}

interface Glyphs {
  hasGlyphForCodePoint(point: number): boolean
  glyphForCodePoint(point: number): unknown
}

/**
 * Reads the fonts of a document's families and bends two answers of theirs, for which react-pdf 4.9 has no setting:
 * what has no shape counts as the sans face's (nothing is drawn for it; react-pdf would take a Helvetica that is not
 * embedded), and faces of scripts without hyphens give a space where react-pdf asks for a hyphen.
 * @param families as `familiesOf` gives them
 */
export async function loadFonts(families: readonly string[]): Promise<void> {
  for (const family of families) {
    for (const fontWeight of Object.values(WEIGHTS)) {
      await Font.load({ fontFamily: family, fontWeight })
      const glyphs = Font.getFont({ fontFamily: family, fontWeight })?.data as unknown as Glyphs | undefined
      if (!glyphs) throw new Error(`The typeface ${family} could not be read`)
      if (family === SANS) {
        const has = glyphs.hasGlyphForCodePoint.bind(glyphs)
        glyphs.hasGlyphForCodePoint = (point) => SHAPELESS.includes(point) || has(point)
      }
      if (WITHOUT_HYPHEN.includes(family)) {
        const glyphOf = glyphs.glyphForCodePoint.bind(glyphs)
        glyphs.glyphForCodePoint = (point) => glyphOf(point === 0x2d ? 0x20 : point)
      }
    }
  }
}
