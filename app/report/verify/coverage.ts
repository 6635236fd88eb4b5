/** What each signature covers, and that what came after it was the next signature and nothing else. */
import { asDictionary, asNumber, asReference, describeValue, type PdfValue } from './pdf-syntax.ts'
import type { Revision } from './revisions.ts'
import { type SignatureField, words } from './signature-fields.ts'

/** The bytes that a signature covers: everything up to the end of its revision but its own container. */
export function coveredBytes(
  bytes: Uint8Array,
  { contents, end }: Pick<SignatureField, 'contents' | 'end'>,
): [Uint8Array, Uint8Array] {
  return [bytes.subarray(0, contents.start), bytes.subarray(contents.end, end)]
}

/**
 * Sentences on byte ranges that leave something uncovered.
 * @param signedEnd where the last signature's part has to end: at the end of the file, or where the archive begins
 */
export function listCoverageFaults(signedEnd: number, signatures: readonly SignatureField[]): string[] {
  const faults = signatures.flatMap(({ slot, byteRange, contents, end }) => {
    const [zero, first, second, rest, ...more] = byteRange
    const isWhole =
      zero === 0 &&
      first === contents.start &&
      second === contents.end &&
      second + (rest ?? 0) === end &&
      more.length === 0
    return isWhole ? [] : [`The signature of the ${words(slot)} does not cover everything before it.`]
  })
  const last = signatures.at(-1)
  if (last?.end !== signedEnd) faults.push('The last signature does not cover the end of the file.')
  return faults
}

/** Sentences on anything but the next signature that was added after the first one. */
export function listForeignAdditions(
  revisions: readonly Revision[],
  signatures: readonly SignatureField[],
): string[] {
  return signatures.slice(1).flatMap((signature) => additionsFor(revisions, signature))
}

function additionsFor(
  revisions: readonly Revision[],
  { slot, revision, fieldNumber, signature }: SignatureField,
): string[] {
  const added = revisions[revision]
  const before = revisions[revision - 1]
  if (!added || !before) return [`The addition of the ${words(slot)} is missing.`]
  const faults: string[] = []
  const foreign = [...added.objects.keys()].filter(
    (number) => number !== fieldNumber && number !== signature.number,
  )
  if (foreign.length > 0) {
    faults.push(
      `With the signature of the ${words(slot)}, other parts of the file were added or changed (objects ${foreign.slice(0, 5).join(', ')}).`,
    )
  }
  const size = asNumber(before.trailer.get('Size'))
  const isNew = size !== null && signature.number === size && asNumber(added.trailer.get('Size')) === size + 1
  if (!isNew)
    faults.push(`The signature of the ${words(slot)} replaces something that stood in the file before.`)
  if (!isFilledOnly(fieldNumber, added, revisions.slice(0, revision)))
    faults.push(`The field of the ${words(slot)} was changed in more than its signature.`)
  if (trailerOf(added) !== trailerOf(before))
    faults.push('The file was pointed at another beginning between two signatures.')
  return faults
}

/** Whether an empty field got its value with this revision, and nothing else about it changed. */
export function isFilledOnly(fieldNumber: number, added: Revision, earlier: readonly Revision[]): boolean {
  const before = earlier
    .map(({ objects }) => objects.get(fieldNumber)?.value)
    .findLast((value) => value !== undefined)
  const after = added.objects.get(fieldNumber)?.value
  return after !== undefined && without(after, 'V') === without(before, 'V') && !hasValue(before)
}

const hasValue = (field: PdfValue | undefined) => asReference(asDictionary(field)?.get('V')) !== null

function without(value: PdfValue | undefined, key: string): string | null {
  const entries = asDictionary(value)
  if (!entries) return null
  return describeValue({
    type: 'dictionary',
    entries: new Map([...entries].filter(([name]) => name !== key)),
  })
}

/** What the trailers of all revisions have in common. */
export function trailerOf({ trailer }: Revision): string {
  return ['Root', 'Info', 'ID'].map((key) => describeValue(trailer.get(key) ?? { type: 'null' })).join(' ')
}
