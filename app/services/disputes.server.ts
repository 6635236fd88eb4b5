/** A client contests an insurer's finding, on the register's finding of it. What the register says of it stays. */
import * as disputes from '#db/queries/finding-disputes.server.ts'
import { listDecisionsOfFinding, lockFindings } from '#db/queries/register-decisions.server.ts'
import { type FoundFinding, findRegisterFinding } from '#db/queries/register-findings.server.ts'
import { citeEvidence, listCitable } from './cited-evidence.server.ts'
import { getClientRow } from './clients.server.ts'
import type { DisputeInput, SettlementInput, WhichDispute } from './dispute-input.ts'
import { showDispute } from './dispute-standing.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { today } from './register-summary.server.ts'
import { getRuntime } from './runtime.server.ts'

const MOST_LISTED = 20

/** One finding of the register with everything that people said about it. @throws NotFoundError */
export async function getFinding(member: Member, clientId: string, findingId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const finding = await findRegisterFinding(tx, organisationId, clientId, findingId)
    if (!finding) throw new NotFoundError('No such finding')
    const raised = await disputes.listDisputesOf(tx, organisationId, [findingId])
    return {
      client,
      finding: { ...finding, standing: standingToday(finding) },
      disputes: raised.map((row) => showDispute(row, clock())),
      decisions: await listDecisionsOfFinding(tx, organisationId, clientId, findingId),
      evidence: await listCitable(tx, organisationId, clientId),
      insurer: raised[0]?.insurer ?? (await disputes.findLastInsurer(tx, organisationId, clientId)),
    }
  })
}

/** As everywhere: an acceptance past its day counts as open. */
const standingToday = ({ standing, decisionUntil }: FoundFinding) =>
  standing === 'accepted' && decisionUntil !== null && decisionUntil < today() ? 'open' : standing

/** Those of a client that wait for an answer first, then those that were settled last. */
export async function listDisputes(member: Member, clientId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    const rows = await disputes.listDisputesOfClient(tx, organisationId, clientId, MOST_LISTED)
    return rows.map(({ dispute, title, assetName }) => ({
      ...showDispute(dispute, clock()),
      title,
      assetName,
    }))
  })
}

/**
 * Records that an insurer's finding is contested; what the register holds of it does not change.
 * @returns the dispute's id
 * @throws NotFoundError; RefusedError `archived`, `future`, `evidence`, `open-already` for a second one with the same
 *   insurer while the first waits for its answer
 */
export async function raiseDispute(
  member: Member,
  clientId: string,
  findingId: string,
  { evidenceIds, ...input }: DisputeInput,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const id = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    // Locks the finding, so that two people cannot raise the same dispute at once.
    const [finding] = await lockFindings(tx, organisationId, clientId, [findingId])
    if (!finding) throw new NotFoundError('No such finding in the register')
    if (client.archivedAt)
      throw new RefusedError('archived', 'This client is archived. Restore it to raise a dispute.')
    if (input.raisedOn > at.toISOString().slice(0, 10))
      throw new RefusedError('future', 'That day is still to come. Check the date.')
    const others = await disputes.listDisputesOf(tx, organisationId, [findingId])
    const same = (name: string) => name.trim().toLowerCase() === input.insurer.toLowerCase()
    if (others.some(({ state, insurer }) => state === 'open' && same(insurer)))
      throw new RefusedError(
        'open-already',
        `A dispute of this finding with ${input.insurer} is waiting for its answer. Record that answer first.`,
      )
    const cited = await citeEvidence(tx, organisationId, clientId, evidenceIds)
    await disputes.insertDispute(tx, {
      ...input,
      organisationId,
      id,
      clientId,
      findingId,
      cited,
      raisedByName: member.name,
      recordedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'dispute.raised',
      actor: actorOf(member),
      at,
      payload: { disputeId: id, clientId, findingId, ...input, cited },
    })
  })
  return id
}

/**
 * Records how a dispute ended. That the insurer removed its finding is no judgement of the register's own.
 * @returns `conflict` when somebody settled it since `seenVersion`
 * @throws NotFoundError also where it is another finding's; RefusedError `future`, `before`
 */
export async function settleDispute(
  member: Member,
  clientId: string,
  findingId: string,
  { disputeId, seenVersion }: WhichDispute,
  input: SettlementInput,
): Promise<'saved' | 'conflict'> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await disputes.lockDispute(tx, organisationId, disputeId)
    if (row?.clientId !== clientId || row.findingId !== findingId)
      throw new NotFoundError('No such dispute of this finding')
    if (row.version !== seenVersion || row.state !== 'open') return 'conflict'
    const { answeredOn } = input
    if (answeredOn !== null && answeredOn > at.toISOString().slice(0, 10))
      throw new RefusedError('future', 'That day is still to come. Check the date.')
    if (answeredOn !== null && answeredOn < row.raisedOn)
      throw new RefusedError('before', `It was raised on ${row.raisedOn}. No answer is older than that.`)
    await disputes.settleDispute(tx, organisationId, disputeId, {
      ...input,
      settledByName: member.name,
      settledAt: at,
      version: row.version + 1,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'dispute.settled',
      actor: actorOf(member),
      at,
      payload: { disputeId, clientId, findingId, insurer: row.insurer, ...input },
    })
    return 'saved'
  })
}
