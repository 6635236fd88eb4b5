/** Reads tables from strangers as a stream: any delimiter, any line end, quotes over lines, nothing grows without limit. */
import Papa from 'papaparse'
import { ImportError } from './importer.ts'
import { createTextDecoder, type Decoder } from './text-decoder.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** Characters of one row. Scanners put long outputs into cells, but no whole documents. */
const MAXIMUM_ROW = 4 * 1024 * 1024
const MAXIMUM_CELLS = 2000
const PIECE_BYTES = 256 * 1024
const GATHERED_CHARACTERS = 64 * 1024
/** Enough to see the delimiter, past any preamble. */
const SNIFFED_CHARACTERS = 16 * 1024

export interface CsvListener {
  /** Every row that is not wholly empty, `number` from 1 over all lines of the table. */
  row(cells: string[], number: number): void
}

export interface CsvReader {
  write(bytes: Uint8Array): void
  /** @throws ImportError empty, truncated */
  end(): void
  /** Known after the first bytes; `windows-1252` is a guess that deserves a warning. */
  encoding(): string
}

/**
 * @throws ImportError from `write` and `end`: encoding, hostile (binary), too-large, truncated, empty
 */
export function createCsvReader(listener: CsvListener, wanted: { delimiter?: Delimiter } = {}): CsvReader {
  let start: Uint8Array | null = new Uint8Array()
  let decoder: Decoder | undefined
  let parser: { parse(text: string, base: number, ignoreLast: boolean): Papa.ParseResult<string[]> } | null =
    null
  let encoding = 'utf-8'
  let rest = ''
  let tried = 0
  let rows = 0
  let width = 0
  let endedWithLine = true

  const take = (text: string, isLast: boolean) => {
    if (text.includes('\u0000'))
      throw new ImportError(
        'malformed',
        'The file holds zero bytes, so it is no table of text. Export it as CSV again.',
      )
    rest += text
    if (rest === '') return
    // Small pieces are gathered: each attempt reads the begun row anew.
    if (!isLast && rest.length - tried < GATHERED_CHARACTERS) return
    if (!parser) {
      parser = newParser(wanted.delimiter ?? guessDelimiter(rest) ?? ',', rest)
    }
    const { data, meta, errors } = parser.parse(rest, 0, !isLast)
    if (isLast && errors.some(({ code }) => code === 'MissingQuotes')) throw cutOff(rows + data.length)
    endedWithLine = /[\r\n]$/.test(rest)
    rest = isLast ? '' : rest.slice(meta.cursor)
    tried = rest.length
    for (const cells of data) emit(cells)
    if (rest.length > MAXIMUM_ROW) {
      throw new ImportError(
        'too-large',
        `Row ${rows + 1} is longer than ${MAXIMUM_ROW} characters: a quotation mark is missing, or the file is no table.`,
      )
    }
  }
  const emit = (cells: string[]) => {
    rows += 1
    if (cells.every((cell) => cell.trim() === '')) return
    if (cells.length > MAXIMUM_CELLS)
      throw new ImportError(
        'hostile',
        `Row ${rows} has more than ${MAXIMUM_CELLS} cells. No tool exports such a table.`,
      )
    lastWidth = cells.length
    width = Math.max(width, cells.length)
    listener.row(cells, rows)
  }
  let lastWidth = 0

  const begin = (head: Uint8Array) => {
    start = null
    const found = createTextDecoder(head)
    encoding = found.encoding
    decoder = found.decoder
    decode(head)
  }
  const decode = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      take(decoder?.decode(bytes.subarray(at, at + PIECE_BYTES)) ?? '', false)
  }

  return {
    write(bytes) {
      if (start) {
        const joined = new Uint8Array(start.length + bytes.length)
        joined.set(start)
        joined.set(bytes, start.length)
        start = joined
        // A first piece of a few bytes cannot tell its encoding.
        if (joined.length >= 4096) begin(joined)
        return
      }
      decode(bytes)
    },
    end() {
      if (start) begin(start)
      take(decoder?.end() ?? '', true)
      if (rows === 0) throw new ImportError('empty', 'The table is empty. Export it again.')
      // Without a line end, a short last row was cut off rather than written so.
      if (!endedWithLine && rows > 1 && lastWidth < width) throw cutOff(rows)
    },
    encoding: () => encoding,
  }
}

function cutOff(row: number): ImportError {
  return new ImportError(
    'truncated',
    `The file ends in the middle of row ${row}, so its end is missing. Export or copy it again.`,
  )
}

function newParser(delimiter: string, sample: string) {
  const newline = /\r\n|\n|\r/.exec(sample)?.[0] ?? '\n'
  // Declared for the library's own tests only, but it is the one way to parse pieces without a stream between.
  const { Parser } = Papa as unknown as {
    Parser: new (
      config: object,
    ) => { parse(text: string, base: number, ignoreLast: boolean): Papa.ParseResult<string[]> }
  }
  return new Parser({ delimiter, newline, quoteChar: '"', escapeChar: '"' })
}

/** The delimiter that splits most rows into equally many cells; null where none does. */
export function guessDelimiter(text: string): Delimiter | null {
  let best: { delimiter: Delimiter; score: number } | null = null
  for (const delimiter of DELIMITERS) {
    const { data } = Papa.parse<string[]>(text.slice(0, SNIFFED_CHARACTERS), { delimiter, preview: 30 })
    const widths = data.map((cells) => cells.length).filter((cells) => cells > 1)
    if (widths.length === 0) continue
    const counts = new Map<number, number>()
    for (const cells of widths) counts.set(cells, (counts.get(cells) ?? 0) + 1)
    const [commonest = 0, often = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
    const score = often * 1000 + commonest
    if (!best || score > best.score) best = { delimiter, score }
  }
  return best?.delimiter ?? null
}

/**
 * The first rows of what may be a table; empty for XML, JSON, binary files and text without columns.
 * @param head 64 KiB at most
 */
export function sniffRows(head: Uint8Array, count = SNIFFED_ROWS): string[][] {
  const known = sniffed.get(head)
  if (known) return known.slice(0, count)
  const rows = readRows(head)
  sniffed.set(head, rows)
  return rows.slice(0, count)
}

/** Every importer of tables asks about the same head. */
const sniffed = new WeakMap<Uint8Array, string[][]>()
const SNIFFED_ROWS = 60

function readRows(head: Uint8Array): string[][] {
  let text: string
  try {
    // An end in the middle of a character is no fault of a head.
    text = createTextDecoder(head).decoder.decode(head)
  } catch {
    return []
  }
  if (/^\s*[<{[]/.test(text) || text.includes('\u0000')) return []
  const delimiter = guessDelimiter(text)
  if (!delimiter) return []
  return Papa.parse<string[]>(text, { delimiter, preview: SNIFFED_ROWS }).data
}

/** Column headers by a name without case, spaces and punctuation: `MFA Registered` and `mfa_registered` are one. */
export function foldHeader(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

export interface Columns {
  /** The cell under the first of these headers that the table has, trimmed; empty where it has none. */
  get(cells: readonly string[], ...names: string[]): string
  has(name: string): boolean
  /** From 0; undefined where the table has no such header. */
  placeOf(name: string): number | undefined
  count: number
}

export function readHeader(cells: readonly string[]): Columns {
  const index = new Map<string, number>()
  cells.forEach((cell, at) => {
    const folded = foldHeader(cell)
    if (folded && !index.has(folded)) index.set(folded, at)
  })
  const places = new Map<string, number | undefined>()
  const placeOf = (name: string) => {
    if (!places.has(name)) places.set(name, index.get(foldHeader(name)))
    return places.get(name)
  }
  return {
    get(row, ...names) {
      for (const name of names) {
        const at = placeOf(name)
        if (at !== undefined) return row[at]?.trim() ?? ''
      }
      return ''
    },
    has: (name) => placeOf(name) !== undefined,
    placeOf,
    count: cells.length,
  }
}

/** Whether one of the first rows is a header with all these columns; for `recognises`. */
export function hasHeader(head: Uint8Array, ...required: string[]): boolean {
  return sniffRows(head).some((cells) => {
    const columns = readHeader(cells)
    return required.every((name) => columns.has(name))
  })
}
