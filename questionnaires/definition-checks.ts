/** What a well-formed edition can still get wrong: names that clash, answers that don't exist, questions nobody sees. */
import { byId } from './branching.ts'
import {
  checkConditions,
  checkEligibility,
  findCircles,
  type KnownNames,
  type LocatedQuestion,
  type MeaningProblem,
} from './condition-checks.ts'
import type { Edition } from './definition.ts'
import { findDuplicateNames } from './duplicate-names.ts'
import { checkQuestion, type KnownWords } from './question-checks.ts'
import { findUnreachable } from './reachability.ts'

/**
 * Every problem of an edition that has the right shape; an empty list means that it can be published.
 * @param words controls and facts that it may name; what is left out is not checked
 */
export function checkDefinition(
  edition: Edition,
  words: Pick<KnownWords, 'controlIds' | 'factKeys'> = {},
): MeaningProblem[] {
  const located = edition.sections.flatMap((section, s) =>
    section.questions.map((question, q) => ({ question, path: ['sections', s, 'questions', q] })),
  )
  const known: KnownNames = {
    questions: byId(edition),
    coverages: edition.coverages,
    factKeys: words.factKeys,
  }
  const problems = [
    ...findDuplicateNames(edition, located),
    ...checkForm(edition),
    ...located.flatMap((entry) => checkQuestion(entry, edition, words)),
    ...checkEligibility(edition, known),
    ...located.flatMap((entry) => checkConditions(entry, known)),
    ...findCircles(located, known.questions),
  ]
  // Reachability is only defined once every condition makes sense.
  return problems.length > 0 ? problems : checkReachability(edition, located)
}

function checkForm({ declaration }: Edition): MeaningProblem[] {
  const roles = declaration.signerRoles.length
  if (declaration.minimumSigners <= roles) return []
  const message = `${declaration.minimumSigners} people must sign, but only ${roles} may. Add signer roles or ask for fewer.`
  return [{ path: ['declaration', 'minimumSigners'], message }]
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
