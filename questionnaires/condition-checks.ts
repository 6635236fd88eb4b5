/** Conditions that cannot work: they name what does not exist, ask what cannot be asked, or go round in circles. */
import { questionsIn } from './branching.ts'
import { BUSINESS_CLASSES } from './circumstances.ts'
import { type Leaf, leavesOf } from './conditions.ts'
import { type Edition, optionsOf, type Question } from './definition.ts'

export interface MeaningProblem {
  /** From the edition's root to the value at fault. */
  path: (string | number)[]
  message: string
}

export interface LocatedQuestion {
  question: Question
  path: (string | number)[]
}

/** What conditions may name. */
export interface KnownNames {
  questions: ReadonlyMap<string, Question>
  coverages: Edition['coverages']
  /** Left out, any fact is accepted. */
  factKeys?: ReadonlySet<string>
}

type QuestionLeaf = Extract<Leaf, { question: string }>
type CircumstanceLeaf = Extract<Leaf, { circumstance: string }>

/** What an answer to the question can be called in conditions and in `explain`; a blank read as "no" included. */
export function tokensOf(question: Question): string[] {
  if (question.kind !== 'yes-no') return optionsOf(question).map((option) => option.id)
  const { sometimes, notApplicable } = question
  return ['yes', 'no', ...(sometimes ? ['sometimes'] : []), ...(notApplicable ? ['not-applicable'] : [])]
}

export function checkConditions({ question, path }: LocatedQuestion, known: KnownNames): MeaningProblem[] {
  if (!question.when) return []
  return leavesOf(question.when, [...path, 'when']).flatMap(({ leaf, path: at }) => {
    if ('question' in leaf) return checkQuestionLeaf(leaf, question, known, at)
    return checkOutside(leaf, known, at)
  })
}

/** Whom a form is for must be known before anything is answered or scanned. */
export function checkEligibility({ eligibility }: Edition, known: KnownNames): MeaningProblem[] {
  if (!eligibility) return []
  return leavesOf(eligibility.when, ['eligibility', 'when']).flatMap(({ leaf, path }) => {
    if ('circumstance' in leaf) return checkOutside(leaf, known, path)
    const message =
      'Eligibility can look at circumstances only: revenue, headcount, class, coverage, renewal.'
    return [{ path: [...path, 'question' in leaf ? 'question' : 'fact'], message }]
  })
}

function checkQuestionLeaf(
  leaf: QuestionLeaf,
  { id }: Question,
  { questions }: KnownNames,
  path: (string | number)[],
): MeaningProblem[] {
  const at = [...path, 'question']
  if (leaf.question === id) {
    return [{ path: at, message: 'A condition cannot look at its own question. Name another one.' }]
  }
  const target = questions.get(leaf.question)
  if (target) return checkFit(leaf, target, path)
  return [{ path: at, message: `There is no question "${leaf.question}". Check its spelling.` }]
}

function checkFit(leaf: QuestionLeaf, target: Question, path: (string | number)[]): MeaningProblem[] {
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
    return checkWords([leaf.includes], tokensOf(target), `an answer to "${target.id}"`, [...path, 'includes'])
  }
  const named = [leaf.is].flat().filter((token) => token !== 'dont-know')
  if (named.length > 0 && !['yes-no', 'single-choice', 'band'].includes(target.kind)) {
    return [
      {
        path: [...path, 'is'],
        message: `"is" cannot be asked of "${target.id}", a ${target.kind} question.`,
      },
    ]
  }
  return checkWords(named, tokensOf(target), `an answer to "${target.id}"`, [...path, 'is'])
}

function checkWords(
  words: readonly string[],
  known: readonly string[],
  what: string,
  path: (string | number)[],
): MeaningProblem[] {
  return words
    .filter((word) => !known.includes(word))
    .map((word) => ({ path, message: `"${word}" is not ${what}. Use one of: ${known.join(', ')}.` }))
}

function checkOutside(
  leaf: Exclude<Leaf, QuestionLeaf>,
  known: KnownNames,
  path: (string | number)[],
): MeaningProblem[] {
  if ('circumstance' in leaf) return checkCircumstance(leaf, known, path)
  if (!known.factKeys || known.factKeys.has(leaf.fact)) return []
  const message = `The fact dictionary has no "${leaf.fact}". Check its spelling.`
  return [{ path: [...path, 'fact'], message }]
}

function checkCircumstance(
  leaf: CircumstanceLeaf,
  { coverages }: KnownNames,
  path: (string | number)[],
): MeaningProblem[] {
  switch (leaf.circumstance) {
    case 'revenue':
      return isCurrency(leaf.currency) ? [] : [notACurrency(leaf.currency, [...path, 'currency'])]
    case 'headcount':
      return []
    case 'class': {
      const classes = BUSINESS_CLASSES.map(({ id }) => id)
      return checkWords([leaf.is].flat(), classes, 'a known class of business', [...path, 'is'])
    }
    case 'renewal':
      return checkWords([leaf.is].flat(), ['yes', 'no'], 'what renewal can be', [...path, 'is'])
    case 'coverage': {
      if (coverages.some(({ id }) => id === leaf.includes)) return []
      const message = `The form offers no cover "${leaf.includes}". Add it to "coverages" or check its spelling.`
      return [{ path: [...path, 'includes'], message }]
    }
  }
}

export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code)
}

export function notACurrency(code: string, path: (string | number)[]): MeaningProblem {
  return { path, message: `"${code}" is not a currency code. Use one such as USD.` }
}

/** Reports each circle once, at the condition of its first question in form order. */
export function findCircles(
  located: LocatedQuestion[],
  questions: ReadonlyMap<string, Question>,
): MeaningProblem[] {
  const settled = new Set<string>()
  return located.flatMap(({ question, path }) => {
    const circle = circleFrom(question.id, questions, settled)
    if (!circle) return []
    const message = `These questions wait for each other: ${circle.join(', ')}. Remove one of the conditions.`
    return [{ path: [...path, 'when'], message }]
  })
}

/** Iterative depth-first search: a hostile edition may chain more questions than the stack is deep. */
function circleFrom(
  start: string,
  questions: ReadonlyMap<string, Question>,
  settled: Set<string>,
): string[] | null {
  const trail: { id: string; next: string[] }[] = []
  const places = new Map<string, number>()
  let circle: string[] | null = null
  const enter = (id: string) => {
    if (settled.has(id)) return
    const index = places.get(id)
    if (index !== undefined) {
      circle ??= trail.slice(index).map((step) => step.id)
      return
    }
    const when = questions.get(id)?.when
    places.set(id, trail.length)
    // A question that looks at itself has its own problem already.
    trail.push({ id, next: when ? questionsIn(when).filter((other) => other !== id) : [] })
  }
  enter(start)
  for (let step = trail.at(-1); step; step = trail.at(-1)) {
    const next = step.next.pop()
    if (next !== undefined) enter(next)
    else {
      trail.pop()
      places.delete(step.id)
      settled.add(step.id)
    }
  }
  return circle
}
