/** What the report derives from a statement before drawing it: counts, groups and the short ids of evidence and facts. */
import { type Words, wordsIn } from '../language/words.ts'
import type { Statement } from '../statement.ts'
import { COLOUR } from './colours.ts'
import { familiesOf, printableTexts, REPLACEMENT } from './typefaces.ts'
import { type AnswerItem, type ControlStatus, type ReasonItem, type Standing, standingOf } from './wording.ts'

export interface Account extends Reading {
  hasReplacedLetters: boolean
  /** What its letters are drawn with, the first that has a letter first. */
  families: string[]
  /** The preparer's colour, or ours: for rules and numbers, never for what a status means. */
  accent: string
}

/** What follows from a statement whichever way it is shown. */
export interface Reading {
  statement: Statement
  /** The words of its language. */
  words: Words
  controlCounts: Record<ControlStatus, number>
  answerCounts: Record<Standing, number>
  /** Contradicted answers that an exception covers. */
  excepted: number
  sections: { title: string; answers: AnswerItem[] }[]
  domains: { title: string; controls: Statement['controls'] }[]
  answerById: Map<string, AnswerItem>
  /** "E3" for a revision that the evidence appendix lists. */
  evidenceId(revisionId: string): string | null
  /** Evidence and fact ids of a reason, each once. */
  sourcesOf(reasons: readonly ReasonItem[]): string[]
}

/** With what the typefaces can draw; the attached statement holds the original. */
export function accountOf(original: Statement): Account {
  const statement = printableTexts(original)
  const text = JSON.stringify(statement)
  return {
    ...readingOf(statement),
    hasReplacedLetters: text.includes(REPLACEMENT),
    families: familiesOf(text),
    accent: original.brand?.accent ?? COLOUR.accent,
  }
}

export function readingOf(statement: Statement): Reading {
  const evidenceNumbers = new Map(
    statement.evidence.map(({ revisionId }, index) => [revisionId, `E${index + 1}`]),
  )
  const factNumbers = new Map(statement.facts.map(({ id }, index) => [id, `F${index + 1}`]))
  const { answers, controls } = statement
  const withStanding = (standing: Standing) =>
    answers.filter((answer) => standingOf(answer) === standing).length
  const inStatus = (status: ControlStatus) => controls.filter((control) => control.status === status).length
  return {
    statement,
    words: wordsIn(statement.language),
    controlCounts: {
      met: inStatus('met'),
      partly: inStatus('partly'),
      unmet: inStatus('unmet'),
      unknown: inStatus('unknown'),
      'not-applicable': inStatus('not-applicable'),
    },
    answerCounts: {
      supported: withStanding('supported'),
      weakened: withStanding('weakened'),
      unsupported: withStanding('unsupported'),
      stale: withStanding('stale'),
      contradicted: withStanding('contradicted'),
      gap: withStanding('gap'),
      'not-claimed': withStanding('not-claimed'),
    },
    excepted: answers.filter(({ status, exceptionId }) => status === 'contradicted' && exceptionId !== null)
      .length,
    sections: groupBy(answers, ({ section }) => section).map(([title, items]) => ({ title, answers: items })),
    domains: groupBy(controls, ({ domain }) => domain).map(([title, items]) => ({ title, controls: items })),
    answerById: new Map(answers.map((answer) => [answer.questionId, answer])),
    evidenceId: (revisionId) => evidenceNumbers.get(revisionId) ?? null,
    sourcesOf: (reasons) => {
      const evidence = reasons.flatMap(({ revisionIds }) => revisionIds.map((id) => evidenceNumbers.get(id)))
      const facts = reasons.flatMap(({ factIds }) => factIds.map((id) => factNumbers.get(id)))
      return [...new Set([...evidence, ...facts])].filter((id) => id !== undefined)
    },
  }
}

/** Groups in order of first appearance. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups]
}
