/** The report's typefaces by name, which letters they hold, and where words too long for a column may break. */
import { ARABIC, CHINESE, DEVANAGARI, EMOJI, HEBREW, JAPANESE, KOREAN, THAI } from './script-letters.ts'

export const SANS = 'IBM Plex Sans'
export const MONO = 'IBM Plex Mono'

// The longest ordinary words stay whole; what is longer (host lists, unbroken names) would run over its column.
const WHOLE = 24
const PIECE = 8
// Written without spaces (Korean: with long words), so a line may end after any letter.
const UNSPACED = /[\u0e01-\u0e7f\u1100-\u11ff\u2e80-\ud7a3\uf900-\ufaff\uff00-\uffef\u{20000}-\u{2fa1f}]/u
const HANGUL = /[\uac00-\ud7a3]/
const HANGUL_WHOLE = 8
// Never first on a line: marks on the letter before, closing marks, small kana, vowels written after their letter.
const STAYS =
  /[\p{M}\p{Pe}\p{Pf}、。，．：；！？ー々〜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ\u0e30-\u0e3a\u0e45-\u0e4e]/u
// Never last on a line: opening brackets, Thai vowels written before their letter.
const LEADS = /[\p{Ps}\p{Pi}\u0e40-\u0e44]/u

/** Joined again, the pieces are the word. */
export function breakWord(word: string): string[] {
  const letters = Array.from(word)
  if (UNSPACED.test(word) && !(HANGUL.test(word) && letters.length <= HANGUL_WHOLE))
    return breakLetters(letters)
  if (letters.length <= WHOLE) return [word]
  const pieces: string[] = []
  for (let at = 0; at < letters.length; at += PIECE) pieces.push(letters.slice(at, at + PIECE).join(''))
  return pieces
}

function breakLetters(letters: readonly string[]): string[] {
  const pieces: string[] = []
  for (const [index, letter] of letters.entries()) {
    const before = letters[index - 1]
    if (before !== undefined && (STAYS.test(letter) || LEADS.test(before)))
      pieces.push(`${pieces.pop()}${letter}`)
    else pieces.push(letter)
  }
  return pieces
}

/**
 * Code points of every style of IBM Plex Sans that the report uses, in hexadecimal: Latin, Greek, Cyrillic, signs.
 * Without direction marks, which could make a name read otherwise than it is stored.
 */
const LETTERS = [
  '20-7e a0-17f 18f 192 1a0-1a1 1af-1b0 1cd-1dc 1fa-1ff 218-21b 237 259 2bb-2bc 2c6-2c7 2d8-2dd',
  '300-304 306-30c 312 315 31b 323 326-328 37e 384-38a 38c 38e-3a1 3a3-3ce 400-45f 462-463 46a-46b',
  '472-475 490-4c2 4cf-4d9 4dc-4e9 4ee-4f9 524-525 e3f 1e80-1e85 1e9e 1ea0-1ef9 2000-200d 2010-2015',
  '2018-201a 201c-201e 2020-2022 2026 202f-2030 2032-2033 2039-203a 2044 2070 2074-2079 2080-2089 20a1',
  '20a4 20a6 20a8-20ae 20b1-20b2 20b4-20b5 20b8-20ba 20bd 20bf 2113 2116 2122 2126 212e 2150-2151',
  '2153-215e 2190-2199 21a9-21aa 21b0-21b3 21b6-21b7 21ba-21bb 21c4 21c6 2202 2206 220f 2211-2212 2215',
  '2219-221a 221e 222b 2236 2248 2260 2264-2265 25ca 2713 274c 2b0e-2b11 fb01-fb02',
].join(' ')

type Range = readonly [first: number, last: number]

const readRanges = (text: string): Range[] =>
  text.split(' ').map((range) => {
    const [first = 0, last = first] = range.split('-').map((end) => Number.parseInt(end, 16))
    return [first, last]
  })

function holds(ranges: readonly Range[], letter: string): boolean {
  const point = letter.codePointAt(0) ?? 0
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [first, last] = ranges[middle] ?? [0, 0]
    if (point < first) high = middle - 1
    else if (point > last) low = middle + 1
    else return true
  }
  return false
}

const PLAIN = readRanges(LETTERS)

/** Families for other scripts, loaded only by a document that needs them; before a later one where both hold a letter. */
export const SCRIPT_FACES = [
  { family: 'IBM Plex Sans Hebrew', letters: HEBREW },
  { family: 'IBM Plex Sans Arabic', letters: ARABIC },
  { family: 'IBM Plex Sans Thai', letters: THAI },
  { family: 'Noto Sans Devanagari', letters: DEVANAGARI },
  { family: 'IBM Plex Sans KR', letters: KOREAN },
  { family: 'IBM Plex Sans JP', letters: JAPANESE },
  { family: 'Noto Sans Hans', letters: CHINESE },
  { family: 'Noto Emoji', letters: EMOJI },
] as const

const FACES = SCRIPT_FACES.map(({ family, letters }) => ({ family, ranges: readRanges(letters) }))
const KANA = /[\u3041-\u30fa\u30fc-\u30ff]/
const BEYOND = /[^\n\x20-\x7e]/gu

/**
 * The families that a text is drawn with, the first that holds a letter first. Chinese characters look Japanese in a
 * text that also has kana: the code points are the same, and a text does not say which language it is in.
 */
export function familiesOf(text: string): string[] {
  const letters = [...new Set(text.match(BEYOND))].filter((letter) => !holds(PLAIN, letter))
  if (letters.length === 0) return [SANS]
  const needed = FACES.filter(({ ranges, family }) =>
    family === 'IBM Plex Sans JP' ? KANA.test(text) : letters.some((letter) => holds(ranges, letter)),
  )
  return [SANS, ...needed.map(({ family }) => family)]
}

const canDraw = (letter: string) => holds(PLAIN, letter) || FACES.some(({ ranges }) => holds(ranges, letter))

/** What the typefaces lack is drawn as this. Left alone, react-pdf draws other letters in its place. */
export const REPLACEMENT = '\ufffd'

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
/** Draws nothing, and reads as a Latin letter would: what stands beside it keeps its own direction. */
export const LATIN_MARK = '\u200e'

/** Whether a text reads from the right: the first letter with a direction decides. */
export const readsFromRight = (text: string): boolean =>
  RIGHT_TO_LEFT.test(/\p{L}/u.exec(text.replaceAll(LATIN_MARK, ''))?.[0] ?? '')

/**
 * Text with the replacement for every letter that cannot be drawn; line ends stay.
 * Several spaces become one: react-pdf would hyphenate between them. A text with letters that are read from the right
 * stands between marks, so that it cannot turn the date or the number beside it around.
 */
export function printable(text: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[ \t]+/g, ' ')
  if (/^[\n\x20-\x7e]*$/.test(plain)) return plain
  const drawn = Array.from(
    plain
      // They choose between two looks of a sign, or repeat a direction that we set; neither has a shape.
      .replaceAll(/\u200e|\u200f|\ufe0e|\ufe0f/g, '')
      // As fontkit draws it: two glyphs for one letter, of which react-pdf would lose the last of a line.
      .replaceAll(/([\u0e48-\u0e4b]?)\u0e33/g, '\u0e4d$1\u0e32'),
    (letter) => (letter === '\n' || canDraw(letter) ? letter : REPLACEMENT),
  ).join('')
  return RIGHT_TO_LEFT.test(drawn) ? `${LATIN_MARK}${drawn}${LATIN_MARK}` : drawn
}

/** A copy in which every text is printable. */
export function printableTexts<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T
  if (Array.isArray(value)) return value.map((item) => printableTexts(item)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, printableTexts(member)])) as T
}
