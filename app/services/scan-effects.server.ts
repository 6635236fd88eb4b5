/** What one scan does to the answers of its client: the engine's own results, picked by the facts that they cite. */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { AnswerReadiness } from '#app/readiness/status.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { describeAnswer } from '#questionnaires/answers.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import { loadReadiness } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'

export interface ScanEffects {
  applicationId: string
  formTitle: string
  /** Set when the application cannot be judged; then there are no answers. */
  problem: string | null
  answers: {
    item: string
    prompt: string
    shown: string
    href: string
    /** Its reasons are those alone that rest on this scan. */
    result: AnswerReadiness
  }[]
}

/** One entry for each draft application of the client, also where no answer is touched. */
export async function listScanEffects(member: Member, importId: string): Promise<ScanEffects[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const scan = await scans.findImport(tx, organisationId, importId)
    if (!scan) throw new NotFoundError('No such scan')
    const rows = await applications.listApplications(tx, organisationId, scan.clientId)
    const effects: ScanEffects[] = []
    for (const row of rows.filter(({ state }) => state === 'draft')) {
      try {
        effects.push(pickEffects(await loadReadiness(tx, organisationId, row.id, clock()), importId))
      } catch (error) {
        // One application that cannot be read leaves the page of the scan readable.
        if (!(error instanceof RefusedError)) throw error
        effects.push({ applicationId: row.id, formTitle: row.formCode, problem: error.message, answers: [] })
      }
    }
    return effects
  })
}

function pickEffects(loaded: Awaited<ReturnType<typeof loadReadiness>>, importId: string): ScanEffects {
  const { application, edition, input } = loaded
  const own = new Set(
    loaded.factRows.filter(({ fact }) => fact.importId === importId).map(({ fact }) => fact.id),
  )
  const results = new Map(evaluateReadiness(input).answers.map((result) => [result.questionId, result]))
  const answers = edition.sections.flatMap((section) =>
    section.questions.flatMap((question) => {
      const result = results.get(question.id)
      const reasons = result?.reasons.filter(({ factIds }) => factIds.some((id) => own.has(id))) ?? []
      if (!result || reasons.length === 0) return []
      return [
        {
          item: question.reference.item,
          prompt: question.prompt,
          shown: describeAnswer(question, input.answers[question.id]),
          href: `/applications/${application.id}/sections/${section.id}#${question.id}`,
          result: { ...result, reasons },
        },
      ]
    }),
  )
  return { applicationId: application.id, formTitle: edition.form.title, problem: null, answers }
}
