/** Evidence of a client that is cited to an insurer: as it stands at that moment, with the digest of its file. */
import type { Tx } from '#db/client.server.ts'
import { listEvidence } from '#db/queries/evidence.server.ts'
import type { CitedEvidence } from '#db/queries/subjectivities.server.ts'
import { RefusedError } from './errors.ts'

/** What can be cited; also what a form offers. */
export interface EvidenceOption {
  id: string
  title: string
  /** YYYY-MM-DD. */
  observedOn: string
  controlIds: string[]
}

/** Newest received first. */
export async function listCitable(
  tx: Tx,
  organisationId: string,
  clientId: string,
): Promise<EvidenceOption[]> {
  const held = await listEvidence(tx, organisationId, clientId)
  return held.map(({ evidence: { id, title, controlIds }, revision }) => ({
    id,
    title,
    observedOn: revision.observedAt.toISOString().slice(0, 10),
    controlIds,
  }))
}

/** @throws RefusedError `evidence` where an item is withdrawn, or not this client's */
export async function citeEvidence(
  tx: Tx,
  organisationId: string,
  clientId: string,
  evidenceIds: readonly string[],
): Promise<CitedEvidence[]> {
  const held = await listEvidence(tx, organisationId, clientId)
  const byId = new Map(held.map((row) => [row.evidence.id, row]))
  return [...new Set(evidenceIds)].map((evidenceId) => {
    const row = byId.get(evidenceId)
    if (!row)
      throw new RefusedError(
        'evidence',
        'A piece of the evidence is not held for this client, or was withdrawn. Choose again.',
      )
    const { id: revisionId, fileName, sha256, observedAt } = row.revision
    return {
      evidenceId,
      revisionId,
      title: row.evidence.title,
      fileName,
      sha256,
      observedOn: observedAt.toISOString().slice(0, 10),
    }
  })
}
