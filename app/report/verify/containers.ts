/** Reads the signature containers: strict hexadecimal digits, one strict message, and zeros behind it. */
import { sizeOfDer } from './der.ts'
import type { PdfString } from './pdf-syntax.ts'
import { CheckFailure } from './results.ts'
import { type SignatureField, words } from './signature-fields.ts'
import { decodeSignedMessage, type SignedMessage } from './signed-message.ts'

export interface Container extends SignedMessage {
  field: SignatureField
  /** The message without its padding. */
  der: Uint8Array
}

/** @throws CheckFailure */
export function readContainer(bytes: Uint8Array, field: SignatureField): Container {
  const who = `The signature of the ${words(field.slot)}`
  const der = readPadded(bytes, field.contents, who)
  try {
    return { field, der, ...decodeSignedMessage(der) }
  } catch (error) {
    throw new CheckFailure(
      `${who} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    )
  }
}

/**
 * The padding behind a message is the only part of the file that no signature covers: nothing but zeros may stand there.
 * @returns the message without it
 * @throws CheckFailure
 */
export function readPadded(bytes: Uint8Array, contents: PdfString, who: string): Uint8Array {
  if (contents.form !== 'hex') throw new CheckFailure(`${who} is not written in hexadecimal digits.`)
  for (let at = contents.start + 1; at < contents.end - 1; at += 1) {
    const digit = bytes[at] ?? 0
    const isLowerHex = (digit >= 0x30 && digit <= 0x39) || (digit >= 0x61 && digit <= 0x66)
    if (!isLowerHex) throw new CheckFailure(`${who} is not written in lower-case hexadecimal digits.`)
  }
  const size = sizeOfDer(contents.bytes)
  if (size === null) throw new CheckFailure(`${who} cannot be read.`)
  if (contents.bytes.subarray(size).some((byte) => byte !== 0)) {
    throw new CheckFailure(`${who} is followed by something other than empty space.`)
  }
  return contents.bytes.subarray(0, size)
}
