/**
 * Which files belong to one application: linked to its questions, to their controls, attached as an answer, or cited by
 * the reasons of its readiness, as scans and live checks are that nobody links.
 */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl, findEvidenceKind } from '#questionnaires/controls.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { type LoadedReadiness, loadReadiness } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'

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
  const loaded = await loadReadiness(tx, organisationId, applicationId, getRuntime().clock())
  const { application, client, edition } = loaded
  const named = listCited(loaded)
  for (const [revisionId, questions] of await listAttached(tx, organisationId, applicationId))
    named.set(revisionId, [...(named.get(revisionId) ?? []), ...questions])
  const held = await evidenceRows.listEvidence(tx, organisationId, client.id)
  const asked = new Set(questionsOf(edition).flatMap(({ control }) => control ?? []))
  const current = held.filter(
    ({ evidence, revision }) =>
      evidence.questionRefs.some((ref) => ref.startsWith(`${applicationId}/`)) ||
      evidence.controlIds.some((id) => asked.has(id)) ||
      named.has(revision.id),
  )
  const older = await listOlder(tx, organisationId, client.id, named, current)
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
      ...wordsOf(evidence, edition, applicationId, named.get(revision.id) ?? []),
    }
  })
  return { application, client, formTitle: edition.form.title, items, loaded }
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

/** Revisions that reasons rest on or that hold facts about a question, each with the questions that they speak about. */
function listCited({ input, edition, catalogue }: LoadedReadiness): Map<string, string[]> {
  const cited = new Map<string, string[]>()
  const cite = (revisionId: string, questionIds: readonly string[]) =>
    cited.set(revisionId, [...(cited.get(revisionId) ?? []), ...questionIds])
  const { answers, controls } = evaluateReadiness(input)
  for (const { questionId, reasons } of answers)
    for (const { revisionIds } of reasons) for (const id of revisionIds) cite(id, [questionId])
  for (const { questionIds, reasons } of controls)
    for (const { revisionIds } of reasons) for (const id of revisionIds) cite(id, questionIds)
  // What nobody answered has no reasons yet, though its facts are known.
  for (const { id: questionId, control } of questionsOf(edition)) {
    const keys = new Set(control ? findControl(catalogue, control)?.rules.map(({ fact }) => fact) : [])
    for (const { key, revisionId } of input.facts) if (keys.has(key)) cite(revisionId, [questionId])
  }
  return cited
}

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

/** What an answer attaches, or a fact in force rests on, can have a newer revision by now: it goes out as well. */
async function listOlder(
  tx: Tx,
  organisationId: string,
  clientId: string,
  named: ReadonlyMap<string, string[]>,
  current: readonly { revision: { id: string } }[],
) {
  const known = new Set(current.map(({ revision }) => revision.id))
  const older: { evidence: evidenceRows.EvidenceRow; revision: evidenceRows.RevisionRow }[] = []
  for (const revisionId of named.keys()) {
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
  namedBy: readonly string[],
) {
  const catalogue = loadCatalogue()
  const linked = new Set([
    ...evidence.questionRefs
      .filter((ref) => ref.startsWith(`${applicationId}/`))
      .map((ref) => ref.slice(applicationId.length + 1)),
    ...namedBy,
  ])
  return {
    kindLabel: findEvidenceKind(catalogue, evidence.kind)?.label ?? evidence.kind,
    controls: evidence.controlIds.map((id) => ({ id, label: findControl(catalogue, id)?.label ?? id })),
    questions: questionsOf(edition)
      .filter(({ id }) => linked.has(id))
      .map(({ id, reference, prompt }) => ({ id, item: reference.item, prompt })),
  }
}
