/** Whether a yes/no question follows from what was stated about its topic. */
import { claimsOfYes, markInClaim, markOf, type StandingStatement } from './canonical-statement.ts'
import type { Question } from './definition.ts'

type YesNoQuestion = Extract<Question, { kind: 'yes-no' }>
type Choice = 'yes' | 'no' | 'sometimes' | 'not-applicable'

/** Null where neither follows, or where the question does not offer what does. */
export function deriveYesNo(question: YesNoQuestion, statement: StandingStatement): Choice | null {
  const choice = choiceOf(question, statement)
  if (choice === 'yes') return choice
  // Where only "yes" can be chosen, everything else is said by leaving the question blank.
  if (choice === null || question.yesOnly) return null
  if (choice === 'sometimes' && !question.sometimes) return 'no'
  return choice === 'not-applicable' && !question.notApplicable ? null : choice
}

function choiceOf(question: YesNoQuestion, statement: StandingStatement): Choice | null {
  const { share, covered, total } = statement
  const claims = positiveClaims(statement)
  const mapped = question.claims ?? {}
  if (share === 'not-applicable' || claims.includes(mapped['not-applicable'] ?? 'not-applicable')) {
    return 'not-applicable'
  }
  if (covered !== undefined && total !== undefined) return choiceOfCounts(question, covered, total)
  if (claims.some((claim) => suffices(question, claim))) return 'yes'
  if (isDenied(question, statement)) return share === 'some' ? 'sometimes' : 'no'
  if (mapped.sometimes && claims.includes(mapped.sometimes)) return 'sometimes'
  // A bare "no" denies the bare "yes"; it says nothing about a limit such as 14 days.
  const no = mapped.no ?? (mapped.yes || markOf(question) < 100 ? null : 'no')
  return no && claims.includes(no) ? 'no' : null
}

/** A share says nothing about a claim of its own such as a time limit, unless the edition names the mark for it. */
function choiceOfCounts(question: YesNoQuestion, covered: number, total: number): Choice | null {
  const isMarked = question.canonical?.yesFromPercent !== undefined || markOf(question) < 100
  const speaksOfShares = isMarked || !question.claims?.yes
  if (!speaksOfShares && question.claims?.yes !== 'all') return null
  if (reaches(covered, total, markOf(question))) return 'yes'
  return covered === 0 ? 'no' : 'sometimes'
}

/** Compared without division, so that 95 of 100 is 95 %. */
export function reaches(covered: number, total: number, percent: number): boolean {
  return covered * 100 >= percent * total
}

function suffices(question: YesNoQuestion, claim: string): boolean {
  if (question.canonical?.yesFrom?.includes(claim) || claimsOfYes(question).includes(claim)) return true
  if (!question.claims?.yes && (claim === 'yes' || claim === 'all')) return true
  const mark = markInClaim(claim)
  return mark !== null && markOf(question) < 100 && mark >= markOf(question)
}

/** Everything from which "yes" would follow is ruled out. */
function isDenied(question: YesNoQuestion, statement: StandingStatement): boolean {
  const denied = deniedClaims(statement)
  const own =
    question.claims?.yes ?? (markOf(question) === 100 ? 'yes' : `at-least-${markOf(question)}-percent`)
  const isOut = (claim: string) =>
    denied.includes(claim) ||
    (claim === 'yes' && denied.includes('all')) ||
    denied.some((other) => isBelowMark(markInClaim(other), claim))
  return [own, ...(question.canonical?.yesFrom ?? [])].every(isOut)
}

/** Not even 95 % is not 98 % either, and not all. */
function isBelowMark(mark: number | null, claim: string): boolean {
  if (mark === null) return false
  return claim === 'yes' || claim === 'all' || mark <= (markInClaim(claim) ?? -1)
}

function deniedClaims({ share, denies }: StandingStatement): readonly string[] {
  if (denies) return denies
  return share === 'not-all' || share === 'none' || share === 'some' ? ['yes'] : []
}

/** What is claimed, with the two words for the same spelled out: "yes" of all is "all". */
export function positiveClaims({ share, claims, denies = [] }: StandingStatement): string[] {
  const made = claims.filter((claim) => !denies.includes(claim))
  return share === 'all' && (made.length === 0 || made.includes('yes')) ? [...made, 'yes', 'all'] : made
}
