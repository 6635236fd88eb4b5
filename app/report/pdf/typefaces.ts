/** The report's typefaces by name, which letters they hold, and where words too long for a column may break. */

export const SANS = 'IBM Plex Sans'
export const MONO = 'IBM Plex Mono'

// The longest ordinary words stay whole; what is longer (host lists, unbroken names) would run over its column.
const WHOLE = 24
const PIECE = 8

/** Joined again, the pieces are the word. */
export function breakWord(word: string): string[] {
  const letters = Array.from(word)
  if (letters.length <= WHOLE) return [word]
  const pieces: string[] = []
  for (let at = 0; at < letters.length; at += PIECE) pieces.push(letters.slice(at, at + PIECE).join(''))
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
]
  .join(' ')
  .split(' ')
  .map((range) => range.split('-').map((end) => Number.parseInt(end, 16)))

const holds = (letter: string) => {
  const point = letter.codePointAt(0) ?? 0
  return LETTERS.some(([first = 0, last = first]) => point >= first && point <= last)
}

/** What the typefaces lack is drawn as this. Left alone, react-pdf draws other letters in its place. */
export const REPLACEMENT = '\ufffd'

/**
 * Text with the replacement for every letter that cannot be drawn; line ends stay.
 * Several spaces become one: react-pdf would hyphenate between them.
 */
export function printable(text: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[ \t]+/g, ' ')
  if (/^[\n\x20-\x7e]*$/.test(plain)) return plain
  return Array.from(plain, (letter) => (letter === '\n' || holds(letter) ? letter : REPLACEMENT)).join('')
}

/** A copy in which every text is printable. */
export function printableTexts<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T
  if (Array.isArray(value)) return value.map((item) => printableTexts(item)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, printableTexts(member)])) as T
}
