/** The few fixes that clear most of what insurers ask, with the answers that each moves and the clocks of patching. */
import { patchClocks, patchThresholds, questionsMovedBy } from '#app/readiness/fix-answers.ts'
import { describePlan, type InsurerKey } from '#app/readiness/fixes.ts'
import * as applications from '#db/queries/applications.server.ts'
import { FACT_DICTIONARY } from '#evidence/facts.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { catalogueDates } from './catalogue-state.server.ts'
import { getClientRow } from './clients.server.ts'
import { editionOf } from './editions.server.ts'
import { RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import { type CountedFix, readRegisterSummary, today } from './register-summary.server.ts'
import { getRuntime } from './runtime.server.ts'

/** @returns null where no scan is in the register yet */
export async function getFixPlan(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    const summary = await readRegisterSummary(tx, organisationId, clientId)
    if (!summary) return null
    const drafts = (await applications.listApplications(tx, organisationId, clientId)).filter(
      ({ state }) => state === 'draft',
    )
    const editions: Editions = []
    for (const application of drafts) {
      try {
        editions.push({ applicationId: application.id, edition: await editionOf(tx, application) })
      } catch (error) {
        // One edition that cannot be read must not hide what there is to fix.
        if (!(error instanceof RefusedError)) throw error
      }
    }
    const thresholds = patchThresholds(editions.map(({ edition }) => edition))
    const { plan } = summary
    return {
      sentence: describePlan(plan),
      findings: plan.findings,
      relevant: plan.relevant,
      cleared: plan.cleared,
      chosen: plan.chosen.map((fix) => showFix(fix, plan.left, editions, thresholds)),
      catalogues: await catalogueDates(tx, organisationId),
    }
  })
}

export type ShownPlan = NonNullable<Awaited<ReturnType<typeof getFixPlan>>>
export type ShownFix = ShownPlan['chosen'][number]

type Editions = { applicationId: string; edition: Awaited<ReturnType<typeof editionOf>> }[]

function showFix(
  fix: CountedFix,
  left: Partial<Record<InsurerKey, { open: number; left: number }>>,
  editions: Editions,
  thresholds: readonly number[],
) {
  const keys = Object.keys(fix.counts) as InsurerKey[]
  const stillOpen = (Object.keys(left) as InsurerKey[]).filter((key) => (left[key]?.left ?? 0) > 0)
  return {
    key: fix.key,
    label: fix.label,
    worst: fix.worst,
    findings: fix.findings,
    relevant: fix.relevant,
    assets: fix.assets,
    kev: fix.kev,
    isRansomware: fix.isRansomware,
    epss: fix.epss,
    external: fix.external,
    reasons: keys.map((key) => ({ key, label: FACT_DICTIONARY[key].label, count: fix.counts[key] ?? 0 })),
    oldestFixOn: fix.oldestFixOn,
    clocks: fix.oldestFixOn ? patchClocks(fix.oldestFixOn, thresholds, today()) : [],
    questions: editions.flatMap(({ applicationId, edition }) => {
      const against = questionsMovedBy(stillOpen, edition, loadCatalogue())
      return questionsMovedBy(keys, edition, loadCatalogue()).map((question) => ({
        item: question.item,
        prompt: question.prompt,
        formTitle: edition.form.title,
        href: `/applications/${applicationId}/sections/${question.sectionId}#${question.questionId}`,
        /** After all the chosen fixes nothing is open any more that speaks against it. */
        isFreed: against.every(({ questionId }) => questionId !== question.questionId),
      }))
    }),
  }
}
