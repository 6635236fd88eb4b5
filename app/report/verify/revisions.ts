/**
 * Takes a report apart into its revisions: as rendered, then one addition for each signature, and one for the archive.
 * Every byte must belong to the header, to an object that a cross-reference table lists, or to such a table.
 */
import {
  asDictionary,
  asNumber,
  asReference,
  isSpace,
  PdfCursor,
  type PdfDictionary,
  PdfSyntaxError,
  type PdfValue,
} from './pdf-syntax.ts'

export interface PdfObject {
  number: number
  start: number
  end: number
  value: PdfValue
  stream: Uint8Array | null
}

export interface Revision {
  objects: Map<number, PdfObject>
  trailer: Map<string, PdfValue>
  /** Where the revision ends in the file. */
  end: number
}

const HEADER = '%PDF-1.7\n%\u00ff\u00ff\u00ff\u00ff\n'
const TRAILER_KEYS = new Set(['Size', 'Root', 'Info', 'ID', 'Prev'])
// As rendered, one for each signature (eight contributors, reviewer and the two sides), and the archive.
const MAX_REVISIONS = 13
const MAX_OBJECTS = 200_000

/** @throws PdfSyntaxError for any byte that is not accounted for */
export function readRevisions(bytes: Uint8Array): Revision[] {
  new PdfCursor(bytes, 0).expect(HEADER)
  const sections = readSections(bytes)
  const revisions: Revision[] = []
  let start = HEADER.length
  for (const section of sections) {
    const objects = readObjects(bytes, start, section)
    revisions.push({ objects, trailer: section.trailer, end: section.end })
    start = section.end
  }
  if (start !== bytes.length) throw new PdfSyntaxError('Bytes follow the end of the document', start)
  return revisions
}

/** The objects in force in the last revision. */
export function objectsInForce(revisions: readonly Revision[]): Map<number, PdfObject> {
  return new Map(revisions.flatMap(({ objects }) => [...objects]))
}

interface Section {
  offset: number
  /** Object numbers by where the objects start. */
  numbers: [start: number, number: number][]
  trailer: Map<string, PdfValue>
  end: number
}

/** Cross-reference sections, oldest first. */
function readSections(bytes: Uint8Array): Section[] {
  const sections: Section[] = []
  for (let offset: number | null = lastSectionOffset(bytes); offset !== null; ) {
    if (sections.length === MAX_REVISIONS)
      throw new PdfSyntaxError('The file has more revisions than a report can have', offset)
    const section = readSection(bytes, offset)
    const next = sections[0]
    if (next && section.end > next.offset) throw new PdfSyntaxError('Revisions overlap', offset)
    sections.unshift(section)
    const previous = section.trailer.get('Prev')
    offset = previous === undefined ? null : asNumber(previous)
    if (previous !== undefined && (offset === null || offset >= section.offset)) {
      throw new PdfSyntaxError('A revision does not point back to an earlier one', section.offset)
    }
  }
  return sections
}

function lastSectionOffset(bytes: Uint8Array): number {
  const tail = String.fromCharCode(...bytes.subarray(-40))
  const found = /startxref\n(\d{1,10})\n%%EOF\n$/.exec(tail)
  if (!found) throw new PdfSyntaxError('The file does not end as a complete PDF does', bytes.length)
  return Number(found[1])
}

function readSection(bytes: Uint8Array, offset: number): Section {
  const cursor = new PdfCursor(bytes, offset)
  cursor.expect('xref\n')
  const numbers: [number, number][] = []
  while (!cursor.startsWith('trailer\n')) {
    const first = cursor.readCount()
    cursor.expect(' ')
    const size = cursor.readCount()
    cursor.expect('\n')
    if (numbers.length + size > MAX_OBJECTS) cursor.fail('The file lists more objects than a report can have')
    for (let index = 0; index < size; index += 1) readEntry(cursor, first + index, numbers)
  }
  cursor.expect('trailer\n')
  const trailer = asDictionary(cursor.readValue())
  if (!trailer) return cursor.fail('A trailer is missing')
  for (const key of trailer.keys())
    if (!TRAILER_KEYS.has(key)) cursor.fail(`The trailer has an unknown key /${key}`)
  cursor.expect('\nstartxref\n')
  if (cursor.readCount() !== offset) cursor.fail('A revision gives a wrong place of its own table')
  cursor.expect('\n%%EOF\n')
  numbers.sort(([a], [b]) => a - b)
  return { offset, numbers, trailer, end: cursor.at }
}

/** Twenty bytes: offset, generation, `n` for an object in use, end of line. */
function readEntry(cursor: PdfCursor, number: number, numbers: [number, number][]): void {
  const line = String.fromCharCode(...cursor.bytes.subarray(cursor.at, cursor.at + 20))
  const found = /^(\d{10}) (\d{5}) ([nf])( \n|\r\n)$/.exec(line)
  if (!found) cursor.fail('An entry of the cross-reference table cannot be read')
  const isHead = number === 0 && line.startsWith('0000000000 65535 f')
  if (!isHead && (found[2] !== '00000' || found[3] !== 'n')) cursor.fail('The file lists a deleted object')
  if (!isHead) numbers.push([Number(found[1]), number])
  cursor.at += 20
}

/** Objects of one revision, one after the other with nothing but line ends between. */
function readObjects(bytes: Uint8Array, from: number, section: Section): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>()
  const cursor = new PdfCursor(bytes, from)
  for (const [start, number] of section.numbers) {
    cursor.skipSpace()
    if (cursor.at !== start) cursor.fail('Bytes stand between two objects, or an object is missing')
    if (objects.has(number)) cursor.fail(`Object ${number} is listed twice`)
    objects.set(number, readObject(cursor, number))
  }
  cursor.skipSpace()
  if (cursor.at !== section.offset) cursor.fail('Bytes stand between the objects and their table')
  return objects
}

function readObject(cursor: PdfCursor, number: number): PdfObject {
  const start = cursor.at
  cursor.expect(`${number} 0 obj\n`)
  const value = cursor.readValue()
  cursor.skipSpace()
  let stream: Uint8Array | null = null
  if (cursor.startsWith('stream')) {
    if (value.type !== 'dictionary') cursor.fail('A stream has no dictionary')
    stream = readStream(cursor, value)
  }
  cursor.expect('endobj')
  return { number, start, end: cursor.at, value, stream }
}

function readStream(cursor: PdfCursor, dictionary: PdfDictionary): Uint8Array {
  cursor.expect('stream\n')
  const length = dictionary.entries.get('Length')
  const size = asNumber(length)
  // An indirect length could be changed apart from its stream.
  if (size === null || asReference(length) !== null)
    return cursor.fail('A stream does not say its own length')
  const data = cursor.bytes.subarray(cursor.at, cursor.at + size)
  if (data.length !== size) cursor.fail('A stream is longer than the file')
  cursor.at += size
  if (isSpace(cursor.bytes[cursor.at])) cursor.skipSpace()
  cursor.expect('endstream')
  cursor.skipSpace()
  return data
}
