/** How the answers that a question takes differ between two wordings: its kind, what it offers, its options. */

import type { Answer, AnswerValue } from './answers.ts'
import { deriveAnswer, statementOf } from './canonical.ts'
import { claimOfOption } from './canonical-statement.ts'
import { labelOf, listOf, nameOfQuestion } from './compare-conditions.ts'
import { type Finding, stableJson } from './compare-findings.ts'
import type { Sides } from './compare-questions.ts'
import { optionsOf, type Question, type QuestionKind } from './definition.ts'

const KIND_WORDS: Record<QuestionKind, string> = {
  'yes-no': 'yes or no',
  'single-choice': 'one choice out of several',
  'multiple-choice': 'any number of choices',
  band: 'a range',
  number: 'a number',
  percent: 'how many out of how many',
  currency: 'an amount of money',
  date: 'a date',
  product: 'the name of a product',
  table: 'a table',
  text: 'text',
  attachment: 'files',
}

export function findTypeChanges({ older, newer }: Sides): Finding[] {
  const [was, is] = [older.question, newer.question]
  const name = nameOfQuestion(is)
  if (was.kind !== is.kind) {
    const [before, after] = [KIND_WORDS[was.kind], KIND_WORDS[is.kind]]
    const sentence = `${name} is answered with ${after}; before, it was ${before}.`
    const rule = canDerive(was, is) ? 'propose' : 'ask-again'
    return [{ kind: 'type-changed', before, after, sentence, rule }]
  }
  const [before, after] = [shapeInWords(was), shapeInWords(is)]
  if (stableJson(before) === stableJson(after)) return []
  return Object.keys({ ...before, ...after }).flatMap((part): Finding[] => {
    const [was, is] = [before[part] ?? null, after[part] ?? null]
    if (was === is) return []
    const sentence = `${part} of ${name}: ${is ?? 'nothing'}; before: ${was ?? 'nothing'}.`
    return [{ kind: 'type-changed', before: was, after: is, sentence, rule: 'propose' }]
  })
}

/** What a question of the same kind takes, by name of the part. */
function shapeInWords(question: Question): Record<string, string> {
  switch (question.kind) {
    case 'yes-no': {
      const choices = question.yesOnly ? ['yes'] : ['yes', 'no']
      if (question.sometimes) choices.push('sometimes')
      if (question.notApplicable) choices.push('not-applicable')
      return { 'The choices': listOf(choices.map((choice) => labelOf(null, choice))) }
    }
    case 'number':
      return { 'The number': question.whole ? 'whole numbers only' : 'fractions allowed' }
    case 'date':
      return { 'The date': question.past ? 'not in the future' : 'any day' }
    case 'text':
      return { 'The text': `up to ${question.maxLength} characters` }
    case 'table':
      return {
        'The rows': `${question.minimumRows} to ${question.maximumRows} rows`,
        ...Object.fromEntries(
          question.columns.map((column) => [
            `The column “${column.id.replaceAll('-', ' ')}”`,
            columnInWords(column),
          ]),
        ),
      }
    case 'attachment':
      return {
        'The files': `up to ${question.maximumFiles} files`,
        'The kinds of evidence': question.evidenceKinds?.toSorted().join(', ').replaceAll('-', ' ') ?? 'any',
      }
    default:
      return {}
  }
}

const LIMIT_WORDS: Record<string, (value: unknown) => string> = {
  maxLength: (value) => `up to ${value} characters`,
  min: (value) => `${value} or more`,
  max: (value) => `${value} or less`,
  whole: () => 'whole numbers only',
}

function columnInWords(column: Extract<Question, { kind: 'table' }>['columns'][number]): string {
  const { id: _, label, kind, required, ...rest } = column
  const kinds = {
    text: 'text',
    number: 'a number',
    currency: 'an amount',
    date: 'a date',
    'yes-no': 'yes or no',
  }
  const limits = Object.entries(rest).flatMap(([field, value]) => {
    if (value === undefined || value === false) return []
    if (!Array.isArray(value)) return [LIMIT_WORDS[field]?.(value) ?? String(value)]
    // By their ids, so that labels which change places are seen and options which do so are not.
    const options: { id: string; label: string }[] = value.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    return [options.map(({ label }) => label).join(', ')]
  })
  const words = [`“${label}”`, kind === 'choice' ? 'a choice' : kinds[kind], ...limits].join(', ')
  return required ? words : `${words}, optional`
}

/** Whether any answer to the older question leads to one to the newer: a percentage never follows from a "yes". */
function canDerive(was: Question, is: Question): boolean {
  return sampleAnswers(was, is).some((value) => {
    const answer: Answer = { state: 'answered', value }
    const statement = statementOf(was, answer)
    // Any instant will do: no date follows from another kind.
    return statement !== null && deriveAnswer(is, statement, new Date(0)) !== null
  })
}

function sampleAnswers(was: Question, is: Question): AnswerValue[] {
  switch (was.kind) {
    case 'yes-no':
      return (['yes', 'no', 'sometimes', 'not-applicable'] as const).map((choice) => ({
        kind: 'yes-no',
        choice,
      }))
    case 'single-choice':
    case 'band':
      return was.options.map(({ id }) => ({ kind: was.kind, choice: id }))
    case 'multiple-choice':
      return was.options.map(({ id }) => ({ kind: 'multiple-choice', choices: [id] }))
    case 'percent':
      return [0, 1, 2].map((covered) => ({ kind: 'percent', covered, total: 2 }))
    case 'number':
      return optionsOf(is).map(({ atLeast, below }) => ({
        kind: 'number',
        number: atLeast ?? (below ?? 0) - 1,
      }))
    default:
      return []
  }
}

export function findOptionChanges({ older, newer }: Sides): Finding[] {
  const [was, is] = [older.question, newer.question]
  if (was.kind !== is.kind) return []
  const name = nameOfQuestion(is)
  const [before, after] = [optionsOf(was), optionsOf(is)]
  const change = (from: string | null, to: string | null, sentence: string): Finding => ({
    kind: 'options-changed',
    before: from,
    after: to,
    sentence,
    rule: 'propose',
  })
  const removed = before
    .filter(({ id }) => !after.some((option) => option.id === id))
    .map(({ label }) => change(label, null, `${name} no longer offers “${label}”.`))
  const present = after.flatMap((option): Finding[] => {
    const other = before.find(({ id }) => id === option.id)
    const { label } = option
    if (!other) return [change(null, label, `${name} now offers “${label}”.`)]
    return [
      ...(other.label === label
        ? []
        : [change(other.label, label, `An answer to ${name} reads “${label}” instead of “${other.label}”.`)]),
      // The words behind these are the catalogue's and tell a reader nothing, so the sentence stands alone.
      ...rulesInWords(other, option, `“${label}” to ${name}`).map((sentence) => change(null, null, sentence)),
    ]
  })
  return [...removed, ...present, ...findReordering(was, is, change, name)]
}

type AnyOption = ReturnType<typeof optionsOf>[number]

/** What choosing the option means and asks for, where that changed. */
function rulesInWords(was: AnyOption, is: AnyOption, answer: string): string[] {
  const sources = [was, is].map(({ derivedFrom }) => derivedFrom?.toSorted().join())
  return [
    claimOfOption(was) === claimOfOption(is) ? '' : `The answer ${answer} is now understood differently.`,
    sources[0] === sources[1] ? '' : `The answer ${answer} is now proposed from other answers than before.`,
    !was.exclusive === !is.exclusive
      ? ''
      : `The answer ${answer} can ${is.exclusive ? 'no longer' : 'now'} be combined with others.`,
    !was.describe === !is.describe
      ? ''
      : is.describe
        ? `Whoever answers ${answer} now writes down what it is.`
        : `Whoever answers ${answer} no longer has to write down what it is.`,
  ].filter(Boolean)
}

function findReordering(
  was: Question,
  is: Question,
  change: (from: string | null, to: string | null, sentence: string) => Finding,
  name: string,
): Finding[] {
  if (was.kind !== 'single-choice' || is.kind !== 'single-choice') return []
  const shared = (a: Question, b: Question) =>
    optionsOf(a).filter(({ id }) => optionsOf(b).some((option) => option.id === id))
  const [before, after] = [shared(was, is), shared(is, was)]
  const orderedBefore = was.ordered ? before.map(({ id }) => id).join() : ''
  const orderedAfter = is.ordered ? after.map(({ id }) => id).join() : ''
  if (orderedBefore === orderedAfter) return []
  const words = [before, after].map((options) => options.map(({ label }) => label).join(' · '))
  const sentence = is.ordered
    ? `The answers to ${name} are now ranked in this order, best first: ${words[1]}.`
    : `The order of the answers to ${name} no longer ranks them.`
  return words[0] === words[1]
    ? [change(null, null, sentence)]
    : [change(words[0] ?? '', words[1] ?? '', sentence)]
}
