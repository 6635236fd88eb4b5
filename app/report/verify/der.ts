/**
 * Strict DER (ITU-T X.690): the encoding of certificates and signature containers.
 * pkijs reads the laxer BER, in which one message has many encodings; a signed file must have one only.
 */

export class DerError extends Error {
  override name = 'DerError'
  readonly code = 'not-der'
}

export interface DerNode {
  tag: number
  /** The whole element, tag and length included. */
  bytes: Uint8Array
  content: Uint8Array
  /** Empty where the element is primitive. */
  children: DerNode[]
}

// Our messages nest nine deep; a bound keeps hostile ones off the stack.
const MAX_DEPTH = 24
const CONSTRUCTED = 0x20

/**
 * Reads one element that fills `bytes` to the end.
 * @throws DerError for indefinite, long or overrunning lengths, long tags, deep nesting, loose integers or trailing bytes
 */
export function readDer(bytes: Uint8Array): DerNode {
  const node = readNode(bytes, 0, 0)
  if (node.bytes.length !== bytes.length) throw new DerError('Bytes follow the end of the element')
  return node
}

/** The length that the element at the start of `bytes` says it has; null where that cannot be. */
export function sizeOfDer(bytes: Uint8Array): number | null {
  try {
    const { start, length } = readLength(bytes, 1)
    return start + length <= bytes.length ? start + length : null
  } catch {
    return null
  }
}

function readNode(bytes: Uint8Array, at: number, depth: number): DerNode {
  const tag = bytes[at]
  if (tag === undefined) throw new DerError('An element is cut off')
  if (depth > MAX_DEPTH) throw new DerError('Elements nest too deep')
  if ((tag & 0x1f) === 0x1f) throw new DerError('A tag has more than one byte')
  const { start, length } = readLength(bytes, at + 1)
  const end = start + length
  if (end > bytes.length) throw new DerError('An element is longer than what holds it')
  const content = bytes.subarray(start, end)
  const children: DerNode[] = []
  if (tag & CONSTRUCTED) {
    for (let next = 0; next < content.length; ) {
      const child = readNode(content, next, depth + 1)
      children.push(child)
      next += child.bytes.length
    }
  } else checkPrimitive(tag, content)
  return { tag, bytes: bytes.subarray(at, end), content, children }
}

function readLength(bytes: Uint8Array, at: number): { start: number; length: number } {
  const first = bytes[at]
  if (first === undefined) throw new DerError('A length is missing')
  if (first < 0x80) return { start: at + 1, length: first }
  const size = first & 0x7f
  if (size === 0) throw new DerError('A length is indefinite')
  if (size > 3) throw new DerError('A length is too large')
  let length = 0
  for (let index = 1; index <= size; index += 1) {
    const byte = bytes[at + index]
    if (byte === undefined) throw new DerError('A length is cut off')
    length = length * 256 + byte
  }
  const isMinimal = length >= 0x80 && length >= 256 ** (size - 1)
  if (!isMinimal) throw new DerError('A length is written longer than needed')
  return { start: at + 1 + size, length }
}

function checkPrimitive(tag: number, content: Uint8Array): void {
  const [first = 0, second = 0] = content
  if (tag === TAG.boolean && (content.length !== 1 || (first !== 0 && first !== 0xff))) {
    throw new DerError('A truth value is not written as DER wants')
  }
  if (tag === TAG.integer) {
    const isPadded =
      content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
    if (content.length === 0 || isPadded) throw new DerError('A number is not written as DER wants')
  }
  if (tag === TAG.null && content.length !== 0) throw new DerError('An empty value has content')
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific, constructed. */
  context: (number: number) => 0xa0 | number,
} as const

export function encodeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const size: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256)
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | size.length, ...size]
  return concatBytes(Uint8Array.from(head), ...parts)
}

export function encodeOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const arc of rest) {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left % 128) | 0x80)
    bytes.push(...groups)
  }
  return encodeDer(TAG.oid, Uint8Array.from(bytes))
}

/** A non-negative integer from its big-endian bytes. */
export function encodeInteger(bytes: Uint8Array): Uint8Array {
  let from = 0
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1
  const magnitude = bytes.subarray(from)
  const needsSign = (magnitude[0] ?? 0) >= 0x80
  return encodeDer(TAG.integer, needsSign ? Uint8Array.of(0) : new Uint8Array(), magnitude)
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
