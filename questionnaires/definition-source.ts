/** The YAML text of an edition with the place of every value, so that a problem can point at its line. */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

export type Path = readonly PropertyKey[]

export interface Place {
  line: number
  column: number
}

export type DefinitionSource =
  | { ok: true; data: unknown; placeOf: (path: Path, key?: string) => Place }
  | { ok: false; problems: (Place & { message: string })[] }

/** An edition is written by hand: these bounds are far above any real one and keep hostile files harmless. */
const MAXIMUM_LENGTH = 1_000_000
const MAXIMUM_DEPTH = 40
const START: Place = { line: 1, column: 1 }

/** Never throws. */
export function readDefinitionSource(text: string): DefinitionSource {
  if (text.length > MAXIMUM_LENGTH) {
    return refuse(START, 'The file is longer than a million characters. Split it into several forms.')
  }
  const broken = text.indexOf('\ufffd')
  if (broken >= 0) return refuse(placeAt(text, broken), 'The file is not UTF-8 text. Save it as UTF-8.')
  const tooDeep = findTooDeep(text)
  if (tooDeep >= 0) return refuse(placeAt(text, tooDeep), TOO_DEEP)
  try {
    return readDocument(text)
  } catch {
    // The parser recurses, and so may exhaust the stack on input that the checks above let through.
    return refuse(START, 'The file cannot be read as YAML. Simplify its structure.')
  }
}

const TOO_DEEP = `Values are nested more than ${MAXIMUM_DEPTH} deep. Simplify the condition.`

function refuse(place: Place, message: string): DefinitionSource {
  return { ok: false, problems: [{ ...place, message }] }
}

function readDocument(text: string): DefinitionSource {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.max(0, Math.min(offset, text.length)))
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) {
    return {
      ok: false,
      problems: faults.map((fault) => ({
        ...at(fault.pos[0]),
        message:
          fault.code === 'MULTIPLE_DOCS'
            ? 'A second document starts here. Keep one form a file.'
            : asSentence(fault.message),
      })),
    }
  }
  const unsupported = findUnsupported(document)
  if (unsupported) return refuse(at(unsupported.offset), unsupported.message)
  return {
    ok: true,
    data: document.toJS({ maxAliasCount: 0 }) as unknown,
    placeOf: (path, key) => at(offsetOf(document, path, key)),
  }
}

/** What nests without indenting, brackets and "- - -", is counted in the text: the parser recurses on it. */
function findTooDeep(text: string): number {
  let brackets = 0
  let dashes = 0
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset]
    if (character === '\n') dashes = 0
    if (character === '[' || character === '{') brackets++
    if (character === ']' || character === '}') brackets = Math.max(0, brackets - 1)
    if ((character === '-' || character === '?') && text[offset + 1] === ' ') dashes++
    if (brackets + dashes > MAXIMUM_DEPTH) return offset
  }
  return -1
}

/** Aliases would give one value two places, and YAML's expansion of them is a known way to exhaust memory. */
function findUnsupported(document: Document): { offset: number; message: string } | null {
  const pending: { node: unknown; depth: number }[] = [{ node: document.contents, depth: 0 }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, depth } = next
    const offset = (isNode(node) && node.range?.[0]) || 0
    if (isAlias(node)) return { offset, message: 'Write the value out: aliases are not supported.' }
    if (depth > MAXIMUM_DEPTH) return { offset, message: TOO_DEEP }
    if (isSeq(node)) for (const item of node.items) pending.push({ node: item, depth: depth + 1 })
    if (!isMap(node)) continue
    for (const { key, value } of node.items) {
      if (!isScalar(key)) return { offset, message: 'Use plain words as keys.' }
      pending.push({ node: value, depth: depth + 1 })
    }
  }
  return null
}

/** Offset of the value at `path`, of its `key` where one is named, else of the nearest value that exists. */
function offsetOf(document: Document, path: Path, key?: string): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const step of path) {
    const pair = isMap(node) ? node.items.find((item) => isKeyNamed(item.key, step)) : undefined
    const child = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined
    if (!pair && child === undefined) return offset
    offset = startOf(child) ?? startOf(pair?.key) ?? offset
    node = child
  }
  if (key === undefined || !isMap(node)) return offset
  return startOf(node.items.find((item) => isKeyNamed(item.key, key))?.key) ?? offset
}

function isKeyNamed(key: unknown, step: PropertyKey): boolean {
  return isScalar(key) && String(key.value) === String(step)
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function asSentence(message: string): string {
  const [first = ''] = message.split('\n')
  return /[.!?]$/.test(first) ? first : `${first}.`
}
