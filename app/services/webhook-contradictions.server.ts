/** Which answers of drafts evidence contradicts by now. */
import { createHash } from 'node:crypto'
import { cutText } from '#app/language/cut-text.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { AnswerReadiness } from '#app/readiness/status.ts'
import type { Tx } from '#db/client.server.ts'
import { listApplications } from '#db/queries/applications.server.ts'
import { RefusedError } from './errors.ts'
import { loadReadiness } from './readiness.server.ts'
import type { FoundEvent, Look } from './webhook-dues.server.ts'

export const findContradictions =
  (clientId: string): Look =>
  async (tx, organisationId, now) => {
    const found: FoundEvent[] = []
    for (const { id, state } of await listApplications(tx, organisationId, clientId)) {
      if (state !== 'draft') continue
      try {
        found.push(...(await contradictionsOf(tx, organisationId, id, now)))
      } catch (error) {
        // One application that cannot be judged keeps nobody from hearing of the others.
        if (!(error instanceof RefusedError)) throw error
      }
    }
    return found
  }

async function contradictionsOf(
  tx: Tx,
  organisationId: string,
  applicationId: string,
  now: Date,
): Promise<FoundEvent[]> {
  const { client, edition, input } = await loadReadiness(tx, organisationId, applicationId, now)
  const questions = new Map(
    edition.sections.flatMap(({ id, questions }) =>
      questions.map((question) => [question.id, { sectionId: id, prompt: question.prompt }] as const),
    ),
  )
  return evaluateReadiness(input).answers.flatMap((answer): FoundEvent[] => {
    const { questionId, status } = answer
    const question = questions.get(questionId)
    if (status !== 'contradicted' || !question) return []
    return [
      {
        client: { id: client.id, name: client.legalName },
        subject: { id: applicationId, title: cutText(question.prompt, 200) },
        text: `Evidence contradicts the answer to “${question.prompt}”.`,
        path: `/applications/${applicationId}/sections/${question.sectionId}#${questionId}`,
        urgency: 'high',
        key: `${applicationId} ${questionId} ${causeOf(answer)}`,
      },
    ]
  })
}

/** What contradicts it stands in the key: something new is told, the same thing once. */
function causeOf({ reasons }: AnswerReadiness): string {
  const against = reasons.filter(({ outcome }) => outcome === 'contradicts')
  const causes = against.flatMap(({ ruleId, factIds }) => [ruleId ?? '', ...factIds]).sort()
  return createHash('sha256').update(causes.join(' ')).digest('hex').slice(0, 32)
}
