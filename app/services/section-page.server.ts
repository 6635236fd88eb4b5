/** What the page of a section shows: the answers, what is proposed for the open ones, and the files they may cite. */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { findEvidenceKind } from '#questionnaires/controls.ts'
import { listProposals } from './answer-bank.server.ts'
import { listHolders } from './assignment-list.server.ts'
import type { Member } from './member.ts'
import { loadReadiness } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'

export async function getSectionPage(member: Member, applicationId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const { loaded, proposals, holders } = await database.inOrganisation(organisationId, async (tx) => ({
    loaded: await loadReadiness(tx, organisationId, applicationId, clock()),
    proposals: await listProposals(tx, organisationId, applicationId),
    holders: await listHolders(tx, organisationId, applicationId),
  }))
  const { answers } = loaded.input
  return {
    ...loaded,
    holders,
    readiness: evaluateReadiness(loaded.input),
    // What is answered needs no proposal any more; sent along, it would only weigh.
    proposals: Object.fromEntries(
      Object.entries(proposals).filter(([questionId]) => !Object.hasOwn(answers, questionId)),
    ),
    evidenceChoices: loaded.evidence.map(({ evidence, revision }) => ({
      revisionId: revision.id,
      fileName: revision.fileName,
      sha256: revision.sha256,
      title: evidence.title,
      kind: evidence.kind,
      kindLabel: findEvidenceKind(loaded.catalogue, evidence.kind)?.label ?? evidence.kind,
      observedOn: revision.observedAt.toISOString(),
    })),
  }
}
