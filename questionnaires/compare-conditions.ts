/** Gates in plain words, for differences between editions and for the form itself. */
import { BUSINESS_CLASSES } from './circumstances.ts'
import type { Leaf } from './conditions.ts'
import { currencyExponent, formatAmount } from './currency.ts'
import { type Condition, type Edition, findQuestion, optionsOf, type Question } from './definition.ts'

/**
 * For instance: `the answer to 2.1 “Is MFA demanded?” is “Yes” and this is a renewal`. Starts with a small letter and
 * has no full stop, to follow "Asked only when …". Ids that the edition does not know are printed as they are.
 * @param nameFact the label of a fact, which only the fact dictionary knows; made from its key where absent
 */
export function conditionInWords(
  condition: Condition,
  edition: Edition,
  nameFact: NameFact = nameByKey,
): string {
  if ('all' in condition) return joinWords(condition.all, 'and', edition, nameFact)
  if ('any' in condition) return joinWords(condition.any, 'or', edition, nameFact)
  if ('not' in condition) return negationInWords(condition.not, edition, nameFact)
  return testInWords(condition, edition, { negated: false, nameFact })
}

type NameFact = (key: string) => string

const nameByKey: NameFact = (key) => key.replace(/^.*\./, '').replaceAll('_', ' ')

/** A question as differences and gates call it: its item number and its words. */
export function nameOfQuestion(question: Question): string {
  return `${question.reference.item} “${shorten(question.prompt)}”`
}

export function shorten(text: string, longest = 90): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= longest) return line
  return `${line.slice(0, longest).replace(/\s+\S*$/, '')} …`
}

/** “A”, “B” or “C” */
export function listOf(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  const quoted = words.map((word) => `“${word}”`)
  if (quoted.length < 2) return quoted.join('')
  return `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`
}

function joinWords(
  parts: readonly Condition[],
  word: 'and' | 'or',
  edition: Edition,
  nameFact: NameFact,
): string {
  return parts
    .map((part) => {
      const words = conditionInWords(part, edition, nameFact)
      const isGroup = ('all' in part && part.all.length > 1) || ('any' in part && part.any.length > 1)
      return isGroup && parts.length > 1 ? `(${words})` : words
    })
    .join(` ${word} `)
}

function negationInWords(condition: Condition, edition: Edition, nameFact: NameFact): string {
  if ('not' in condition) return conditionInWords(condition.not, edition, nameFact)
  if ('all' in condition || 'any' in condition) {
    return `it is not the case that (${conditionInWords(condition, edition, nameFact)})`
  }
  return testInWords(condition, edition, { negated: true, nameFact })
}

function testInWords(
  leaf: Leaf,
  edition: Edition,
  { negated, nameFact }: { negated: boolean; nameFact: NameFact },
): string {
  if ('question' in leaf) return answerInWords(leaf, edition, negated)
  if ('circumstance' in leaf) return circumstanceInWords(leaf, edition, negated)
  const fact = nameFact(leaf.fact)
  if ('atLeast' in leaf) return `the evidence shows ${amountWords(leaf.atLeast, negated)} for “${fact}”`
  const value = typeof leaf.is === 'boolean' ? (leaf.is ? 'yes' : 'no') : leaf.is
  return `the evidence shows ${negated ? 'something other than ' : ''}“${value}” for “${fact}”`
}

function answerInWords(
  leaf: Extract<Leaf, { question: string }>,
  edition: Edition,
  negated: boolean,
): string {
  const question = findQuestion(edition, leaf.question)
  const name = question ? nameOfQuestion(question) : `“${leaf.question}”`
  if ('includes' in leaf) {
    return `“${labelOf(question, leaf.includes)}” is ${negated ? 'not ' : ''}ticked in ${name}`
  }
  if ('atLeast' in leaf) {
    return `the answer to ${name} is ${amountWords(leaf.atLeast, negated, (amount) => measure(question, amount))}`
  }
  const labels = [leaf.is].flat().map((token) => labelOf(question, token))
  return `the answer to ${name} is ${negated ? 'not ' : ''}${listOf(labels, 'or')}`
}

function circumstanceInWords(
  leaf: Extract<Leaf, { circumstance: string }>,
  edition: Edition,
  negated: boolean,
): string {
  switch (leaf.circumstance) {
    case 'revenue':
      return `revenue is ${amountWords(leaf.atLeast, negated, (amount) => formatAmount(amount, leaf.currency))}`
    case 'headcount':
      return `the number of people is ${amountWords(leaf.atLeast, negated)}`
    case 'coverage': {
      const coverage = edition.coverages.find(({ id }) => id === leaf.includes)
      return `cover for “${coverage?.label ?? leaf.includes}” is ${negated ? 'not ' : ''}asked for`
    }
    case 'class': {
      const labels = [leaf.is]
        .flat()
        .map((id) => BUSINESS_CLASSES.find((known) => known.id === id)?.label ?? id)
      return `the class of business is ${negated ? 'not ' : ''}${listOf(labels, 'or')}`
    }
    case 'renewal': {
      const kinds = new Set([leaf.is].flat())
      if (kinds.size > 1) return `it is ${negated ? 'unknown' : 'known'} whether this is a renewal`
      return kinds.has('yes') === negated ? 'this is a first application' : 'this is a renewal'
    }
  }
}

function amountWords(amount: number, negated: boolean, show = formatCount): string {
  const below = roundBelow(amount)
  if (below !== null) return negated ? `${show(below)} or less` : `more than ${show(below)}`
  return negated ? `less than ${show(amount)}` : `${show(amount)} or more`
}

/** "More than 35 million" is written as one cent more, "more than none" as the tiniest share. */
function roundBelow(amount: number): number | null {
  if (amount > 0 && amount <= 0.001) return 0
  return amount > 1000 && amount % 100 === 1 ? amount - 1 : null
}

function measure(question: Question | null, amount: number): string {
  if (question?.kind === 'currency') return formatAmount(amount, question.currency)
  if (question?.kind === 'percent') return `${formatCount(amount)} %`
  return formatCount(amount) + (question?.kind === 'number' && question.unit ? ` ${question.unit}` : '')
}

export function formatCount(count: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 }).format(count)
}

/** An amount that a form states in major units: `$25,000.00`. */
export function formatMajor(amount: number, currency: string): string {
  return formatAmount(Math.round(amount * 10 ** currencyExponent(currency)), currency)
}

const FIXED_LABELS: Record<string, string> = {
  'dont-know': "I don't know",
  yes: 'Yes',
  no: 'No',
  sometimes: 'Sometimes',
  'not-applicable': 'Not applicable',
}

/** The words of an answer as the form shows them. */
export function labelOf(question: Question | null, token: string): string {
  const option = question ? optionsOf(question).find(({ id }) => id === token) : undefined
  return option?.label ?? FIXED_LABELS[token] ?? token
}
