/**
 * Conditions as people type them into a spreadsheet: `remote-access = yes and not headcount >= 50`.
 *
 * - `question = answer`, `question in (a, b)`, `question != answer`, `question includes option`, `question >= 5`,
 *   and for an amount `question >= 25000 USD`
 * - `revenue >= 35000000 USD`, `headcount >= 50`, `class in (law-firm, healthcare)`, `renewal = yes`,
 *   `coverage includes payment-fraud`
 * - `exposure.rdp_open_count >= 1`, `mail.dmarc_policy = reject`, `mfa.enforced = true`: what the evidence shows
 * - `not`, `and`, `or` and parentheses; `and` binds before `or`
 *
 * A name that is also one of these words, or holds other signs, stands in quotation marks.
 */
import { currencyExponent } from '#questionnaires/currency.ts'
import type { Condition } from '#questionnaires/definition.ts'
import { parseTokens } from './condition-parser.ts'
import { quote, type TextProblem, tokenise } from './condition-tokens.ts'
import { shiftPoint } from './decimal-shift.ts'

export type { TextProblem } from './condition-tokens.ts'

/** Words that name something else than a question. */
export const KEYWORDS = [
  'and',
  'or',
  'not',
  'all',
  'any',
  'in',
  'includes',
  'revenue',
  'headcount',
  'class',
  'renewal',
  'coverage',
  'true',
  'false',
]

// A cell holds more, but nobody could read it.
const LONGEST = 20_000

/** Never throws. Names are not looked up: whether a question exists is for the definition's own checks. */
export function parseConditionText(
  text: string,
): { ok: true; condition: Condition } | { ok: false; problem: TextProblem } {
  if (text.length > LONGEST) {
    return { ok: false, problem: { at: LONGEST, message: `Use at most ${LONGEST} characters.` } }
  }
  const tokens = tokenise(text)
  if (!Array.isArray(tokens)) return { ok: false, problem: tokens }
  return parseTokens(tokens)
}

/**
 * @param currencyOf the currency of a question's amounts: they are then written in major units
 * @returns text that reads back as the same condition
 */
export function conditionToText(
  condition: Condition,
  currencyOf: (questionId: string) => string | null = () => null,
): string {
  if ('all' in condition) return group(condition.all, 'all', currencyOf)
  if ('any' in condition) return group(condition.any, 'any', currencyOf)
  if ('not' in condition) return `not ${operand(condition.not, currencyOf)}`
  const subject =
    'question' in condition
      ? name(condition.question)
      : 'circumstance' in condition
        ? condition.circumstance
        : condition.fact
  if ('includes' in condition) return `${subject} includes ${name(condition.includes)}`
  if ('is' in condition) return `${subject} ${equals(condition.is)}`
  if ('circumstance' in condition && condition.circumstance === 'revenue') {
    return `${subject} >= ${amount(condition.atLeast, condition.currency)}`
  }
  const currency = 'question' in condition ? currencyOf(condition.question) : null
  return `${subject} >= ${currency === null ? String(condition.atLeast) : amount(condition.atLeast, currency)}`
}

function group(
  parts: readonly Condition[],
  kind: 'all' | 'any',
  currencyOf: (questionId: string) => string | null,
): string {
  // A group of one says no more than its part, but is another condition.
  if (parts.length === 1 && parts[0]) return `${kind}(${conditionToText(parts[0], currencyOf)})`
  return parts.map((part) => operand(part, currencyOf)).join(kind === 'all' ? ' and ' : ' or ')
}

function operand(condition: Condition, currencyOf: (questionId: string) => string | null): string {
  const text = conditionToText(condition, currencyOf)
  const isGroup =
    ('all' in condition && condition.all.length > 1) || ('any' in condition && condition.any.length > 1)
  return isGroup ? `(${text})` : text
}

function equals(is: string | boolean | string[]): string {
  return Array.isArray(is)
    ? `in (${is.map(name).join(', ')})`
    : `= ${typeof is === 'boolean' ? is : name(is)}`
}

function name(text: string): string {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) && !KEYWORDS.includes(text) ? text : quote(text)
}

function amount(minor: number, currency: string): string {
  const code = /^[A-Z]{3}$/.test(currency) && currency !== 'AND' ? currency : quote(currency)
  return `${shiftPoint(String(minor), -currencyExponent(currency))} ${code}`
}
