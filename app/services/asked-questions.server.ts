/** Every question of a client's applications that applies, with the control it is about and what was answered. */
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as counting from '#db/queries/counting-evidence.server.ts'
import { listAnswersOfApplications } from '#db/queries/portfolio.server.ts'
import { answersAsRead, describeAnswer } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import type { Question } from '#questionnaires/definition.ts'
import { answersOf } from './application-rows.server.ts'
import { findEditionOf } from './editions.server.ts'
import { buildReadinessInput } from './readiness-input.ts'

export interface AskedQuestion {
  controlId: string
  applicationId: string
  /** Whether the application is signed. */
  isSigned: boolean
  formTitle: string
  edition: string
  questionId: string
  kind: Question['kind']
  item: string
  prompt: string
  /** What was answered, in words; null while it is open. */
  answered: string | null
  href: string
}

/** Applications newest first, questions in the order of their forms. Discarded applications ask nothing. */
export async function listAskedQuestions(
  tx: Tx,
  organisationId: string,
  clientId: string,
  now: Date,
): Promise<AskedQuestion[]> {
  const rows = await applications.listApplications(tx, organisationId, clientId)
  if (rows.length === 0) return []
  const given = await listAnswersOfApplications(
    tx,
    organisationId,
    rows.map(({ id }) => id),
  )
  const evidence = await counting.listCountingEvidence(tx, organisationId, clientId)
  const facts = await counting.listCountingFacts(tx, organisationId, clientId)
  const catalogue = loadCatalogue()
  const asked: AskedQuestion[] = []
  for (const application of rows) {
    const edition = await findEditionOf(tx, application)
    if (!edition) continue
    const own = answersOf(given.filter(({ applicationId }) => applicationId === application.id))
    const sources = { application, edition, catalogue, answers: own, evidence, facts, exceptions: [] }
    const { circumstances } = buildReadinessInput(sources, now)
    const answers = answersAsRead(edition, own)
    const applicable = applicableQuestions(edition, answers, circumstances)
    for (const section of edition.sections) {
      for (const question of section.questions) {
        if (!question.control || !applicable.has(question.id)) continue
        const answer = answers[question.id]
        asked.push({
          controlId: question.control,
          applicationId: application.id,
          isSigned: application.state === 'frozen',
          formTitle: edition.form.title,
          edition: edition.edition,
          questionId: question.id,
          kind: question.kind,
          item: question.reference.item,
          prompt: question.prompt,
          answered: answer ? describeAnswer(question, answer) : null,
          href: `/applications/${application.id}/sections/${section.id}#${question.id}`,
        })
      }
    }
  }
  return asked
}
