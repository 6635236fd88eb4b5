/** The words, numbers and signs of a condition written as text, each with its place. */

export type Token =
  | { kind: 'word'; text: string; at: number }
  /** In quotation marks: never a keyword. */
  | { kind: 'quoted'; text: string; at: number }
  | { kind: 'number'; text: string; at: number }
  | { kind: 'sign'; text: '(' | ')' | ',' | '=' | '!=' | '>='; at: number }
  | { kind: 'end'; text: ''; at: number }

export interface TextProblem {
  /** Characters before the place at fault. */
  at: number
  message: string
}

const SPACE = /\s+/y
const NUMBER = /[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?(?![\w.-])/iy
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*/uy
const SIGN = /!=|>=|[(),=≥≠]/y
const QUOTED = /"((?:[^"\\]|\\.)*)"|“((?:[^”\\]|\\.)*)”/suy

export function tokenise(text: string): Token[] | TextProblem {
  const tokens: Token[] = []
  const match = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  for (let at = 0; at < text.length; ) {
    const space = match(SPACE, at)
    if (space) {
      at += space[0].length
      continue
    }
    const quoted = match(QUOTED, at)
    const number = quoted ? null : match(NUMBER, at)
    const word = quoted || number ? null : match(WORD, at)
    const found = quoted ?? number ?? word ?? match(SIGN, at)
    if (!found) {
      const message =
        text[at] === '"' || text[at] === '“'
          ? 'This quotation mark is never closed. Close it.'
          : `“${[...text.slice(at)][0]}” has no meaning here. Remove it, or put the name in quotation marks.`
      return { at, message }
    }
    if (quoted) tokens.push({ kind: 'quoted', text: unquote(quoted[1] ?? quoted[2] ?? ''), at })
    else if (number) tokens.push({ kind: 'number', text: number[0], at })
    else if (word) tokens.push({ kind: 'word', text: word[0], at })
    else tokens.push({ kind: 'sign', text: signOf(found[0]), at })
    at += found[0].length
  }
  tokens.push({ kind: 'end', text: '', at: text.length })
  return tokens
}

function signOf(text: string) {
  if (text === '≥') return '>='
  if (text === '≠') return '!='
  return text as '(' | ')' | ',' | '=' | '!=' | '>='
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

function unquote(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})|\\(.)/gsu, (_, code: string | undefined, letter: string) =>
    code === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** Text between quotation marks on one line, whatever it holds. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]|[\p{Cc}\p{Cs}\u2028\u2029]/gu, (found) =>
    found === '"' || found === '\\'
      ? `\\${found}`
      : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}"`
}
