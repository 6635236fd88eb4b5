/** What the evidence pages show: each item with how it stands today and with its links in words. */
import { type Standing, standingOf } from '#app/readiness/standing.ts'
import type { Tx } from '#db/client.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl, findEvidenceKind } from '#questionnaires/controls.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError } from './errors.ts'
import type { Member } from './member.ts'
import { nameQuestionRefs } from './question-refs.server.ts'
import { getRuntime } from './runtime.server.ts'

export interface EvidenceListItem {
  id: string
  title: string
  kindLabel: string
  fileName: string
  observedAt: Date
  receivedAt: Date
  validUntil: Date | null
  standing: Standing['state']
  controlLabels: string[]
  sizeBytes: number
  withdrawnAt: Date | null
  withdrawnReason: string | null
}

/** What a link to the form may ask to have linked already; whatever is not this client's is left out. */
export interface WantedLinks {
  questionRef: string | null
  controlId: string | null
}

/** The list of a client's evidence and what its upload form needs to know. */
export async function getEvidenceList(member: Member, clientId: string, wanted: WantedLinks) {
  const { database, clock, settings } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const catalogue = loadCatalogue()
  const { client, rows, questions } = await database.inOrganisation(organisationId, async (tx) => ({
    client: await getClientRow(tx, organisationId, clientId),
    rows: await evidenceRows.listEvidence(tx, organisationId, clientId, true),
    questions: await nameQuestionRefs(
      tx,
      organisationId,
      clientId,
      wanted.questionRef ? [wanted.questionRef] : [],
    ),
  }))
  const items = rows.map(
    ({ evidence, revision }): EvidenceListItem => ({
      id: evidence.id,
      title: evidence.title,
      kindLabel: findEvidenceKind(catalogue, evidence.kind)?.label ?? evidence.kind,
      fileName: revision.fileName,
      observedAt: revision.observedAt,
      receivedAt: revision.receivedAt,
      validUntil: revision.validUntil,
      standing: standingOf({ ...revision, kind: evidence.kind }, catalogue, now).state,
      controlLabels: evidence.controlIds.map((id) => findControl(catalogue, id)?.label ?? id),
      sizeBytes: revision.sizeBytes,
      withdrawnAt: evidence.withdrawnAt,
      withdrawnReason: evidence.withdrawnReason,
    }),
  )
  return {
    client,
    items: items.filter(({ withdrawnAt }) => withdrawnAt === null),
    withdrawn: items.filter(({ withdrawnAt }) => withdrawnAt !== null),
    question: questions[0] ?? null,
    control: wanted.controlId ? findControl(catalogue, wanted.controlId) : null,
    today: now.toISOString().slice(0, 10),
    maxUploadBytes: settings.maxUploadBytes,
  }
}

/** One item with its client, its newest revision, its links in words and its scan, if it is one. */
export async function getEvidenceDetail(member: Member, evidenceId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const catalogue = loadCatalogue()
  return database.inOrganisation(organisationId, async (tx) => {
    const { evidence, revision } = await getNewestRevision(tx, organisationId, evidenceId)
    const { clientId } = evidence
    const kind = findEvidenceKind(catalogue, evidence.kind)
    return {
      evidence,
      revision,
      client: await getClientRow(tx, organisationId, clientId),
      kind: { label: kind?.label ?? evidence.kind, weakBecause: kind?.weakBecause ?? null },
      standing: standingOf({ ...revision, kind: evidence.kind }, catalogue, clock()),
      scan: await scans.findImportOfRevision(tx, organisationId, revision.id),
      questions: await nameQuestionRefs(tx, organisationId, clientId, evidence.questionRefs),
    }
  })
}

async function getNewestRevision(tx: Tx, organisationId: string, evidenceId: string) {
  const evidence = await evidenceRows.findEvidence(tx, organisationId, evidenceId)
  const [revision] = evidence ? await evidenceRows.listRevisions(tx, organisationId, evidenceId) : []
  if (!evidence || !revision) throw new NotFoundError('No such evidence')
  return { evidence, revision }
}
