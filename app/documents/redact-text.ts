/** Blacks out strings and columns of text files, and looks afterwards whether they are really gone. */
import Papa from 'papaparse'
import { readReferences } from './character-references.ts'

/** The same length whatever it hides: the length of a name can tell the name. */
export const BLACKOUT = '████████'

export interface RedactionWish {
  strings: readonly string[]
  /** Column numbers from 0, for tables. */
  columns: readonly number[]
  /** The table's first row names its columns, and stays; without one it is a record as any other. */
  hasHeading: boolean
}

export interface Redacted {
  text: string
  /** Places blacked out for each string, in the order of the wish. */
  counts: number[]
  /** Cells blacked out in columns. */
  cells: number
}

export class RedactionError extends Error {
  override name = 'RedactionError'
  constructor(
    readonly code: 'not-json' | 'no-such-column' | 'still-there',
    message: string,
  ) {
    super(message)
  }
}

/** @throws RedactionError when the file cannot be taken apart, or a string would stay readable */
export function redactText(kind: 'text' | 'table' | 'json', text: string, wish: RedactionWish): Redacted {
  const patterns = wish.strings.map(patternOf)
  const counts = patterns.map(() => 0)
  const count = (index: number) => {
    counts[index] = (counts[index] ?? 0) + 1
  }
  const black = (part: string) =>
    blackReferences(
      patterns.reduce(
        (left, pattern, index) =>
          left.replace(pattern, () => {
            count(index)
            return BLACKOUT
          }),
        part,
      ),
      patterns,
      count,
    )
  const result =
    kind === 'table'
      ? redactTable(text, wish, black)
      : { text: kind === 'json' ? redactJson(text, black) : black(text), cells: 0 }
  checkGone(kind, result.text, wish.strings)
  return { ...result, counts }
}

/** Capitals, kinds of spaces and accents composed or not make no difference; neither do XML's and URLs' escapes. */
function patternOf(wanted: string): RegExp {
  const xml = wanted.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = xml.replaceAll('"', '&quot;').replaceAll("'", '&apos;')
  const url = encodeURIComponent(wanted.trim().replace(/\p{Cs}/gu, ''))
  const forms = new Set([wanted, wanted.normalize('NFC'), wanted.normalize('NFD'), xml, quoted, url])
  const escaped = [...forms].map((form) =>
    form
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
      .join('\\s+'),
  )
  return new RegExp(escaped.join('|'), 'giu')
}

/** What is left is written with references (`O&#39;Neil`): found in the text as a reader sees it, hidden where it stands. */
function blackReferences(part: string, patterns: readonly RegExp[], count: (index: number) => void): string {
  const read = part.includes('&') ? readReferences(part) : null
  if (!read) return part
  const places = patterns
    .flatMap((pattern, index) =>
      [...read.text.matchAll(pattern)].map((match) => {
        count(index)
        return read.sourceOf(match.index, match.index + match[0].length)
      }),
    )
    .sort((a, b) => a.from - b.from)
  const kept: string[] = []
  let done = 0
  for (const { from, to } of places) {
    if (from >= done) kept.push(part.slice(done, from), BLACKOUT)
    done = Math.max(done, to)
  }
  return [...kept, part.slice(done)].join('')
}

function redactTable(text: string, { columns, hasHeading }: RedactionWish, black: (part: string) => string) {
  const { data, meta } = Papa.parse<string[]>(text)
  const width = data[0]?.length ?? 0
  if (columns.some((column) => column >= width))
    throw new RedactionError('no-such-column', 'The table has no such column. Reload the page.')
  let cells = 0
  const rows = data.map((row, index) =>
    row.map((cell, column) => {
      // A heading stays, so that a reader knows what was taken out; it is searched like any cell.
      if ((index === 0 && hasHeading) || !columns.includes(column)) return black(cell)
      if (cell !== '') cells += 1
      return cell === '' ? '' : BLACKOUT
    }),
  )
  const newline = meta.linebreak === '\r\n' ? '\r\n' : '\n'
  return { text: Papa.unparse(rows, { delimiter: meta.delimiter || ',', newline }), cells }
}

/** Token by token, so that every number keeps its digits; escapes are undone before a string is searched. */
function redactJson(text: string, black: (part: string) => string): string {
  try {
    JSON.parse(text)
  } catch {
    throw new RedactionError(
      'not-json',
      'This is no valid JSON, so what stands in it cannot be found for certain. Correct the file, or redact a screenshot of it.',
    )
  }
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g, (token) => {
    if (!token.startsWith('"')) {
      const changed = black(token)
      return changed === token ? token : JSON.stringify(BLACKOUT)
    }
    const before = JSON.parse(token) as string
    const after = black(before)
    return after === before ? token : JSON.stringify(after)
  })
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ')

/** Another way of looking than the one that blacked out: folded texts, as written and as read. */
function checkGone(kind: 'text' | 'table' | 'json', text: string, strings: readonly string[]): void {
  const read = [text]
  if (kind === 'table') read.push(...Papa.parse<string[]>(text).data.flat())
  if (kind === 'json') collect(JSON.parse(text), read)
  for (const part of [...read]) {
    const seen = readReferences(part)?.text
    if (seen !== undefined) read.push(seen)
  }
  const folded = read.map(fold)
  const left = strings.findIndex((wanted) => folded.some((part) => part.includes(fold(wanted.trim()))))
  if (left < 0) return
  throw new RedactionError(
    'still-there',
    `Entry ${left + 1} of the list can still be read in the copy, in another spelling of the same characters. Nothing was kept. Add that spelling to the list.`,
  )
}

function collect(value: unknown, into: string[]): void {
  const open = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string') into.push(next)
    else if (typeof next === 'number') into.push(String(next))
    else if (Array.isArray(next)) open.push(...next)
    else if (next && typeof next === 'object') {
      for (const [key, inner] of Object.entries(next)) {
        into.push(key)
        open.push(inner)
      }
    }
  }
}

/** How many values of blacked-out columns still stand in other cells; short ones such as "yes" say nothing. */
export function countLeftovers(
  original: string,
  copy: string,
  { columns, hasHeading }: Pick<RedactionWish, 'columns' | 'hasHeading'>,
): number {
  const hidden = new Set<string>()
  for (const row of Papa.parse<string[]>(original).data.slice(hasHeading ? 1 : 0)) {
    for (const column of columns) {
      const value = fold(row[column] ?? '').trim()
      if (value.length >= 4) hidden.add(value)
    }
  }
  const cells = Papa.parse<string[]>(copy).data.flat().map(fold)
  const shown = new Set(cells.map((cell) => cell.trim()))
  return [...hidden].filter((value) => shown.has(value)).length
}

/** A guess for the person to correct: names of columns are short, all different, and no numbers, dates or addresses. */
export function looksLikeHeading(row: readonly string[]): boolean {
  const cells = row.map((cell) => fold(cell).trim())
  return (
    new Set(cells).size === cells.length &&
    cells.every(
      (cell) => cell.length <= 60 && /\p{L}/u.test(cell) && !/[@\\]|:\/\/|\d[\d.,:/-]{3,}/.test(cell),
    )
  )
}
