/** One file for several clients: the MSP's own evidence, linked and never copied in silence. */
import type { Tx } from '#db/client.server.ts'
import * as clients from '#db/queries/clients.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import { settleRequests } from '#db/queries/evidence-requests.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { tellRequestsFulfilled } from './webhook-news.server.ts'

export interface CopyOutcome {
  /** `renewed`: the client had an older copy of the same item, which got this file as its next revision. */
  outcome: 'copied' | 'renewed' | 'already-held'
  evidenceId: string
  clientId: string
}

/**
 * Gives another client of the organisation an item that shows the same bytes; nothing is stored twice.
 * @throws RefusedError `scan-of-client`: what a scan found is one client's, and its facts must not speak for another
 */
export async function copyEvidence(
  member: Member,
  evidenceId: string,
  clientId: string,
): Promise<CopyOutcome> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { evidence, revision } = await getSource(tx, organisationId, evidenceId)
    await checkTarget(tx, organisationId, clientId, evidence.clientId)
    const held = await evidenceRows.findRevisionByContent(tx, organisationId, clientId, revision.sha256)
    if (held) return { outcome: 'already-held', evidenceId: held.evidence.id, clientId }
    const earlier = await evidenceRows.findCopyFor(tx, organisationId, evidenceId, clientId)
    const copyId = earlier?.id ?? newId()
    const revisionId = newId()
    if (!earlier) {
      const { kind, title, controlIds } = evidence
      await evidenceRows.insertEvidence(tx, {
        organisationId,
        id: copyId,
        clientId,
        kind,
        title,
        controlIds,
        createdBy: member.userId,
        createdAt: at,
        copiedFrom: evidenceId,
      })
    }
    const [newest] = earlier ? await evidenceRows.listRevisions(tx, organisationId, copyId) : []
    const { sha256, sizeBytes, mediaType, fileName, observedAt, validUntil, collector } = revision
    const file = { sha256, sizeBytes, mediaType, fileName, observedAt, validUntil, collector }
    await evidenceRows.insertRevision(tx, {
      ...file,
      organisationId,
      id: revisionId,
      evidenceId: copyId,
      sequence: (newest?.sequence ?? 0) + 1,
      receivedAt: at,
      receivedBy: member.userId,
      copiedFrom: revision.id,
    })
    const fulfilledRequests = await settleRequests(
      tx,
      organisationId,
      { evidenceId: copyId },
      { state: 'fulfilled', settledAt: at, fulfilledBy: revisionId },
    )
    await tellRequestsFulfilled(tx, organisationId, fulfilledRequests)
    await recordInLedger(tx, organisationId, {
      kind: 'evidence.copied',
      actor: actorOf(member),
      at,
      payload: {
        clientId,
        evidenceId: copyId,
        revisionId,
        from: { clientId: evidence.clientId, evidenceId, revisionId: revision.id },
        kind: evidence.kind,
        title: evidence.title,
        ...file,
        observedAt: observedAt.toISOString(),
        validUntil: validUntil?.toISOString() ?? null,
        fulfilledRequests,
      },
    })
    return { outcome: earlier ? 'renewed' : 'copied', evidenceId: copyId, clientId }
  })
}

async function getSource(tx: Tx, organisationId: string, evidenceId: string) {
  const evidence = await evidenceRows.findEvidence(tx, organisationId, evidenceId)
  if (!evidence) throw new NotFoundError('No such evidence')
  if (evidence.withdrawnAt)
    throw new RefusedError('evidence-withdrawn', 'This evidence is withdrawn and serves no client any more.')
  const revisions = await evidenceRows.listRevisions(tx, organisationId, evidenceId)
  const revision = revisions.find(({ redactedFrom, withdrawnAt }) => redactedFrom === null && !withdrawnAt)
  if (!revision) throw new NotFoundError('No such evidence file')
  if (await scans.findImportOfRevision(tx, organisationId, revision.id)) {
    throw new RefusedError(
      'scan-of-client',
      'This file was read as a scan of one client’s systems. Scan the other client and upload that file there.',
    )
  }
  return { evidence, revision }
}

async function checkTarget(tx: Tx, organisationId: string, clientId: string, ownClientId: string) {
  const client = await clients.lockClient(tx, organisationId, clientId)
  if (!client) throw new NotFoundError('No such client')
  if (clientId === ownClientId) {
    throw new RefusedError(
      'same-client',
      'This client has it already: one piece of evidence serves all of its applications.',
    )
  }
  if (client.archivedAt)
    throw new RefusedError('client-archived', 'That client is archived. Restore it first.')
}

/** Where the item came from and where else it is used, in names; null and empty for most. */
export async function findProvenance(
  tx: Tx,
  organisationId: string,
  evidence: evidenceRows.EvidenceRow,
  current: evidenceRows.RevisionRow | undefined,
) {
  const nameOf = async (id: string) => (await clients.findClient(tx, organisationId, id))?.legalName ?? ''
  const source = evidence.copiedFrom
    ? await evidenceRows.findEvidence(tx, organisationId, evidence.copiedFrom)
    : null
  const sourceRevisions = source ? await evidenceRows.listRevisions(tx, organisationId, source.id) : []
  const newest = sourceRevisions.find(
    ({ redactedFrom, withdrawnAt }) => redactedFrom === null && !withdrawnAt,
  )
  const copies = await evidenceRows.listCopiesOf(tx, organisationId, evidence.id)
  return {
    source: source && {
      id: source.id,
      title: source.title,
      clientName: await nameOf(source.clientId),
      isWithdrawn: source.withdrawnAt !== null,
      /** The item that this one shows has a newer file by now. */
      hasNewer: newest !== undefined && current !== undefined && newest.sha256 !== current.sha256,
    },
    copies: await Promise.all(
      copies.map(async ({ id, clientId }) => ({ id, clientName: await nameOf(clientId) })),
    ),
  }
}
