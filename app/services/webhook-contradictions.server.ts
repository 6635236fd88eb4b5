/** Which answers evidence contradicts by now: of drafts, and of what was signed and is in force. */
import { createHash } from 'node:crypto'
import { cutText } from '#app/language/cut-text.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { AnswerReadiness } from '#app/readiness/status.ts'
import type { Tx } from '#db/client.server.ts'
import { RefusedError } from './errors.ts'
import { applicationsInForceOf, loadForce } from './force.server.ts'
import type { InForce } from './in-force.ts'
import { loadReadiness } from './readiness.server.ts'
import type { FoundEvent, Look } from './webhook-dues.server.ts'

/** What both sides signed, and when. */
type Signed = Pick<InForce, 'reportId' | 'attestedAt'>

export const findContradictions =
  (clientId: string): Look =>
  async (tx, organisationId, now) => {
    const force = await loadForce(tx, organisationId, { clientId })
    const signed = new Map(
      applicationsInForceOf(force, now)
        .filter(({ basis }) => basis === 'signed')
        .map((one) => [one.applicationId, one] as const),
    )
    const found: FoundEvent[] = []
    for (const { id, state } of force.applications) {
      const inForce = signed.get(id) ?? null
      // What was signed for an earlier period, or withdrawn, answers for nothing any more.
      if (state !== 'draft' && inForce === null) continue
      try {
        found.push(...(await contradictionsOf(tx, organisationId, id, inForce, now)))
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
  signed: Signed | null,
  now: Date,
): Promise<FoundEvent[]> {
  const { client, edition, input } = await loadReadiness(tx, organisationId, applicationId, now)
  const questions = new Map(
    edition.sections.flatMap(({ id, questions }) =>
      questions.map((question) => [question.id, { sectionId: id, prompt: question.prompt }] as const),
    ),
  )
  return evaluateReadiness(input).answers.flatMap((answer): FoundEvent[] => {
    const { questionId, status, exceptionId } = answer
    const question = questions.get(questionId)
    if (status !== 'contradicted' || !question) return []
    // What was signed told of its exceptions: nothing drifted as long as one is in force.
    if (signed && exceptionId !== null) return []
    return [
      {
        client: { id: client.id, name: client.legalName },
        subject: { id: applicationId, title: cutText(question.prompt, 200) },
        text: wordsFor(question.prompt, signed),
        path: `/applications/${applicationId}/sections/${question.sectionId}#${questionId}`,
        urgency: 'high',
        // Told of a draft, it is told again of what was signed: then somebody relies on it.
        key: `${signed?.reportId ?? applicationId} ${questionId} ${causeOf(answer)}`,
      },
    ]
  })
}

function wordsFor(prompt: string, signed: Signed | null): string {
  const sentence = `Evidence contradicts the answer to “${cutText(prompt, 1500)}”`
  if (!signed) return `${sentence}.`
  const day = signed.attestedAt?.toISOString().slice(0, 10)
  return `${sentence}, which was signed on ${day} and is in force. Put the control right, or re-attest and ask the broker whether the insurer has to be told.`
}

/** What contradicts it stands in the key: something new is told, the same thing once. */
function causeOf({ reasons }: AnswerReadiness): string {
  const against = reasons.filter(({ outcome }) => outcome === 'contradicts')
  const causes = against.flatMap(({ ruleId, factIds }) => [ruleId ?? '', ...factIds]).sort()
  return createHash('sha256').update(causes.join(' ')).digest('hex').slice(0, 32)
}
