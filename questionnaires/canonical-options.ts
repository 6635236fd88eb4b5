/** Which options of a choice follow from what was stated about its topic. */
import type { DerivedValue } from './canonical-derive.ts'
import { claimOfOption, type StandingStatement } from './canonical-statement.ts'
import { positiveClaims } from './canonical-yes-no.ts'
import { type Option, optionsOf, type Question } from './definition.ts'

type ChoiceQuestion = Extract<Question, { kind: 'single-choice' | 'band' | 'multiple-choice' }>

export function deriveOptions(question: ChoiceQuestion, statement: StandingStatement): DerivedValue | null {
  const claims = positiveClaims(statement)
  return question.kind === 'multiple-choice'
    ? severalOf(question, claims, statement)
    : oneOf(question, claims, statement)
}

function oneOf(
  question: Exclude<ChoiceQuestion, { kind: 'multiple-choice' }>,
  claims: readonly string[],
  statement: StandingStatement,
): DerivedValue | null {
  const exact = question.options.filter((option) => claims.includes(claimOfOption(option)))
  const option = pick(question, exact.length > 0 ? exact : question.options.filter(followsFrom(claims)))
  if (!option) return null
  const better = question.kind === 'single-choice' && question.ordered ? question.options : []
  const lost = [
    ...unused(statement.claims, [option]),
    ...derivedWords([option], claims),
    ...unstated(better.slice(0, better.indexOf(option)), statement),
  ]
  return { value: { kind: question.kind, choice: option.id, ...describing([option], statement) }, lost }
}

/** Of several that follow, the best one where the options are ordered; elsewhere nobody can tell. */
function pick(question: ChoiceQuestion, options: readonly Option[]): Option | null {
  const [first, ...others] = options
  if (!first || others.length === 0) return first ?? null
  const areTold = new Set(options.map(claimOfOption)).size === options.length
  return question.kind === 'single-choice' && question.ordered && areTold ? first : null
}

function severalOf(
  question: Extract<ChoiceQuestion, { kind: 'multiple-choice' }>,
  claims: readonly string[],
  statement: StandingStatement,
): DerivedValue | null {
  const made = question.options.map(claimOfOption)
  const ticked = question.options.filter((option) => {
    const isOnlyOne = made.filter((claim) => claim === claimOfOption(option)).length === 1
    return (isOnlyOne && claims.includes(claimOfOption(option))) || followsFrom(claims)(option)
  })
  if (ticked.length === 0 || (ticked.length > 1 && ticked.some(({ exclusive }) => exclusive))) return null
  const open = question.options.filter((option) => !ticked.includes(option) && !option.exclusive)
  const lost = [
    ...unused(statement.claims, ticked),
    ...derivedWords(ticked, claims),
    ...unstated(open, statement),
  ]
  const choices = ticked.map(({ id }) => id)
  return { value: { kind: 'multiple-choice', choices, ...describing(ticked, statement) }, lost }
}

function followsFrom(claims: readonly string[]) {
  return (option: Option) => option.derivedFrom?.some((claim) => claims.includes(claim)) ?? false
}

function describing(options: readonly Option[], { description }: StandingStatement) {
  return description && options.some(({ describe }) => describe) ? { description } : {}
}

function unused(claims: readonly string[], options: readonly Option[]): string[] {
  const used = options.flatMap((option) => [claimOfOption(option), ...(option.derivedFrom ?? [])])
  return claims
    .filter((claim) => !used.includes(claim))
    .map((claim) => `“${claim.replaceAll('-', ' ')}” was stated too and has no place here.`)
}

function derivedWords(options: readonly Option[], claims: readonly string[]): string[] {
  return options.flatMap((option) => {
    if (claims.includes(claimOfOption(option))) return []
    const sources = (option.derivedFrom ?? []).filter((claim) => claims.includes(claim))
    return [`“${sources.join('” and “').replaceAll('-', ' ')}” became “${option.label}”.`]
  })
}

function unstated(options: readonly Option[], { denies = [] }: StandingStatement): string[] {
  return options
    .filter((option) => !denies.includes(claimOfOption(option)))
    .map(({ label }) => `Nothing was stated about “${label}”; it is left out.`)
}

/**
 * The one band in which a number (`of` 100) or a share in percent lies; null where none or several do.
 * Compared without division, so that 95 of 100 is 95 %.
 */
export function bandOf(question: Question, { portion, of }: { portion: number; of: number }): Option | null {
  const [option, ...others] = optionsOf(question).filter(({ atLeast, below }) => {
    if (atLeast === undefined && below === undefined) return false
    const value = portion * 100
    return (atLeast === undefined || value >= atLeast * of) && (below === undefined || value < below * of)
  })
  return option && others.length === 0 ? option : null
}
