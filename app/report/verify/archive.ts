/**
 * The archive of a report (PAdES B-LTA, ETSI EN 319 142-1 §5.5): one addition behind the last signature that holds
 * certificates, revocation lists and a timestamp over the whole file. Its place is made with the first signature, so
 * that the addition changes nothing but an empty dictionary and an empty field.
 */
import { followDictionary, type Objects, unpackStream } from './attachment.ts'
import { readPadded } from './containers.ts'
import { coveredBytes, isFilledOnly, trailerOf } from './coverage.ts'
import {
  asArray,
  asDictionary,
  asName,
  asNumber,
  asReference,
  asText,
  describeValue,
  type PdfString,
  type PdfValue,
} from './pdf-syntax.ts'
import { CheckFailure, failOn } from './results.ts'
import type { PdfObject, Revision } from './revisions.ts'

export const ARCHIVE_FIELD = 'archive-timestamp'

/** Where the archive of a report stands. */
export interface ArchivePlace {
  fieldNumber: number
  /** Of the dictionary that lists certificates and revocation lists. */
  storeNumber: number
  /** Null as long as there is a place only. */
  timestampNumber: number | null
}

/** What the addition holds, taken apart and not judged yet. */
export interface Archive {
  /** RFC 3161 token, DER. */
  token: Uint8Array
  covered: [Uint8Array, Uint8Array]
  /** Of issuers of timestamps, DER. */
  certificates: Uint8Array[]
  /** DER. */
  revocationLists: Uint8Array[]
}

const STORE_KEYS = ['CRLs', 'Certs', 'Type']
const TIMESTAMP_KEYS = ['ByteRange', 'Contents', 'Filter', 'SubFilter', 'Type']
// A chain has a few certificates of some kB; lists of large issuers are left out when a report is archived.
const MOST_CERTIFICATES = 8
const MOST_LISTS = 8
const MOST_ADDED_BYTES = 512 * 1024

/**
 * @returns null for a report that was signed where no timestamp authority was configured
 * @throws CheckFailure for half a place
 */
export function findArchive(objects: Objects, catalog: Map<string, PdfValue>): ArchivePlace | null {
  const fields = asArray(followDictionary(objects, catalog.get('AcroForm'))?.get('Fields')) ?? []
  const last = followDictionary(objects, fields.at(-1))
  const isThere = asText(last?.get('T')) === ARCHIVE_FIELD
  if (!isThere && !catalog.has('DSS')) return null
  const fieldNumber = asReference(fields.at(-1))
  const storeNumber = asReference(catalog.get('DSS'))
  if (!isThere || fieldNumber === null || storeNumber === null || asName(last?.get('FT')) !== 'Sig')
    throw new CheckFailure('The file has half a place for an archive timestamp.')
  const timestampNumber = asReference(last?.get('V'))
  if (timestampNumber === null && last?.has('V'))
    throw new CheckFailure('The archive timestamp is of a kind that this verifier does not know.')
  return { fieldNumber, storeNumber, timestampNumber }
}

/**
 * Takes the addition apart, and makes sure that it holds nothing else.
 * @returns null where no timestamp was to be had when the report was signed
 * @throws CheckFailure
 */
export async function readArchive(
  bytes: Uint8Array,
  revisions: readonly Revision[],
  place: ArchivePlace,
): Promise<Archive | null> {
  const prepared = revisions[1]?.objects.get(place.storeNumber)?.value
  if (!prepared || describeValue(prepared) !== '<</Type /DSS>>')
    throw new CheckFailure('The place for certificates and revocation lists was not empty from the start.')
  if (place.timestampNumber === null) return null
  const added = revisions.at(-1)
  const before = revisions.at(-2)
  const timestamp = added?.objects.get(place.timestampNumber)
  const store = added?.objects.get(place.storeNumber)
  if (!added || !before || !timestamp || !store)
    throw new CheckFailure('The archive timestamp does not stand in its own part of the file.')
  const listed = { certificates: listOf(store, 'Certs'), revocationLists: listOf(store, 'CRLs') }
  if (listed.certificates.length > MOST_CERTIFICATES || listed.revocationLists.length > MOST_LISTS)
    throw new CheckFailure('The archive holds more than any report needs.')
  const streams = [...listed.certificates, ...listed.revocationLists]
  failOn(listForeignReferences(revisions.slice(0, -1), place))
  failOn(listAdditionFaults({ added, before, earlier: revisions.slice(0, -1), place, streams }))
  const { contents, byteRange } = readTimestamp(timestamp)
  const field = { contents, end: added.end }
  if (byteRange.join() !== [0, contents.start, contents.end, bytes.length - contents.end].join())
    throw new CheckFailure('The archive timestamp does not cover the whole file.')
  return {
    token: readPadded(bytes, contents, 'The archive timestamp'),
    covered: coveredBytes(bytes, field),
    certificates: await readStreams(added, listed.certificates),
    revocationLists: await readStreams(added, listed.revocationLists),
  }
}

function listOf(store: PdfObject, key: 'Certs' | 'CRLs'): number[] {
  const entries = asDictionary(store.value)
  const references = asArray(entries?.get(key))?.map(asReference)
  const isStore = entries && [...entries.keys()].sort().join() === STORE_KEYS.join()
  if (!isStore || asName(entries.get('Type')) !== 'DSS' || !references?.every((number) => number !== null))
    throw new CheckFailure('The list of certificates and revocation lists is of a kind that no report has.')
  return references
}

interface Addition {
  added: Revision
  before: Revision
  earlier: readonly Revision[]
  place: ArchivePlace
  streams: readonly number[]
}

function listAdditionFaults({ added, before, earlier, place, streams }: Addition): string[] {
  const faults: string[] = []
  const fresh = [Number(place.timestampNumber), ...streams].sort((a, b) => a - b)
  const expected = new Set([...fresh, place.fieldNumber, place.storeNumber])
  const foreign = [...added.objects.keys()].filter((number) => !expected.has(number))
  if (foreign.length > 0)
    faults.push(
      `With the archive timestamp, other parts of the file were added or changed (objects ${foreign.slice(0, 5).join(', ')}).`,
    )
  // Numbers from the first free one on, each once: nothing is replaced, nothing stands there twice.
  const size = asNumber(before.trailer.get('Size')) ?? Number.NaN
  const isNew =
    fresh.every((number, index) => number === size + index) &&
    asNumber(added.trailer.get('Size')) === size + fresh.length
  if (!isNew) faults.push('The archive timestamp replaces something that stood in the file before.')
  if (!isFilledOnly(place.fieldNumber, added, earlier))
    faults.push('The field of the archive timestamp was changed in more than its timestamp.')
  if (trailerOf(added) !== trailerOf(before))
    faults.push('The file was pointed at another beginning with the archive timestamp.')
  return faults
}

/**
 * Nothing that was signed may lead to what the archive adds or fills: a page that refers to an object that was not
 * there would show something else afterwards.
 */
function listForeignReferences(earlier: readonly Revision[], place: ArchivePlace): string[] {
  const size = asNumber(earlier.at(-1)?.trailer.get('Size')) ?? 0
  let uses = 0
  for (const { objects } of earlier)
    for (const { value } of objects.values())
      for (const number of referencesIn(value)) {
        if (number >= size) return [`The file refers to an object that it did not hold (${number}).`]
        if (number === place.storeNumber) uses += 1
      }
  // Once, from the catalogue.
  return uses === 1 ? [] : ['The list of certificates and revocation lists is used elsewhere in the file.']
}

function* referencesIn(value: PdfValue): Generator<number> {
  if (value.type === 'reference') yield value.number
  if (value.type === 'array') for (const item of value.items) yield* referencesIn(item)
  if (value.type === 'dictionary') for (const item of value.entries.values()) yield* referencesIn(item)
}

function readTimestamp({ value }: PdfObject): { contents: PdfString; byteRange: (number | null)[] } {
  const entries = asDictionary(value)
  const contents = entries?.get('Contents')
  const isOurs =
    entries &&
    [...entries.keys()].sort().join() === TIMESTAMP_KEYS.join() &&
    asName(entries.get('Type')) === 'DocTimeStamp' &&
    asName(entries.get('Filter')) === 'Adobe.PPKLite' &&
    asName(entries.get('SubFilter')) === 'ETSI.RFC3161'
  if (!isOurs || contents?.type !== 'string')
    throw new CheckFailure('The archive timestamp is of a kind that this verifier does not know.')
  return { contents, byteRange: asArray(entries.get('ByteRange'))?.map(asNumber) ?? [] }
}

function readStreams({ objects }: Revision, numbers: readonly number[]): Promise<Uint8Array[]> {
  return Promise.all(
    numbers.map((number) => {
      const file = objects.get(number)
      const dictionary = asDictionary(file?.value)
      const keys = [...(dictionary?.keys() ?? [])].filter((key) => key !== 'Filter')
      if (!file?.stream || !dictionary || keys.join() !== 'Length')
        throw new CheckFailure(
          'A certificate or revocation list in the file is of a kind that no report has.',
        )
      return unpackStream(file.stream, dictionary, {
        what: 'A certificate or revocation list in the file',
        atMost: MOST_ADDED_BYTES,
      })
    }),
  )
}
