/** The few sentences of the first page that an underwriter must not miss. */
import type { Account } from './account.ts'
import { count, wordDate } from './wording.ts'

type Needed = Pick<Account, 'statement' | 'answerCounts' | 'controlCounts' | 'excepted'>

export function headlinesOf({ statement, answerCounts, controlCounts, excepted }: Needed): string[] {
  const { findings, coverage, reviewer, preparedBy } = statement
  const uncovered = answerCounts.contradicted - excepted
  const urgent = findings?.open.filter(({ severity }) => severity === 'critical' || severity === 'high') ?? []
  const late = urgent.reduce((sum, row) => sum + row.upTo90Days + row.upTo180Days + row.older, 0)
  const unbroken = coverage?.controls.filter(({ segments }) =>
    segments.every(({ state }) => state === 'proved'),
  )
  return [
    ...(uncovered > 0
      ? [`${count(uncovered, 'contradicted answer')} ${uncovered === 1 ? 'has' : 'have'} no exception.`]
      : []),
    ...(excepted > 0
      ? [
          `${count(excepted, 'contradicted answer')} ${excepted === 1 ? 'stands' : 'stand'} under an exception that the insured approved; chapter 2 gives the reason.`,
        ]
      : []),
    ...(answerCounts.contradicted === 0 ? ['No answer is contradicted by the evidence.'] : []),
    ...(controlCounts.unknown > 0
      ? [
          `For ${count(controlCounts.unknown, 'control')} nothing in force shows whether ${controlCounts.unknown === 1 ? 'it is' : 'they are'} in place.`,
        ]
      : []),
    ...(findings
      ? [
          late > 0
            ? `${count(late, 'critical or high finding')} ${late === 1 ? 'has' : 'have'} been open for more than 30 days.`
            : 'No critical or high finding has been open for more than 30 days.',
        ]
      : []),
    ...(coverage && unbroken
      ? [
          `${unbroken.length === 0 ? 'No control' : count(unbroken.length, 'control')} of ${coverage.controls.length} ${unbroken.length < 2 ? 'was' : 'were'} proved on every day since ${wordDate(coverage.first)}.`,
        ]
      : []),
    reviewer
      ? `${reviewer.name} of ${reviewer.organisation} is named as independent reviewer.`
      : `No independent reviewer is named: ${preparedBy.name} judges its own work.`,
  ]
}
