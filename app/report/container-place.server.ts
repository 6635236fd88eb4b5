/** The hole that is left in a PDF for a signature or a timestamp, and how it is filled. */
import { PdfArray, PdfNumber, PdfString } from '@libpdf/core'
import { SignError } from './sign-error.ts'

const PLACEHOLDER = 9_999_999_999
const RANGE = `[0 ${PLACEHOLDER} ${PLACEHOLDER} ${PLACEHOLDER}]`

/** The two entries that say what is covered and leave the room: numbers and digits that are written over later. */
export const emptyPlace = (containerBytes: number) => ({
  ByteRange: PdfArray.of(PdfNumber.of(0), ...[1, 2, 3].map(() => PdfNumber.of(PLACEHOLDER))),
  Contents: new PdfString(new Uint8Array(containerBytes), 'hex'),
})

/**
 * @param saved the file with one empty place behind `from`
 * @param place.make the container over what comes before the place and what comes behind it
 * @throws SignError `placeholder-missing`, and what `make` throws
 */
export async function fillPlace(
  saved: Uint8Array,
  place: {
    from: number
    containerBytes: number
    make: (before: Uint8Array, behind: Uint8Array) => Promise<Uint8Array>
  },
): Promise<Uint8Array> {
  const bytes = Buffer.from(saved)
  const empty = `<${'0'.repeat(place.containerBytes * 2)}>`
  const start = bytes.indexOf(empty, place.from, 'latin1')
  const rangeAt = bytes.indexOf(RANGE, place.from, 'latin1')
  if (start === -1 || rangeAt === -1)
    throw new SignError('placeholder-missing', 'The place of the signature was not found.')
  const end = start + empty.length
  bytes.write(`[0 ${start} ${end} ${bytes.length - end}]`.padEnd(RANGE.length, ' '), rangeAt, 'latin1')
  const made = await place.make(bytes.subarray(0, start), bytes.subarray(end))
  bytes.write(Buffer.from(made).toString('hex'), start + 1, 'latin1')
  return new Uint8Array(bytes)
}
