/** What the evidence pages show: each item with how it stands today, its history, and its links in words. */
import { standingOf } from '#app/readiness/standing.ts'
import type { Tx } from '#db/client.server.ts'
import { listApplications } from '#db/queries/applications.server.ts'
import { listClients } from '#db/queries/clients.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import { listRequestsOfEvidence } from '#db/queries/evidence-requests.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl, findEvidenceKind } from '#questionnaires/controls.ts'
import { getClientRow } from './clients.server.ts'
import { editionOf } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { findProvenance } from './evidence-copies.server.ts'
import { type EvidenceListItem, type EvidenceQuery, selectEvidence, shownStanding } from './evidence-list.ts'
import { isOverdue } from './evidence-requests.server.ts'
import { areUploadsScanned } from './malware-scanning.server.ts'
import type { Member } from './member.ts'
import { nameQuestionRefs } from './question-refs.server.ts'
import { getRuntime } from './runtime.server.ts'

/** What a link to the form may ask to have linked already; whatever is not this client's is left out. */
export interface WantedLinks {
  questionRef: string | null
  controlId: string | null
}

/** The list of a client's evidence and what its upload form needs to know. */
export async function getEvidenceList(
  member: Member,
  clientId: string,
  wanted: WantedLinks,
  query: EvidenceQuery,
) {
  const { database, clock, settings } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const catalogue = loadCatalogue()
  const { client, items, questions, applications } = await database.inOrganisation(
    organisationId,
    async (tx) => ({
      client: await getClientRow(tx, organisationId, clientId),
      items: await listItems(tx, organisationId, clientId, now),
      questions: await nameQuestionRefs(
        tx,
        organisationId,
        clientId,
        wanted.questionRef ? [wanted.questionRef] : [],
      ),
      applications: await nameApplications(tx, organisationId, clientId),
    }),
  )
  const current = items.filter(({ withdrawnAt }) => withdrawnAt === null)
  return {
    client,
    items: selectEvidence(current, query),
    total: current.length,
    /** What there is to filter by. */
    kinds: distinct(current.map(({ kind, kindLabel }) => [kind, kindLabel])),
    controls: distinct(
      current.flatMap(({ controlIds, controlLabels }) =>
        controlIds.map((id, index): [string, string] => [id, controlLabels[index] ?? id]),
      ),
    ),
    withdrawn: items.filter(({ withdrawnAt }) => withdrawnAt !== null),
    applications,
    question: questions[0] ?? null,
    control: wanted.controlId ? findControl(catalogue, wanted.controlId) : null,
    today: now.toISOString().slice(0, 10),
    maxUploadBytes: settings.maxUploadBytes,
    areUploadsScanned: areUploadsScanned(),
  }
}

function distinct(pairs: [string, string][]) {
  return [...new Map(pairs)]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'))
}

async function listItems(tx: Tx, organisationId: string, clientId: string, now: Date) {
  const catalogue = loadCatalogue()
  const rows = await evidenceRows.listEvidence(tx, organisationId, clientId, true)
  const ids = rows.map(({ evidence }) => evidence.id)
  const copies = await evidenceRows.listRedactedCopies(tx, organisationId, ids)
  const counts = await evidenceRows.countRevisions(tx, organisationId, ids)
  return rows.map(({ evidence, revision }): EvidenceListItem => {
    const standing = standingOf({ ...revision, kind: evidence.kind }, catalogue, now)
    return {
      id: evidence.id,
      title: evidence.title,
      kind: evidence.kind,
      kindLabel: standing.kindLabel,
      fileName: revision.fileName,
      observedAt: revision.observedAt,
      receivedAt: revision.receivedAt,
      validUntil: revision.validUntil,
      standing: shownStanding(standing),
      changesAt: standing.changesAt,
      becomes: standing.becomes,
      controlIds: evidence.controlIds,
      controlLabels: evidence.controlIds.map((id) => findControl(catalogue, id)?.label ?? id),
      revisionCount: counts.get(evidence.id) ?? 1,
      hasRedactedCopy: copies.some(
        ({ evidenceId, redactedFrom }) => evidenceId === evidence.id && redactedFrom === revision.sha256,
      ),
      isCopied: evidence.copiedFrom !== null,
      sizeBytes: revision.sizeBytes,
      withdrawnAt: evidence.withdrawnAt,
      withdrawnReason: evidence.withdrawnReason,
    }
  })
}

/** An application whose edition cannot be read is left out: nothing can be packed for it. */
async function nameApplications(tx: Tx, organisationId: string, clientId: string) {
  const named: { id: string; label: string }[] = []
  for (const row of await listApplications(tx, organisationId, clientId)) {
    try {
      const { form } = await editionOf(tx, row)
      named.push({ id: row.id, label: `${form.title}, edition ${row.edition}` })
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
    }
  }
  return named
}

/** One item with its client, its revisions, its links in words, its requests and its scan, if it is one. */
export async function getEvidenceDetail(member: Member, evidenceId: string) {
  const { database, clock, settings } = getRuntime()
  const { organisationId } = member
  const catalogue = loadCatalogue()
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const evidence = await evidenceRows.findEvidence(tx, organisationId, evidenceId)
    const revisions = evidence ? await evidenceRows.listRevisions(tx, organisationId, evidenceId) : []
    const revision =
      revisions.find(({ redactedFrom, withdrawnAt }) => redactedFrom === null && !withdrawnAt) ?? revisions[0]
    if (!evidence || !revision) throw new NotFoundError('No such evidence')
    const { clientId } = evidence
    const kind = findEvidenceKind(catalogue, evidence.kind)
    const imports = await scans.listImports(tx, organisationId, clientId)
    const clients = await listClients(tx, organisationId, 'active')
    return {
      evidence,
      revision,
      revisions: revisions.map((row) => ({
        ...row,
        scanId: imports.find(({ scan }) => scan.revisionId === row.id)?.scan.id ?? null,
      })),
      client: await getClientRow(tx, organisationId, clientId),
      otherClients: clients
        .filter(({ id }) => id !== clientId)
        .map(({ id, legalName }) => ({ id, legalName })),
      kind: {
        label: kind?.label ?? evidence.kind,
        weakBecause: kind?.weakBecause ?? null,
        countsUntilEnd: kind !== null && kind.freshDays === null && kind.maximumDays === null,
      },
      standing: standingOf({ ...revision, kind: evidence.kind }, catalogue, now),
      scan: await scans.findImportOfRevision(tx, organisationId, revision.id),
      questions: await nameQuestionRefs(tx, organisationId, clientId, evidence.questionRefs),
      provenance: await findProvenance(tx, organisationId, evidence, revision),
      requests: (await listRequestsOfEvidence(tx, organisationId, evidenceId)).map((row) => ({
        ...row,
        isOverdue: row.state === 'open' && isOverdue(row.dueOn, now),
      })),
      today: now.toISOString().slice(0, 10),
      maxUploadBytes: settings.maxUploadBytes,
    }
  })
}
