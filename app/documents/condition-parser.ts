/** Builds a condition out of its tokens, or says at which of them it stops making sense. */
import { currencyExponent } from '#questionnaires/currency.ts'
import type { Condition } from '#questionnaires/definition.ts'
import type { TextProblem, Token } from './condition-tokens.ts'
import { shiftPoint } from './decimal-shift.ts'

// No author nests deeper, and the parser recurses.
const DEEPEST = 40

/** Carries a problem out of the recursion; never leaves this file. */
class Refusal extends Error {
  constructor(readonly problem: TextProblem) {
    super(problem.message)
  }
}

/** @param tokens ends with an `end` token */
export function parseTokens(
  tokens: readonly Token[],
): { ok: true; condition: Condition } | { ok: false; problem: TextProblem } {
  const reader = createReader(tokens)
  try {
    const condition = parseGroup(reader, 'or', 0)
    const rest = reader.peek()
    if (rest.kind !== 'end') {
      throw refuse(rest, `${shown(rest)} cannot follow here. Join two tests with “and” or “or”.`)
    }
    return { ok: true, condition }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ok: false, problem: error.problem }
  }
}

interface Reader {
  peek(): Token
  next(): Token
  /** Takes the next token if it is this word or sign, in whatever letter case. */
  take(text: string): boolean
}

function createReader(tokens: readonly Token[]): Reader {
  const last = tokens.at(-1) ?? { kind: 'end', text: '', at: 0 }
  let position = 0
  const peek = () => tokens[position] ?? last
  return {
    peek,
    next() {
      const token = peek()
      position += 1
      return token
    },
    take(text) {
      const token = peek()
      const fits = (token.kind === 'word' || token.kind === 'sign') && token.text.toLowerCase() === text
      if (fits) position += 1
      return fits
    },
  }
}

function parseGroup(reader: Reader, joint: 'and' | 'or', depth: number): Condition {
  const { at } = reader.peek()
  if (depth > DEEPEST)
    throw new Refusal({ at, message: 'Parentheses are nested too deeply. Simplify the condition.' })
  const parsePart = () => (joint === 'or' ? parseGroup(reader, 'and', depth) : parseOperand(reader, depth))
  const parts = [parsePart()]
  while (reader.take(joint)) parts.push(parsePart())
  const [only] = parts
  if (parts.length === 1 && only) return only
  return joint === 'or' ? { any: parts } : { all: parts }
}

function parseOperand(reader: Reader, depth: number): Condition {
  if (depth > DEEPEST) {
    throw new Refusal({
      at: reader.peek().at,
      message: '“not” is nested too deeply. Simplify the condition.',
    })
  }
  if (reader.take('not')) return { not: parseOperand(reader, depth + 1) }
  if (reader.take('(')) {
    const inner = parseGroup(reader, 'or', depth + 1)
    expect(reader, ')')
    return inner
  }
  for (const kind of ['all', 'any'] as const) {
    if (reader.take(kind)) return parseCall(reader, kind, depth)
  }
  return parseTest(reader)
}

/** `all(a, b)`: the same as `(a and b)`, and the only way to write a group of one. */
function parseCall(reader: Reader, kind: 'all' | 'any', depth: number): Condition {
  expect(reader, '(')
  const parts = [parseGroup(reader, 'or', depth + 1)]
  while (reader.take(',')) parts.push(parseGroup(reader, 'or', depth + 1))
  expect(reader, ')')
  return kind === 'all' ? { all: parts } : { any: parts }
}

function parseTest(reader: Reader): Condition {
  const subject = reader.next()
  if (subject.kind !== 'word' && subject.kind !== 'quoted') {
    throw refuse(subject, `A test starts with the name of a question, not with ${shown(subject)}.`)
  }
  const word = subject.kind === 'word' ? subject.text.toLowerCase() : ''
  switch (word) {
    case 'and':
    case 'or':
    case 'in':
    case 'includes':
      throw refuse(subject, `${shown(subject)} cannot stand here. Write a test before it.`)
    case 'revenue': {
      expect(reader, '>=')
      const { atLeast, currency } = parseAmount(reader)
      if (currency === null) throw refuse(reader.peek(), 'Write the currency behind the amount, such as USD.')
      return { circumstance: 'revenue', atLeast, currency }
    }
    case 'headcount':
      expect(reader, '>=')
      return { circumstance: 'headcount', atLeast: parseNumber(reader) }
    case 'class':
    case 'renewal':
      return parseEquality(reader, (is) => ({ circumstance: word, is }))
    case 'coverage':
      expect(reader, 'includes')
      return { circumstance: 'coverage', includes: parseName(reader) }
  }
  const name = subject.kind === 'word' ? idOf(subject.text) : subject.text
  return name.includes('.') ? parseFact(reader, name) : parseQuestion(reader, name)
}

function parseQuestion(reader: Reader, question: string): Condition {
  if (reader.take('includes')) return { question, includes: parseName(reader) }
  if (reader.take('>=')) return { question, atLeast: parseAmount(reader).atLeast }
  return parseEquality(reader, (is) => ({ question, is }))
}

function parseFact(reader: Reader, fact: string): Condition {
  if (reader.take('>=')) return { fact, atLeast: parseNumber(reader) }
  const isNegated = reader.take('!=')
  if (!isNegated) expect(reader, '=')
  const value = reader.peek()
  const isBoolean = value.kind === 'word' && /^(true|false)$/i.test(value.text)
  const is = isBoolean ? reader.next().text.toLowerCase() === 'true' : parseName(reader)
  return isNegated ? { not: { fact, is } } : { fact, is }
}

function parseEquality(reader: Reader, make: (is: string | string[]) => Condition): Condition {
  if (reader.take('=')) return make(parseName(reader))
  if (reader.take('!=')) return { not: make(parseName(reader)) }
  if (!reader.take('in')) {
    const found = reader.peek()
    throw refuse(found, `Write =, !=, in, includes or >= here, not ${shown(found)}.`)
  }
  expect(reader, '(')
  const names = [parseName(reader)]
  while (reader.take(',')) names.push(parseName(reader))
  expect(reader, ')')
  return make(names)
}

function parseName(reader: Reader): string {
  const token = reader.next()
  if (token.kind === 'word') return idOf(token.text)
  if (token.kind === 'quoted' || token.kind === 'number') return token.text
  throw refuse(token, `Write the id of an answer here, not ${shown(token)}.`)
}

/** Spreadsheets begin a cell with a capital by themselves; no id has one. */
function idOf(word: string): string {
  return word.toLowerCase()
}

function parseNumber(reader: Reader): number {
  const token = reader.next()
  const number = token.kind === 'number' ? Number(token.text) : Number.NaN
  if (!Number.isFinite(number)) throw refuse(token, `Write a number here, not ${shown(token)}.`)
  return number
}

/** A number as it is, or with a currency an amount in its major units. */
function parseAmount(reader: Reader): { atLeast: number; currency: string | null } {
  const token = reader.peek()
  const number = parseNumber(reader)
  const unit = reader.peek()
  const isCurrency = unit.kind === 'quoted' || (unit.kind === 'word' && /^[A-Z]{3}$/.test(unit.text))
  // "AND" and "OR" in capitals are joints; no currency has their letters.
  if (!isCurrency || (unit.kind === 'word' && unit.text === 'AND')) return { atLeast: number, currency: null }
  reader.next()
  return { atLeast: Number(shiftPoint(token.text, currencyExponent(unit.text))), currency: unit.text }
}

function expect(reader: Reader, text: string): void {
  if (reader.take(text)) return
  const found = reader.peek()
  throw refuse(found, `Write ${text.length > 2 ? `“${text}”` : text} here, not ${shown(found)}.`)
}

function refuse(token: Token, message: string): Refusal {
  return new Refusal({ at: token.at, message })
}

function shown(token: Token): string {
  return token.kind === 'end' ? 'the end' : `“${token.text.slice(0, 40)}”`
}
