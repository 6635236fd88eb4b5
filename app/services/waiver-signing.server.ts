/**
 * The client's decision-maker reads, signs or refuses a waiver. Whoever calls this has made sure who it is: nothing here
 * knows the door that they came through, only what it says of them.
 */
import { declarationOf } from '#app/report/waiver/declaration.ts'
import { WaiverText } from '#app/report/waiver/waiver-text.ts'
import type { Tx } from '#db/client.server.ts'
import { findClient } from '#db/queries/clients.server.ts'
import { getOrganisation, isMemberAddress } from '#db/queries/members.server.ts'
import * as rows from '#db/queries/waivers.server.ts'
import { isSameName } from './attestation-rules.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { getRuntime } from './runtime.server.ts'
import { tellWaiverSigned } from './webhook-news.server.ts'

/** A waiver as its decision-maker sees it. */
export interface WaiverToSign {
  id: string
  clientId: string
  state: 'offered' | 'signed' | 'refused' | 'withdrawn'
  text: WaiverText
  textSha256: string
  /** The sentence that is ticked; hand it back as the record's `consent`. */
  declaration: string
  offeredAt: Date
  offeredByName: string
  signedAt: Date | null
  refusedAt: Date | null
  refusedReason: string | null
  withdrawnReason: string | null
  /** Whether the signed file can be downloaded already. */
  hasFile: boolean
}

export interface WaiverSigner {
  name: string
  email: string
  record: rows.SignerRecord
}

interface Person {
  clientId: string
  email: string
}

/** Everything that was ever put to this person of this client, newest first. */
export async function listWaiversFor(
  tx: Tx,
  organisationId: string,
  { clientId, email }: Person,
): Promise<WaiverToSign[]> {
  const held = await rows.listWaiversOfPerson(tx, organisationId, { clientId, email: plainAddress(email) })
  return held.flatMap((row) => toSign(row) ?? [])
}

/** @throws NotFoundError also for one that was put to somebody else, or not offered yet */
export async function getOfferedWaiver(
  tx: Tx,
  organisationId: string,
  { waiverId, clientId, email }: Person & { waiverId: string },
): Promise<WaiverToSign> {
  const row = await rows.findWaiver(tx, organisationId, waiverId)
  const found = row && isOf(row, email) && row.clientId === clientId ? toSign(row) : null
  if (!found) throw new NotFoundError('No such waiver')
  return found
}

/**
 * From here on the waiver is in force; its signed file is made by a job. A waiver that it replaces ends with it.
 * @throws NotFoundError; RefusedError `decided`, `name`, `consent`, `both-sides`, `archived`
 */
export async function signWaiver(
  organisationId: string,
  waiverId: string,
  { name, email, record }: WaiverSigner,
): Promise<void> {
  const { database, clock, jobs } = getRuntime()
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await lockOffered(tx, organisationId, waiverId, email)
    await refuseOwnMember(tx, organisationId, email)
    if (!isSameName(row.decisionMakerName, record.typedName))
      throw new RefusedError(
        'name',
        `Type your name as it stands in the waiver: ${row.decisionMakerName}. If that is not you, do not sign and say so.`,
      )
    if (!record.consent.trim())
      throw new RefusedError('consent', 'Tick that you have read it and decline the service.')
    await rows.updateWaiver(tx, organisationId, waiverId, {
      state: 'signed',
      signedAt: at,
      signerRecord: { ...record, name, email, at: at.toISOString() },
    })
    if (row.replaces) await endReplaced(tx, row, row.replaces, at)
    // The job is tried again while this transaction is open.
    await jobs.enqueue({ name: 'sign-waiver', organisationId, waiverId })
    await tellWaiverSigned(tx, row, name)
    await recordInLedger(tx, organisationId, {
      kind: 'waiver.signed',
      actor: `${name} <${email}>`,
      at,
      payload: {
        waiverId,
        clientId: row.clientId,
        textSha256: row.textSha256,
        controlIds: row.controlIds,
        replaces: row.replaces,
        // As JSON has it: what a door leaves undefined is not there.
        record: JSON.parse(JSON.stringify(record)) as Record<string, unknown>,
      },
    })
  })
}

/** @throws NotFoundError; RefusedError `decided` */
export async function refuseWaiver(
  organisationId: string,
  waiverId: string,
  { name, email }: Pick<WaiverSigner, 'name' | 'email'>,
  reason: string,
): Promise<void> {
  const { database, clock } = getRuntime()
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await lockOffered(tx, organisationId, waiverId, email)
    await rows.updateWaiver(tx, organisationId, waiverId, {
      state: 'refused',
      refusedAt: at,
      refusedReason: reason,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'waiver.refused',
      actor: `${name} <${email}>`,
      at,
      payload: { waiverId, clientId: row.clientId, textSha256: row.textSha256, reason },
    })
  })
}

/**
 * Nobody signs for both sides. A demo has one person for everybody.
 * @throws RefusedError `both-sides`
 */
export async function refuseOwnMember(tx: Tx, organisationId: string, email: string): Promise<void> {
  const preparer = await getOrganisation(tx, organisationId)
  if (preparer.isDemo || !(await isMemberAddress(tx, organisationId, plainAddress(email)))) return
  throw new RefusedError(
    'both-sides',
    `${email} belongs to an account of ${preparer.name}. A waiver is signed by somebody at the client: nobody signs for both sides.`,
  )
}

async function lockOffered(tx: Tx, organisationId: string, waiverId: string, email: string) {
  const row = await rows.lockWaiver(tx, organisationId, waiverId)
  if (!row || row.offeredAt === null || !isOf(row, email)) throw new NotFoundError('No such waiver')
  if (row.state !== 'offered')
    throw new RefusedError(
      'decided',
      'This waiver does not wait for your decision any more. Reload the page.',
    )
  const client = await findClient(tx, organisationId, row.clientId)
  if (client?.archivedAt)
    throw new RefusedError('archived', 'This waiver is closed. Ask whoever sent it to you.')
  return row
}

async function endReplaced(tx: Tx, row: rows.WaiverRow, replacedId: string, at: Date): Promise<void> {
  const { organisationId } = row
  const replaced = await rows.lockWaiver(tx, organisationId, replacedId)
  if (replaced?.state !== 'signed') return
  await rows.updateWaiver(tx, organisationId, replacedId, {
    state: 'withdrawn',
    withdrawnAt: at,
    withdrawnByName: row.decisionMakerName,
    withdrawnBecause: 'renewed',
    withdrawnReason: 'A newer waiver was signed in its place.',
  })
}

function toSign(row: rows.WaiverRow): WaiverToSign | null {
  const { state, text, textSha256, offeredAt } = row
  if (state === 'draft' || text === null || textSha256 === null || offeredAt === null) return null
  const parsed = WaiverText.parse(JSON.parse(text))
  return {
    id: row.id,
    clientId: row.clientId,
    state,
    text: parsed,
    textSha256,
    declaration: declarationOf(parsed),
    offeredAt,
    offeredByName: row.offeredByName ?? row.recordedByName,
    signedAt: row.signedAt,
    refusedAt: row.refusedAt,
    refusedReason: row.refusedReason,
    withdrawnReason: row.withdrawnReason,
    hasFile: row.pdfSha256 !== null,
  }
}

const plainAddress = (email: string) => email.trim().toLowerCase()
const isOf = (row: rows.WaiverRow, email: string) => row.decisionMakerEmail === plainAddress(email)
