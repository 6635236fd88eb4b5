/** The YAML text of an edition with the place of every value, so that a problem can point at its line. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import { sentenceFor } from './syntax-sentences.ts'

export type Path = readonly PropertyKey[]

export interface Place {
  line: number
  column: number
}

export type DefinitionSource =
  | { ok: true; data: unknown; placeOf: (path: Path, key?: string) => Place }
  | { ok: false; problem: Place & { message: string } }

/** An edition is written by hand: these bounds are far above any real one and keep hostile files harmless. */
const MAXIMUM_LENGTH = 1_000_000
const MAXIMUM_DEPTH = 40
const START: Place = { line: 1, column: 1 }

/** Never throws. */
export function readDefinitionSource(text: string): DefinitionSource {
  if (text.length > MAXIMUM_LENGTH) {
    return refuse(START, 'The file is longer than a million characters. Split it into several forms.')
  }
  const at = placesIn(text)
  const broken = text.indexOf('\ufffd')
  if (broken >= 0) return refuse(at(broken), 'The file is not UTF-8 text. Save it as UTF-8.')
  try {
    const tooDeep = findTooDeep(text)
    if (tooDeep >= 0) return refuse(at(tooDeep), TOO_DEEP)
    return readDocument(text, at)
  } catch {
    // The parser recurses, and so may exhaust the stack on input that the checks above let through.
    return refuse(START, 'The file cannot be read as YAML. Simplify its structure.')
  }
}

const TOO_DEEP = `Values are nested more than ${MAXIMUM_DEPTH} deep. Simplify the condition.`

function refuse(place: Place, message: string): DefinitionSource {
  return { ok: false, problem: { ...place, message } }
}

/** Counted in the text itself: the library's own counter loses lines where it skips over faults. */
function placesIn(text: string): (offset: number) => Place {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return (offset) => {
    const wanted = Math.max(0, Math.min(offset, text.length))
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= wanted) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: wanted - (starts[low] ?? 0) + 1 }
  }
}

function readDocument(text: string, at: (offset: number) => Place): DefinitionSource {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true })
  const fault = firstFault(document)
  if (fault) return refuse(at(openingOf(document, fault) ?? fault.pos[0]), sentenceFor(fault))
  const unsupported = findUnsupported(document)
  if (unsupported) return refuse(at(unsupported.offset), unsupported.message)
  return {
    ok: true,
    data: document.toJS({ maxAliasCount: 0 }) as unknown,
    placeOf: (path, key) => at(offsetOf(document, path, key)),
  }
}

/** What follows from one slip of the pen can be thousands of faults: the first in the text is the one that was made. */
function firstFault({ errors, warnings }: Document): YAMLError | null {
  const faults: readonly YAMLError[] = errors.length > 0 ? errors : warnings
  const isBefore = (one: YAMLError, other: YAMLError) =>
    // In one place, brackets tell what is missing; that the line reads on is what follows from it.
    one.pos[0] < other.pos[0] || (one.pos[0] === other.pos[0] && one.code === 'BLOCK_IN_FLOW')
  return faults.reduce<YAMLError | null>(
    (first, fault) => (first && !isBefore(fault, first) ? first : fault),
    null,
  )
}

/** Where a quotation mark was opened that nothing closes: the library only knows where the text ran out. */
function openingOf(document: Document, fault: YAMLError): number | undefined {
  if (fault.code !== 'MISSING_CHAR') return undefined
  let opening: number | undefined
  visit(document, {
    Scalar(_, { type, range }) {
      const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE'
      if (!isQuoted || !range || range[1] !== fault.pos[0]) return
      opening = range[0]
      return visit.BREAK
    },
  })
  return opening
}

/** Marks that the lexer puts between the pieces of the text: document, flow error, scalar. */
const LEXER_MARKS = ['\u0002', '\u0018', '\u001f']

/** What nests without indenting, brackets and "- - -", is counted before the parser recurses on it. */
function findTooDeep(text: string): number {
  let offset = 0
  let brackets = 0
  let dashes = 0
  for (const token of new Lexer().lex(text)) {
    if (LEXER_MARKS.includes(token)) continue
    if (token.includes('\n')) dashes = 0
    if (token === '[' || token === '{') brackets++
    if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1)
    if (token === '-' || token === '?') dashes++
    if (brackets + dashes > MAXIMUM_DEPTH) return offset
    offset += token.length
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
