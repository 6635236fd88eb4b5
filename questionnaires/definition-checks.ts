/** What a well-formed edition can still get wrong: names that clash, answers that don't exist, questions nobody sees. */
import {
  checkConditions,
  findCircles,
  type LocatedQuestion,
  type MeaningProblem,
  tokensOf,
} from './condition-checks.ts'
import { type Edition, optionsOf } from './definition.ts'
import { findUnreachable } from './reachability.ts'

/** Every problem of an edition that has the right shape; an empty list means that it can be published. */
export function checkDefinition(edition: Edition, controlIds?: ReadonlySet<string>): MeaningProblem[] {
  const located = edition.sections.flatMap((section, s) =>
    section.questions.map((question, q) => ({ question, path: ['sections', s, 'questions', q] })),
  )
  const byId = new Map(located.map(({ question }) => [question.id, question]))
  const problems = [
    ...checkNames(edition, located),
    ...located.flatMap((entry) => checkQuestion(entry, controlIds)),
    ...located.flatMap((entry) => checkConditions(entry, byId)),
    ...findCircles(located, byId),
  ]
  // Reachability is only defined once every condition makes sense.
  return problems.length > 0 ? problems : checkReachability(edition, located)
}

function checkNames(edition: Edition, located: LocatedQuestion[]): MeaningProblem[] {
  return [
    ...findDuplicates(
      'section',
      edition.sections.map(({ id }, index) => ({ id, path: ['sections', index, 'id'] })),
    ),
    ...findDuplicates(
      'question',
      located.map(({ question, path }) => ({ id: question.id, path: [...path, 'id'] })),
    ),
    ...findDuplicates(
      'item',
      located.map(({ question, path }) => ({
        id: question.reference.item,
        path: [...path, 'reference', 'item'],
      })),
    ),
    ...findDuplicates(
      'signer role',
      edition.declaration.signerRoles.map(({ id }, index) => ({
        id,
        path: ['declaration', 'signerRoles', index, 'id'],
      })),
    ),
    ...located.flatMap(({ question, path }) =>
      findDuplicates(
        'option',
        optionsOf(question).map(({ id }, index) => ({ id, path: [...path, 'options', index, 'id'] })),
      ),
    ),
  ]
}

function findDuplicates(noun: string, names: { id: string; path: (string | number)[] }[]): MeaningProblem[] {
  const seen = new Set<string>()
  return names.flatMap(({ id, path }) => {
    if (seen.has(id))
      return [{ path, message: `There is already a ${noun} "${id}". Give this one another name.` }]
    seen.add(id)
    return []
  })
}

function checkQuestion(
  { question, path }: LocatedQuestion,
  controlIds?: ReadonlySet<string>,
): MeaningProblem[] {
  const problems: MeaningProblem[] = []
  const report = (at: (string | number)[], message: string) =>
    problems.push({ path: [...path, ...at], message })

  if (question.id === 'constructor')
    report(['id'], '"constructor" is a reserved word. Give the question another name.')
  if (question.control && controlIds && !controlIds.has(question.control)) {
    report(['control'], `The catalogue has no control "${question.control}". Check its spelling.`)
  }
  const tokens = tokensOf(question)
  question.explain.forEach((token, index) => {
    if (!tokens.includes(token)) report(['explain', index], `"${token}" is not an answer to this question.`)
  })
  optionsOf(question).forEach((option, index) => {
    if (option.id === 'dont-know') {
      report(['options', index, 'id'], 'Every question already offers "I don\'t know". Remove this option.')
    }
    if (option.exclusive && question.kind !== 'multiple-choice') {
      report(
        ['options', index, 'exclusive'],
        'Only options of a multiple choice can be exclusive. Remove this line.',
      )
    }
    if (option.claim && !question.control) {
      report(
        ['options', index, 'claim'],
        'A claim needs a control that it speaks about. Add "control" to the question.',
      )
    }
  })
  if (question.kind === 'number' && question.min !== undefined && question.max !== undefined) {
    if (question.min > question.max) report(['min'], '"min" is greater than "max". Swap them.')
  }
  if (question.kind === 'currency' && !Intl.supportedValuesOf('currency').includes(question.currency)) {
    report(['currency'], `"${question.currency}" is not a currency code. Use one such as USD.`)
  }
  return problems
}

function checkReachability(edition: Edition, located: LocatedQuestion[]): MeaningProblem[] {
  const unreachable = findUnreachable(edition)
  return located
    .filter(({ question }) => unreachable.has(question.id))
    .map(({ path }) => ({
      path: [...path, 'when'],
      message: 'No combination of answers makes this question apply. Correct its condition.',
    }))
}
