/** Answers and circumstances that conditions can tell apart: one for each outcome, so that all can be tried. */
import type { Answer, AnswerValue } from './answers.ts'
import { BUSINESS_CLASSES, type Circumstances } from './circumstances.ts'
import type { Leaf } from './conditions.ts'
import { type Edition, optionsOf, type Question } from './definition.ts'

/** Options that can be ticked together, of which every combination is listed: one more than reachability.ts tries. */
const MOST_TICKS = 15

export function distinctAnswers(
  target: Question,
  leaves: readonly Leaf[],
  blankMeans: Edition['blankMeans'],
): Answer[] {
  const tests = leaves.filter((leaf) => 'question' in leaf && leaf.question === target.id)
  const tokens = tests.flatMap((test) =>
    'is' in test ? [test.is].flat().map(String) : 'includes' in test ? [test.includes] : [],
  )
  const amounts = tests.flatMap((test) => ('atLeast' in test ? [test.atLeast] : []))
  const dontKnow: Answer = { state: 'dont-know', gap: { owner: 'anyone', dueOn: '2000-01-01' } }
  const values = distinctValues(target, { tokens, amounts, blankMeans })
  return [dontKnow, ...values.map((value): Answer => ({ state: 'answered', value }))]
}

interface Told {
  tokens: readonly string[]
  amounts: readonly number[]
  blankMeans: Edition['blankMeans']
}

function distinctValues(target: Question, { tokens, amounts, blankMeans }: Told): AnswerValue[] {
  switch (target.kind) {
    case 'yes-no': {
      const choices = [
        'yes' as const,
        ...(target.yesOnly && blankMeans !== 'no' ? [] : (['no'] as const)),
        ...(target.sometimes ? (['sometimes'] as const) : []),
        ...(target.notApplicable ? (['not-applicable'] as const) : []),
      ]
      return choices.map((choice) => ({ kind: 'yes-no', choice }))
    }
    case 'single-choice':
    case 'band':
      return target.options.map((option) => ({ kind: target.kind, choice: option.id }))
    case 'multiple-choice':
      return distinctTicks(target, tokens).map((choices) => ({ kind: 'multiple-choice', choices }))
    case 'number': {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = target
      const low = Number.isFinite(min) ? min : Math.min(0, max, ...amounts) - 1
      const steps = amounts.map((amount) => Math.max(min, target.whole ? Math.ceil(amount) : amount))
      return [low, ...steps].filter((number) => number <= max).map((number) => ({ kind: 'number', number }))
    }
    case 'percent':
      return [0, ...amounts.filter((amount) => amount >= 0 && amount <= 100)].map((percent) => ({
        kind: 'percent',
        covered: Math.ceil(percent * 10_000),
        total: 1_000_000,
      }))
    case 'currency':
      return [0, ...amounts.map((amount) => Math.max(0, Math.ceil(amount)))].map((amountMinor) => ({
        kind: 'currency',
        amountMinor,
        currency: target.currency,
      }))
    case 'date':
      return [{ kind: 'date', date: '2000-01-01' }]
    case 'product':
      return [{ kind: 'product', product: 'any' }]
    case 'text':
      return [{ kind: 'text', text: 'any' }]
    case 'table':
      return [{ kind: 'table', rows: [] }]
    case 'attachment':
      return [{ kind: 'attachment', files: [] }]
  }
}

/** Every way to tick the options that conditions name, plus one that they don't; exclusive ones stand alone. */
function distinctTicks(target: Question, tokens: readonly string[]): string[][] {
  const options = optionsOf(target)
  const named = options.filter((option) => tokens.includes(option.id))
  const other = options.find((option) => !tokens.includes(option.id))
  const combinable = named.filter((option) => !option.exclusive).map(({ id }) => id)
  const alone = [...named.filter(({ exclusive }) => exclusive), ...(other ? [other] : [])]
  return [...alone.map(({ id }) => [id]), ...subsetsOf(combinable).filter((ticks) => ticks.length > 0)]
}

function subsetsOf(words: readonly string[]): string[][] {
  const counted = words.slice(0, MOST_TICKS)
  return Array.from({ length: 2 ** counted.length }, (_, mask) =>
    counted.filter((_word, bit) => mask & (1 << bit)),
  )
}

/** One list a circumstance or fact that is tested; the values of each list exclude each other. */
export function distinctCircumstances(leaves: readonly Leaf[]): Circumstances[][] {
  const tested = leaves.flatMap((leaf) => ('circumstance' in leaf ? [leaf] : []))
  const of = <Name extends (typeof tested)[number]['circumstance']>(name: Name) =>
    tested.filter(
      (leaf): leaf is Extract<(typeof tested)[number], { circumstance: Name }> => leaf.circumstance === name,
    )
  const words = (name: 'class' | 'renewal') =>
    of(name).flatMap((leaf) => ('is' in leaf ? [leaf.is].flat() : []))
  const amounts = of('revenue').flatMap(({ atLeast, currency }) =>
    [0, Math.max(0, Math.ceil(atLeast))].map((amountMinor) => ({ revenue: { amountMinor, currency } })),
  )
  const counts = of('headcount').map(({ atLeast }) => Math.max(0, Math.ceil(atLeast)))
  const covers = [...new Set(of('coverage').map(({ includes }) => includes))]
  const otherClass = BUSINESS_CLASSES.find(({ id }) => !words('class').includes(id))?.id
  const lists: Circumstances[][] = [
    amounts,
    counts.length > 0 ? [0, ...counts].map((headcount) => ({ headcount })) : [],
    words('class').length > 0
      ? [...words('class'), ...(otherClass ? [otherClass] : [])].map((name) => ({ class: name }))
      : [],
    words('renewal').length > 0 ? [{ renewal: 'yes' }, { renewal: 'no' }] : [],
    covers.length > 0 ? subsetsOf(covers).map((coverages) => ({ coverages })) : [],
    ...distinctFacts(leaves),
  ]
  return lists.filter((list) => list.length > 0)
}

function distinctFacts(leaves: readonly Leaf[]): Circumstances[][] {
  const tests = leaves.flatMap((leaf) => ('fact' in leaf ? [leaf] : []))
  return [...new Set(tests.map(({ fact }) => fact))].map((fact) => {
    const values = tests
      .filter((test) => test.fact === fact)
      .flatMap((test): (number | boolean | string)[] => {
        if ('atLeast' in test) return [test.atLeast, test.atLeast - 1]
        return typeof test.is === 'boolean' ? [true, false] : [test.is, `not ${test.is}`]
      })
    return [...new Set(values)].map((value) => ({ facts: { [fact]: value } }))
  })
}
