/** The few sentences of the first page that an underwriter must not miss. */
import { reviewerOf } from '../signing-order.ts'
import type { Account } from './account.ts'

type Needed = Pick<Account, 'statement' | 'words' | 'answerCounts' | 'controlCounts' | 'excepted'>

export function headlinesOf({ statement, words, answerCounts, controlCounts, excepted }: Needed): string[] {
  const { say, date } = words
  const { findings, coverage, preparedBy } = statement
  const reviewer = reviewerOf(statement)
  const uncovered = answerCounts.contradicted - excepted
  const urgent = findings?.open.filter(({ severity }) => severity === 'critical' || severity === 'high') ?? []
  const late = urgent.reduce((sum, row) => sum + row.upTo90Days + row.upTo180Days + row.older, 0)
  const unbroken = coverage?.controls.filter(({ segments }) =>
    segments.every(({ state }) => state === 'proved'),
  )
  return [
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
    reviewer
      ? say('headline.reviewer', { name: reviewer.name, organisation: reviewer.organisation })
      : say('headline.no-reviewer', { preparer: preparedBy.name }),
  ]
}
