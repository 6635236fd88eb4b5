/** Conditions that cannot work: they name what does not exist, ask what cannot be asked, or go round in circles. */
import { questionsIn } from './branching.ts'
import { type Condition, optionsOf, type Question } from './definition.ts'

export interface MeaningProblem {
  /** From the edition's root to the value at fault. */
  path: (string | number)[]
  message: string
}

export interface LocatedQuestion {
  question: Question
  path: (string | number)[]
}

type Leaf = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>

/** What an answer to the question can be called in conditions and in `explain`. */
export function tokensOf(question: Question): string[] {
  if (question.kind === 'yes-no') return yesNoTokens(question)
  return optionsOf(question).map((option) => option.id)
}

function yesNoTokens(question: Extract<Question, { kind: 'yes-no' }>): string[] {
  return question.notApplicable ? ['yes', 'no', 'not-applicable'] : ['yes', 'no']
}

export function checkConditions(
  { question, path }: LocatedQuestion,
  byId: Map<string, Question>,
): MeaningProblem[] {
  if (!question.when) return []
  return leavesOf(question.when, [...path, 'when']).flatMap(({ leaf, path: at }) => {
    if (leaf.question === question.id) {
      return [
        {
          path: [...at, 'question'],
          message: 'A condition cannot look at its own question. Name another one.',
        },
      ]
    }
    const target = byId.get(leaf.question)
    if (!target)
      return [
        {
          path: [...at, 'question'],
          message: `There is no question "${leaf.question}". Check its spelling.`,
        },
      ]
    return checkFit(leaf, target, at)
  })
}

function checkFit(leaf: Leaf, target: Question, path: (string | number)[]): MeaningProblem[] {
  if ('atLeast' in leaf) {
    if (['number', 'percent', 'currency'].includes(target.kind)) return []
    return [
      {
        path: [...path, 'atLeast'],
        message: `"atLeast" needs a number; "${target.id}" is a ${target.kind} question.`,
      },
    ]
  }
  if ('includes' in leaf) {
    if (target.kind !== 'multiple-choice') {
      return [
        {
          path: [...path, 'includes'],
          message: `"includes" needs a multiple choice; "${target.id}" is a ${target.kind} question. Use "is".`,
        },
      ]
    }
    return checkTokens([leaf.includes], target, [...path, 'includes'])
  }
  const tokens = Array.isArray(leaf.is) ? leaf.is : [leaf.is]
  const named = tokens.filter((token) => token !== 'dont-know')
  if (named.length > 0 && !['yes-no', 'single-choice', 'band'].includes(target.kind)) {
    return [
      {
        path: [...path, 'is'],
        message: `"is" cannot be asked of "${target.id}", a ${target.kind} question.`,
      },
    ]
  }
  return checkTokens(named, target, [...path, 'is'])
}

function checkTokens(tokens: string[], target: Question, path: (string | number)[]): MeaningProblem[] {
  const known = tokensOf(target)
  return tokens
    .filter((token) => !known.includes(token))
    .map((token) => ({
      path,
      message: `"${token}" is not an answer to "${target.id}". Use one of: ${known.join(', ')}.`,
    }))
}

function leavesOf(
  condition: Condition,
  path: (string | number)[],
): { leaf: Leaf; path: (string | number)[] }[] {
  if ('all' in condition)
    return condition.all.flatMap((part, index) => leavesOf(part, [...path, 'all', index]))
  if ('any' in condition)
    return condition.any.flatMap((part, index) => leavesOf(part, [...path, 'any', index]))
  if ('not' in condition) return leavesOf(condition.not, [...path, 'not'])
  return [{ leaf: condition, path }]
}

/** Reports each circle once, at the condition of its first question in form order. */
export function findCircles(located: LocatedQuestion[], byId: Map<string, Question>): MeaningProblem[] {
  const settled = new Set<string>()
  return located.flatMap(({ question, path }) => {
    const circle = circleFrom(question.id, byId, settled)
    if (!circle) return []
    const message = `These questions wait for each other: ${circle.join(', ')}. Remove one of the conditions.`
    return [{ path: [...path, 'when'], message }]
  })
}

/** Iterative depth-first search: a hostile edition may chain more questions than the stack is deep. */
function circleFrom(start: string, byId: Map<string, Question>, settled: Set<string>): string[] | null {
  const trail: { id: string; next: string[] }[] = []
  let circle: string[] | null = null
  const enter = (id: string) => {
    if (settled.has(id)) return
    const index = trail.findIndex((step) => step.id === id)
    if (index >= 0) {
      circle ??= trail.slice(index).map((step) => step.id)
      return
    }
    const when = byId.get(id)?.when
    // A question that looks at itself has its own problem already.
    trail.push({ id, next: when ? questionsIn(when).filter((other) => other !== id) : [] })
  }
  enter(start)
  for (let step = trail.at(-1); step; step = trail.at(-1)) {
    const next = step.next.pop()
    if (next !== undefined) enter(next)
    else settled.add(trail.pop()?.id ?? '')
  }
  return circle
}
