/** Values of ECDSA on P-256 with their two numbers, and the one form of them that our signatures have. */
import { concatBytes, DerError, encodeDer, encodeInteger, equalBytes, readDer, TAG } from './der.ts'

// Half the order of P-256 (SEC 2 §2.4.2). Of the two equal signatures (r, s) and (r, n − s), only the lower is ours:
// otherwise anybody could turn one valid file into another.
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** The signature with its s in the lower half. */
export function lowerSignature(signature: Uint8Array): Uint8Array {
  const s = toNumber(signature.subarray(32))
  return s > ORDER / 2n ? concatBytes(signature.subarray(0, 32), toBytes(ORDER - s)) : signature
}

/** The signature value as it stands in the message, and as a timestamp is made over it. */
export function encodeSignature(signature: Uint8Array): Uint8Array {
  return encodeDer(
    TAG.sequence,
    encodeInteger(signature.subarray(0, 32)),
    encodeInteger(signature.subarray(32)),
  )
}

/** @throws DerError */
export function decodeSignature(der: Uint8Array): Uint8Array {
  const signature = joinNumbers(der)
  if (!equalBytes(signature, lowerSignature(signature)))
    throw new DerError('The signature value is not in its lower form')
  return signature
}

/**
 * Both numbers as they are, 32 bytes each.
 * @throws DerError
 */
export function joinNumbers(der: Uint8Array): Uint8Array {
  const [r, s] = readDer(der).children
  return concatBytes(toBytes(toNumber(r?.content)), toBytes(toNumber(s?.content)))
}

function toNumber(bytes: Uint8Array | undefined): bigint {
  if (!bytes || bytes.length > 33) throw new DerError('The signature value has the wrong size')
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
}

function toBytes(number: bigint): Uint8Array {
  if (number <= 0n || number >= ORDER) throw new DerError('The signature value is out of range')
  const bytes = new Uint8Array(32)
  for (let at = 31, rest = number; at >= 0; at -= 1, rest /= 256n) bytes[at] = Number(rest % 256n)
  return bytes
}
