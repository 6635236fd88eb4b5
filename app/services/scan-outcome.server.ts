/** What one imported file brought, short enough for a row of the upload page. */
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { NotFoundError } from './errors.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { listScanEffects } from './scan-effects.server.ts'

export interface ScanOutcome {
  factCount: number
  contradictions: { item: string; prompt: string; formTitle: string; sentence: string; href: string }[]
  supportedCount: number
}

/** Contradictions in every draft of the client; an answer is named once for each application. */
export async function getScanOutcome(member: Member, importId: string): Promise<ScanOutcome> {
  const { organisationId } = member
  const factCount = await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const scan = await scans.findImport(tx, organisationId, importId)
    const found = scan && (await evidenceRows.findRevision(tx, organisationId, scan.revisionId))
    if (!scan || !found) throw new NotFoundError('No such scan')
    const facts = await scans.listFacts(tx, organisationId, scan.clientId)
    return facts.filter(({ fact }) => fact.importId === importId).length
  })
  const effects = await listScanEffects(member, importId)
  const answers = effects.flatMap(({ formTitle, answers: list }) =>
    list.map((answer) => ({ ...answer, formTitle })),
  )
  return {
    factCount,
    contradictions: answers.flatMap(({ item, prompt, formTitle, href, result }) => {
      const reason = result.reasons.find(({ outcome }) => outcome === 'contradicts')
      return reason ? [{ item, prompt, formTitle, href, sentence: reason.sentence }] : []
    }),
    supportedCount: answers.filter(({ result }) =>
      result.reasons.some(({ outcome }) => outcome === 'supports'),
    ).length,
  }
}
