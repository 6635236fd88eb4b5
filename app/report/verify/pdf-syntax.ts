/**
 * Reads PDF values (ISO 32000-2 §7.3) in the plain forms that our writers use, and refuses all others.
 * A strict reader cannot be shown another document than the one a lenient viewer shows.
 */

export class PdfSyntaxError extends Error {
  override name = 'PdfSyntaxError'
  readonly code = 'pdf-syntax'
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(`${message} (byte ${offset})`)
  }
}

export interface PdfString {
  type: 'string'
  bytes: Uint8Array
  form: 'literal' | 'hex'
  /** Where it stands in the file, delimiters included. */
  start: number
  end: number
}
export interface PdfDictionary {
  type: 'dictionary'
  entries: Map<string, PdfValue>
}
export type PdfValue =
  | { type: 'null' }
  | { type: 'boolean'; value: boolean }
  | { type: 'number'; value: number }
  | { type: 'name'; value: string }
  | { type: 'array'; items: PdfValue[] }
  | { type: 'reference'; number: number }
  | PdfString
  | PdfDictionary

const MAX_DEPTH = 32

export const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39
const DELIMITERS = new Set(Array.from('()<>[]{}/%', (letter) => letter.charCodeAt(0)))
const isRegular = (byte: number | undefined) =>
  byte !== undefined && byte > 0x20 && byte < 0x7f && !DELIMITERS.has(byte)
const code = (letter: string) => letter.charCodeAt(0)

/** Walks forward over the bytes of a file; every method leaves `at` behind what it read. */
export class PdfCursor {
  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {}

  fail(message: string): never {
    throw new PdfSyntaxError(message, this.at)
  }

  skipSpace(): void {
    while (isSpace(this.bytes[this.at])) this.at += 1
  }

  startsWith(text: string): boolean {
    for (let index = 0; index < text.length; index += 1) {
      if (this.bytes[this.at + index] !== text.charCodeAt(index)) return false
    }
    return true
  }

  expect(text: string): void {
    if (!this.startsWith(text)) this.fail(`“${text.trim()}” was expected`)
    this.at += text.length
  }

  /** A whole number without a sign. */
  readCount(): number {
    const start = this.at
    while (isDigit(this.bytes[this.at]) && this.at - start < 10) this.at += 1
    if (this.at === start || isDigit(this.bytes[this.at])) this.fail('A number was expected')
    return Number(this.slice(start))
  }

  readValue(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) this.fail('Values nest too deep')
    this.skipSpace()
    const byte = this.bytes[this.at]
    if (byte === undefined) this.fail('The file ends within a value')
    if (byte === code('/')) return { type: 'name', value: this.readName() }
    if (byte === code('(')) return this.readLiteral()
    if (byte === code('[')) return this.readArray(depth)
    if (this.startsWith('<<')) return this.readDictionary(depth)
    if (byte === code('<')) return this.readHex()
    if (isDigit(byte) || byte === code('-') || byte === code('.')) return this.readNumberOrReference()
    return this.readKeyword()
  }

  private slice(start: number): string {
    return String.fromCharCode(...this.bytes.subarray(start, this.at))
  }

  private readWord(): string {
    const start = this.at
    while (isRegular(this.bytes[this.at]) && this.at - start < 256) this.at += 1
    return this.slice(start)
  }

  private readName(): string {
    this.at += 1
    return this.readWord().replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }

  private readKeyword(): PdfValue {
    const word = this.readWord()
    if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true' }
    if (word === 'null') return { type: 'null' }
    return this.fail('A value was expected')
  }

  private readNumberOrReference(): PdfValue {
    const word = this.readWord()
    if (!/^-?(\d{1,12}(\.\d*)?|\.\d+)$/.test(word)) this.fail('A number was expected')
    if (/^\d+$/.test(word) && this.startsWith(' 0 R') && !isRegular(this.bytes[this.at + 4])) {
      this.at += 4
      return { type: 'reference', number: Number(word) }
    }
    return { type: 'number', value: Number(word) }
  }

  private readArray(depth: number): PdfValue {
    this.at += 1
    const items: PdfValue[] = []
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.at] === code(']')) break
      items.push(this.readValue(depth + 1))
    }
    this.at += 1
    return { type: 'array', items }
  }

  private readDictionary(depth: number): PdfDictionary {
    this.at += 2
    const entries = new Map<string, PdfValue>()
    for (;;) {
      this.skipSpace()
      if (this.startsWith('>>')) break
      if (this.bytes[this.at] !== code('/')) this.fail('A key was expected')
      const key = this.readName()
      // Readers differ in which of two equal keys counts.
      if (entries.has(key)) this.fail(`The key /${key} stands twice`)
      entries.set(key, this.readValue(depth + 1))
    }
    this.at += 2
    return { type: 'dictionary', entries }
  }

  private readHex(): PdfString {
    const start = this.at
    this.at += 1
    const bytes: number[] = []
    for (;;) {
      const high = hexDigit(this.bytes[this.at])
      if (high === null) break
      const low = hexDigit(this.bytes[this.at + 1])
      if (low === null) this.fail('A hexadecimal string has an odd length')
      bytes.push(high * 16 + low)
      this.at += 2
    }
    this.expect('>')
    return { type: 'string', form: 'hex', bytes: Uint8Array.from(bytes), start, end: this.at }
  }

  private readLiteral(): PdfString {
    const start = this.at
    this.at += 1
    const bytes: number[] = []
    for (let open = 1; ; this.at += 1) {
      let byte = this.bytes[this.at]
      if (byte === undefined) this.fail('The file ends within a string')
      if (byte === code('(')) open += 1
      if (byte === code(')')) open -= 1
      if (open === 0) break
      if (byte === code('\\')) {
        this.at += 1
        byte = this.readEscape()
      }
      bytes.push(byte)
    }
    this.at += 1
    return { type: 'string', form: 'literal', bytes: Uint8Array.from(bytes), start, end: this.at }
  }

  private readEscape(): number {
    const byte = this.bytes[this.at]
    const letter = byte === undefined ? '' : String.fromCharCode(byte)
    const control = { n: 10, r: 13, t: 9, b: 8, f: 12, '(': 40, ')': 41, '\\': 92 }[letter]
    if (control !== undefined) return control
    const octal = /^[0-7]{3}/.exec(String.fromCharCode(...this.bytes.subarray(this.at, this.at + 3)))
    if (!octal) return this.fail('A string has an escape that this verifier does not know')
    this.at += 2
    return Number.parseInt(octal[0], 8) & 0xff
  }
}

function hexDigit(byte: number | undefined): number | null {
  if (byte === undefined) return null
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57
  return null
}

export const asDictionary = (value: PdfValue | undefined) =>
  value?.type === 'dictionary' ? value.entries : null
export const asArray = (value: PdfValue | undefined) => (value?.type === 'array' ? value.items : null)
export const asReference = (value: PdfValue | undefined) =>
  value?.type === 'reference' ? value.number : null
export const asNumber = (value: PdfValue | undefined) => (value?.type === 'number' ? value.value : null)
export const asName = (value: PdfValue | undefined) => (value?.type === 'name' ? value.value : null)

/** Text of a string in ASCII or marked UTF-16, the two forms that the signer writes; null for others. */
export function asText(value: PdfValue | undefined): string | null {
  if (value?.type !== 'string') return null
  const { bytes } = value
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2))
  return bytes.every((byte) => byte < 0x80) ? String.fromCharCode(...bytes) : null
}

/** One text for values that mean the same, whatever the order of their keys and wherever they stand. */
export function describeValue(value: PdfValue): string {
  switch (value.type) {
    case 'string':
      return `(${Array.from(value.bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')})`
    case 'array':
      return `[${value.items.map(describeValue).join(' ')}]`
    case 'dictionary': {
      const keys = [...value.entries.keys()].sort()
      return `<<${keys.map((key) => `/${key} ${describeValue(value.entries.get(key) ?? { type: 'null' })}`).join(' ')}>>`
    }
    case 'reference':
      return `${value.number} R`
    case 'name':
      return `/${value.value}`
    case 'null':
      return 'null'
    default:
      return String(value.value)
  }
}
