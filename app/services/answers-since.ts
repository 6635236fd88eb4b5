/** What a client has answered otherwise in another form since an application was signed. Pure. */
import type { Statement } from '#app/report/statement.ts'
import type { ReattestedAnswer } from '#app/report/statement-reattestation.ts'
import type { CanonicalAnswerRow } from '#db/queries/answer-bank.server.ts'
import { canonicalJson } from '#evidence/canonical.ts'
import { type Answer, describeAnswer } from '#questionnaires/answers.ts'
import {
  CanonicalStatement,
  canonicalKeyOf,
  deriveAnswer,
  readableAspects,
} from '#questionnaires/canonical.ts'
import { type Edition, findQuestion } from '#questionnaires/definition.ts'

type Changed = NonNullable<ReattestedAnswer['changed']>

/**
 * By question. Only what derives a whole answer counts: a "yes" elsewhere changes no percentage.
 * @param statements of the client's answer bank, newest first
 */
export function answersSince(sources: {
  edition: Edition
  signed: readonly Pick<Statement['answers'][number], 'questionId' | 'answer'>[]
  statements: readonly CanonicalAnswerRow[]
  since: Date
  /** The signed application; its own words are what was signed. */
  applicationId: string
  now: Date
}): Map<string, Changed> {
  const { edition, statements, since, applicationId, now } = sources
  const later = statements.filter((row) => row.statedAt > since && row.applicationId !== applicationId)
  return new Map(
    sources.signed.flatMap(({ questionId, answer }) => {
      const question = findQuestion(edition, questionId)
      const key = canonicalKeyOf(edition, questionId)
      if (!question || !key) return []
      const aspects: readonly string[] = readableAspects(question)
      const row = later.find(
        (candidate) =>
          candidate.statement !== null &&
          candidate.topic === key.topic &&
          candidate.scope === key.scope &&
          aspects.includes(candidate.aspect),
      )
      const derived = row && deriveAnswer(question, CanonicalStatement.parse(row.statement), now)
      if (!row || !derived?.answer || derived.lost.length > 0) return []
      if (sayingOf(derived.answer) === sayingOf(answer)) return []
      return [
        [
          questionId,
          {
            shown: describeAnswer(question, derived.answer),
            by: row.statedByName,
            on: row.statedAt.toISOString().slice(0, 10),
            form: row.formTitle,
            item: row.item,
          },
        ] as const,
      ]
    }),
  )
}

/** Without explanations and the dates of gaps: they are words about an answer, not the answer. */
function sayingOf(answer: Answer | null): string {
  if (answer === null) return ''
  return answer.state === 'answered' ? canonicalJson(answer.value) : answer.state
}
