/** The few sentences of the first page that an underwriter must not miss. */

import { reattestWords } from '../language/reattestation/words.ts'
import { reviewerOf } from '../signing-order.ts'
import type { Statement } from '../statement.ts'
import type { Account } from './account.ts'
import { opinionsOf } from './review-words.ts'

type Needed = Pick<Account, 'statement' | 'words' | 'answerCounts' | 'controlCounts' | 'excepted'>

export function headlinesOf({ statement, words, answerCounts, controlCounts, excepted }: Needed): string[] {
  const { say, date } = words
  const { findings, coverage, preparedBy, reviews } = statement
  const reviewer = reviewerOf(statement)
  const uncovered = answerCounts.contradicted - excepted
  const urgent = findings?.open.filter(({ severity }) => severity === 'critical' || severity === 'high') ?? []
  const late = urgent.reduce((sum, row) => sum + row.upTo90Days + row.upTo180Days + row.older, 0)
  const unbroken = coverage?.controls.filter(({ segments }) =>
    segments.every(({ state }) => state === 'proved'),
  )
  return [
    ...saidAgain(statement),
    ...(uncovered > 0 ? [say('headline.uncovered', { count: uncovered })] : []),
    ...(excepted > 0 ? [say('headline.excepted', { count: excepted })] : []),
    ...(answerCounts.contradicted === 0 ? [say('headline.no-contradiction')] : []),
    ...(controlCounts.unknown > 0 ? [say('headline.unknown', { count: controlCounts.unknown })] : []),
    ...(findings ? [late > 0 ? say('findings.late', { count: late }) : say('findings.none-late')] : []),
    ...(coverage && unbroken
      ? [
          say('headline.proved', {
            count: unbroken.length,
            total: coverage.controls.length,
            date: date(coverage.first),
          }),
        ]
      : []),
    ...(reviews ? [opinionsOf(words, reviews)] : []),
    // Nobody reviews a re-attestation; who judged is said where the method is.
    ...(statement.reattestation || (reviews && !reviewer)
      ? []
      : [
          reviewer
            ? say('headline.reviewer', { name: reviewer.name, organisation: reviewer.organisation })
            : say('headline.no-reviewer', { preparer: preparedBy.name }),
        ]),
  ]
}

/** What the officer says of the signed answers, the gravest first. */
function saidAgain({ reattestation, language }: Statement): string[] {
  if (!reattestation) return []
  const { say } = reattestWords(language)
  return (['no-longer-true', 'with-exceptions', 'still-true'] as const).flatMap((result) => {
    const count = reattestation.answers.filter((answer) => answer.result?.result === result).length
    return count > 0 ? [`${say(`end.${result}`, { count })}.`] : []
  })
}
