/** What each signature covers, and that what came after it was the next signature and nothing else. */
import { asDictionary, asNumber, asReference, describeValue, type PdfValue } from './pdf-syntax.ts'
import type { Revision } from './revisions.ts'
import { type SignatureField, words } from './signature-fields.ts'

/** The bytes that a signature covers: everything up to the end of its revision but its own container. */
export function coveredBytes(bytes: Uint8Array, { contents, end }: SignatureField): [Uint8Array, Uint8Array] {
  return [bytes.subarray(0, contents.start), bytes.subarray(contents.end, end)]
}

/** Sentences on byte ranges that leave something uncovered. */
export function listCoverageFaults(bytes: Uint8Array, signatures: readonly SignatureField[]): string[] {
  const faults = signatures.flatMap(({ role, byteRange, contents, end }) => {
    const [zero, first, second, rest, ...more] = byteRange
    const isWhole =
      zero === 0 &&
      first === contents.start &&
      second === contents.end &&
      second + (rest ?? 0) === end &&
      more.length === 0
    return isWhole ? [] : [`The signature of the ${words(role)} does not cover everything before it.`]
  })
  const last = signatures.at(-1)
  if (last?.end !== bytes.length) faults.push('The last signature does not cover the end of the file.')
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
  { role, revision, fieldNumber, signature }: SignatureField,
): string[] {
  const added = revisions[revision]
  const before = revisions[revision - 1]
  if (!added || !before) return [`The addition of the ${words(role)} is missing.`]
  const faults: string[] = []
  const foreign = [...added.objects.keys()].filter(
    (number) => number !== fieldNumber && number !== signature.number,
  )
  if (foreign.length > 0) {
    faults.push(
      `With the signature of the ${words(role)}, other parts of the file were added or changed (objects ${foreign.slice(0, 5).join(', ')}).`,
    )
  }
  const size = asNumber(before.trailer.get('Size'))
  const isNew = size !== null && signature.number === size && asNumber(added.trailer.get('Size')) === size + 1
  if (!isNew)
    faults.push(`The signature of the ${words(role)} replaces something that stood in the file before.`)
  const earlierField = revisions
    .slice(0, revision)
    .map(({ objects }) => objects.get(fieldNumber)?.value)
    .findLast((value) => value !== undefined)
  const laterField = added.objects.get(fieldNumber)?.value
  if (!laterField || without(laterField, 'V') !== without(earlierField, 'V') || hasValue(earlierField)) {
    faults.push(`The field of the ${words(role)} was changed in more than its signature.`)
  }
  if (trailerOf(added) !== trailerOf(before))
    faults.push('The file was pointed at another beginning between two signatures.')
  return faults
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

function trailerOf({ trailer }: Revision): string {
  return ['Root', 'Info', 'ID'].map((key) => describeValue(trailer.get(key) ?? { type: 'null' })).join(' ')
}
