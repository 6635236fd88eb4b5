/** Which files belong to one application: linked to its questions, to their controls, or attached as an answer. */
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl, findEvidenceKind } from '#questionnaires/controls.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { getClientRow } from './clients.server.ts'
import { editionOf } from './editions.server.ts'

export interface ArchiveItem {
  evidence: Pick<evidenceRows.EvidenceRow, 'id' | 'kind' | 'title'>
  revision: evidenceRows.RevisionRow
  kindLabel: string
  controls: { id: string; label: string }[]
  questions: { id: string; item: string; prompt: string }[]
}

export async function collectArchive(
  tx: Tx,
  organisationId: string,
  applicationId: string,
  options: { originals: boolean },
) {
  const application = await getApplicationRow(tx, organisationId, applicationId)
  const client = await getClientRow(tx, organisationId, application.clientId)
  const edition = await editionOf(tx, application)
  const attached = await listAttached(tx, organisationId, applicationId)
  const held = await evidenceRows.listEvidence(tx, organisationId, client.id)
  const asked = new Set(questionsOf(edition).flatMap(({ control }) => control ?? []))
  const current = held.filter(
    ({ evidence, revision }) =>
      evidence.questionRefs.some((ref) => ref.startsWith(`${applicationId}/`)) ||
      evidence.controlIds.some((id) => asked.has(id)) ||
      attached.has(revision.id),
  )
  const older = await listOlder(tx, organisationId, client.id, attached, current)
  const all = [...current, ...older]
  const copies = options.originals
    ? []
    : await evidenceRows.listRedactedCopies(tx, organisationId, [
        ...new Set(all.map(({ evidence }) => evidence.id)),
      ])
  const items = all.map(({ evidence, revision }): ArchiveItem => {
    const copy = copies.find(
      ({ evidenceId, redactedFrom }) => evidenceId === evidence.id && redactedFrom === revision.sha256,
    )
    return {
      evidence,
      revision: copy ?? revision,
      ...wordsOf(evidence, edition, applicationId, attached.get(revision.id) ?? []),
    }
  })
  return { application, client, formTitle: edition.form.title, items }
}

/** How many files the archive would hold, and how many of them have a redacted copy. */
export async function countArchive(tx: Tx, organisationId: string, applicationId: string) {
  const { items } = await collectArchive(tx, organisationId, applicationId, { originals: false })
  return {
    files: items.length,
    redacted: items.filter(({ revision }) => revision.redactedFrom !== null).length,
  }
}

const questionsOf = (edition: Edition) => edition.sections.flatMap(({ questions }) => questions)

/** Revisions that answers of the application attach, each with the questions that do. */
async function listAttached(tx: Tx, organisationId: string, applicationId: string) {
  const attached = new Map<string, string[]>()
  for (const { answer, questionId } of await applications.listAnswers(tx, organisationId, applicationId)) {
    if (answer?.state !== 'answered' || answer.value.kind !== 'attachment') continue
    for (const { revisionId } of answer.value.files)
      attached.set(revisionId, [...(attached.get(revisionId) ?? []), questionId])
  }
  return attached
}

/** An answer can attach a revision that has a newer one by now: what was answered goes out as well. */
async function listOlder(
  tx: Tx,
  organisationId: string,
  clientId: string,
  attached: ReadonlyMap<string, string[]>,
  current: readonly { revision: { id: string } }[],
) {
  const known = new Set(current.map(({ revision }) => revision.id))
  const older: { evidence: evidenceRows.EvidenceRow; revision: evidenceRows.RevisionRow }[] = []
  for (const revisionId of attached.keys()) {
    if (known.has(revisionId)) continue
    const found = await evidenceRows.findRevision(tx, organisationId, revisionId)
    if (!found || found.evidence.clientId !== clientId) continue
    if (found.evidence.withdrawnAt === null && found.revision.withdrawnAt === null) older.push(found)
  }
  return older
}

function wordsOf(
  evidence: evidenceRows.EvidenceRow,
  edition: Edition,
  applicationId: string,
  attachedTo: readonly string[],
) {
  const catalogue = loadCatalogue()
  const linked = new Set([
    ...evidence.questionRefs
      .filter((ref) => ref.startsWith(`${applicationId}/`))
      .map((ref) => ref.slice(applicationId.length + 1)),
    ...attachedTo,
  ])
  return {
    kindLabel: findEvidenceKind(catalogue, evidence.kind)?.label ?? evidence.kind,
    controls: evidence.controlIds.map((id) => ({ id, label: findControl(catalogue, id)?.label ?? id })),
    questions: questionsOf(edition)
      .filter(({ id }) => linked.has(id))
      .map(({ id, reference, prompt }) => ({ id, item: reference.item, prompt })),
  }
}
