/** What a single question can get wrong although each of its fields is well-formed. */
import { aspectOf } from './canonical-statement.ts'
import {
  isCurrency,
  type LocatedQuestion,
  type MeaningProblem,
  notACurrency,
  tokensOf,
} from './condition-checks.ts'
import { type Edition, optionsOf, type Question, type QuestionKind } from './definition.ts'

/** What questions may name; what is left out is not checked. */
export interface KnownWords {
  controlIds?: ReadonlySet<string>
  factKeys?: ReadonlySet<string>
}

type Report = (at: (string | number)[], message: string) => void

/** In the order of the fields, so that authors read problems as they read their file. */
export function checkQuestion(
  { question, path }: LocatedQuestion,
  edition: Edition,
  words: KnownWords,
): MeaningProblem[] {
  const problems: MeaningProblem[] = []
  const report: Report = (at, message) => problems.push({ path: [...path, ...at], message })
  checkBase(question, edition, words, report)
  checkCanonical(question, edition, words, report)
  checkOptions(question, report)
  checkKind(question, edition, report)
  return problems
}

const UNITS = ['days', 'hours', 'months', 'percent', 'people']

function checkBase(question: Question, edition: Edition, { controlIds }: KnownWords, report: Report): void {
  if (question.id === 'constructor')
    report(['id'], '"constructor" is a reserved word. Give the question another name.')
  if (question.control && controlIds && !controlIds.has(question.control)) {
    report(['control'], `The catalogue has no control "${question.control}". Check its spelling.`)
  }
  question.terms?.forEach((term, index) => {
    if (!edition.terms.some(({ id }) => id === term))
      report(['terms', index], `The form's "terms" have no "${term}". Add it there or check its spelling.`)
  })
  if (question.requiredFrom && !question.required) {
    report(
      ['requiredFrom'],
      'The question is optional on every day. Remove "requiredFrom" or "required: false".',
    )
  }
  if (question.formerly && !edition.follows) {
    report(['formerly'], 'Say which edition the form "follows", or remove "formerly".')
  }
  const { threshold } = question
  if (threshold && !UNITS.includes(threshold.unit) && !isCurrency(threshold.unit)) {
    report(
      ['threshold', 'unit'],
      `"${threshold.unit}" is not a unit. Use one of ${UNITS.join(', ')}, or a currency code such as USD.`,
    )
  }
  if (threshold?.unit === 'percent' && (threshold.value < 0 || threshold.value > 100)) {
    report(['threshold', 'value'], 'A percentage lies between 0 and 100.')
  }
  const tokens = tokensOf(question)
  question.explain.forEach((token, index) => {
    if (!tokens.includes(token)) report(['explain', index], `"${token}" is not an answer to this question.`)
  })
}

const FROM_FACTS: readonly QuestionKind[] = ['yes-no', 'percent', 'number', 'band', 'date']

function checkCanonical(
  question: Question,
  { sections }: Edition,
  { factKeys }: KnownWords,
  report: Report,
): void {
  const { canonical } = question
  if (!canonical) return
  const topic = canonical.topic ?? question.control
  const aspect = aspectOf(question)
  if (!topic) {
    report(
      ['canonical'],
      'Nobody can tell what this answer is about. Add "topic" here or "control" to the question.',
    )
    return
  }
  if (!aspect) {
    report(['canonical'], 'Files do not travel between forms. Remove "canonical".')
    return
  }
  const rival = sections
    .flatMap((section) => section.questions)
    .find(
      (other) =>
        other.canonical &&
        (other.canonical.topic ?? other.control) === topic &&
        other.canonical.scope === canonical.scope &&
        aspectOf(other) === aspect,
    )
  if (rival && rival !== question) {
    const message = `"${rival.id}" has the same topic and scope, so that one answer would overwrite the other. Give this one another "scope".`
    report(['canonical', 'scope'], message)
  }
  for (const field of ['yesFrom', 'yesFromPercent'] as const) {
    if (canonical[field] !== undefined && question.kind !== 'yes-no') {
      report(['canonical', field], `"${field}" belongs to yes-no questions only. Remove it.`)
    }
  }
  if (canonical.fact === undefined) return
  if (!FROM_FACTS.includes(question.kind)) {
    report(['canonical', 'fact'], `No fact answers a ${question.kind} question. Remove "fact".`)
  } else if (factKeys && !factKeys.has(canonical.fact)) {
    report(['canonical', 'fact'], `The fact dictionary has no "${canonical.fact}". Check its spelling.`)
  }
}

function checkOptions(question: Question, report: Report): void {
  const options = optionsOf(question)
  const isAboutSomething = Boolean(question.control ?? question.canonical?.topic)
  options.forEach((option, index) => {
    const at = ['options', index]
    if (option.id === 'dont-know') {
      report([...at, 'id'], 'Every question already offers "I don\'t know". Remove this option.')
    }
    if (option.exclusive && question.kind !== 'multiple-choice') {
      report([...at, 'exclusive'], 'Only options of a multiple choice can be exclusive. Remove this line.')
    }
    if (option.claim && !isAboutSomething) {
      report([...at, 'claim'], 'A claim needs a control that it speaks about. Add "control" to the question.')
    }
    if (option.describe && options.findIndex(({ describe }) => describe) < index) {
      report(
        [...at, 'describe'],
        'Only one option of a question can be the one to describe. Remove this line.',
      )
    }
    for (const bound of ['atLeast', 'below'] as const) {
      if (option[bound] !== undefined && !(question.kind === 'band' && question.measure)) {
        report([...at, bound], `"${bound}" needs a band with a "measure". Add it, or remove this line.`)
      }
    }
    if (option.atLeast !== undefined && option.below !== undefined && option.atLeast >= option.below) {
      report([...at, 'below'], '"below" must be greater than "atLeast".')
    }
  })
  if (question.kind === 'band') checkOverlaps(question, report)
}

/** A number that lies in two bands belongs to neither. */
function checkOverlaps({ options }: Extract<Question, { kind: 'band' }>, report: Report): void {
  options.forEach((option, index) => {
    const other = options.slice(0, index).find((earlier) => overlap(earlier, option))
    if (other) report(['options', index], `This band overlaps with "${other.label}". Change their bounds.`)
  })
}

type Band = { atLeast?: number; below?: number }

function overlap(a: Band, b: Band): boolean {
  const isBounded = ({ atLeast, below }: Band) => atLeast !== undefined || below !== undefined
  if (!isBounded(a) || !isBounded(b)) return false
  const starts = Math.max(a.atLeast ?? Number.NEGATIVE_INFINITY, b.atLeast ?? Number.NEGATIVE_INFINITY)
  const ends = Math.min(a.below ?? Number.POSITIVE_INFINITY, b.below ?? Number.POSITIVE_INFINITY)
  return starts < ends
}

function checkKind(question: Question, edition: Edition, report: Report): void {
  switch (question.kind) {
    case 'yes-no':
      checkYesNo(question, edition, report)
      break
    case 'number':
      checkBounds(question, [], report)
      break
    case 'currency':
      checkCurrency(question.currency, [], report)
      break
    case 'table':
      if (question.minimumRows > question.maximumRows) {
        report(['minimumRows'], '"minimumRows" is greater than "maximumRows". Swap them.')
      }
      question.columns.forEach((column, index) => {
        if (column.id === 'constructor') {
          report(['columns', index, 'id'], '"constructor" is a reserved word. Give the column another name.')
        }
        if (column.kind === 'number') checkBounds(column, ['columns', index], report)
        if (column.kind === 'currency') checkCurrency(column.currency, ['columns', index], report)
      })
      break
    default:
  }
}

function checkYesNo(question: Extract<Question, { kind: 'yes-no' }>, edition: Edition, report: Report): void {
  const { yesOnly, claims } = question
  if (yesOnly && edition.blankMeans !== 'no') {
    report(
      ['yesOnly'],
      'Where only "yes" can be chosen, a blank must say "no". Add "blankMeans: no" to the form.',
    )
  }
  for (const other of ['sometimes', 'notApplicable'] as const) {
    if (yesOnly && question[other])
      report([other], `Only "yes" can be chosen here. Remove this line or "yesOnly".`)
  }
  if (claims && !(question.control ?? question.canonical?.topic)) {
    report(['claims'], 'A claim needs a control that it speaks about. Add "control" to the question.')
  }
  const tokens = tokensOf(question)
  for (const choice of Object.keys(claims ?? {})) {
    if (!tokens.includes(choice)) report(['claims', choice], `"${choice}" is not an answer to this question.`)
  }
}

function checkBounds({ min, max }: { min?: number; max?: number }, at: (string | number)[], report: Report) {
  if (min !== undefined && max !== undefined && min > max) {
    report([...at, 'min'], '"min" is greater than "max". Swap them.')
  }
}

function checkCurrency(code: string, at: (string | number)[], report: Report): void {
  if (!isCurrency(code)) report([...at, 'currency'], notACurrency(code, []).message)
}
