/** Makes checkpoints of an organisation's ledger, and hands them out. */
import { sealText } from '#app/report/seal.server.ts'
import * as rows from '#db/queries/checkpoints.server.ts'
import { countEntriesAfter, findEntryAfter, lockLedger } from '#db/queries/ledger.server.ts'
import { digestCheckpoint, type SealedCheckpoint, writeCheckpointBody } from '#evidence/checkpoint.ts'
import { CHECKPOINT_UNIT } from '#evidence/checkpoint-signature.server.ts'
import { judgeTimestamp } from '#evidence/timestamp-token.server.ts'
import type { LedgerVerdict } from '#evidence/verify-ledger.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { checkOrganisationLedger } from './ledger-check.server.ts'
import { sealedOf } from './ledger-reading.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { getAuthority, issueSigningIdentity } from './signing-keys.server.ts'

interface Organisation {
  id: string
  name: string
}

/**
 * Signs a root over all entries, after the whole ledger was checked: what does not hold is never signed over.
 * @param after the number of the newest checkpoint when somebody found that the next one is due, 0 without any
 * @returns its number; null when another one was made meanwhile
 * @throws RefusedError `ledger-broken`
 */
export async function makeCheckpoint(
  organisation: Organisation,
  actor: string,
  after: number,
): Promise<number | null> {
  const { database, clock, settings } = getRuntime()
  // Recorded in the ledger when it is made now, and therefore before the entries are read.
  await getAuthority(organisation)
  const { verdict } = await checkOrganisationLedger(database, organisation.id, settings.secret)
  if (!verdict.ok || !verdict.head) throw brokenLedger(verdict)
  if (verdict.checkpoints.count !== after) return null
  const identity = await issueSigningIdentity(organisation, {
    role: CHECKPOINT_UNIT,
    name: 'Ledger checkpoint',
    title: 'Automatic seal',
    organisation: organisation.name,
    email: null,
  })
  const createdAt = clock()
  const said = {
    organisationId: organisation.id,
    number: after + 1,
    size: verdict.head.sequence,
    rootHash: verdict.rootHash,
    headHash: verdict.head.hash,
  }
  const body = writeCheckpointBody({ ...said, createdAt: createdAt.toISOString() })
  const sealed = { body, ...(await sealText(body, identity)), timestampToken: null }
  return keepCheckpoint({ ...said, createdAt, ...sealed }, actor)
}

const brokenLedger = ({ faults }: LedgerVerdict) =>
  new RefusedError(
    'ledger-broken',
    `The ledger does not hold, and a checkpoint would sign over it. ${faults[0]?.sentence ?? ''} Check the ledger, and compare it with a backup.`,
  )

async function keepCheckpoint(
  row: SealedCheckpoint & Omit<rows.CheckpointRow, 'timestampEntry'>,
  actor: string,
): Promise<number | null> {
  const { organisationId, number, size, rootHash, headHash, createdAt: at } = row
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await lockLedger(tx, organisationId)
    const newest = await rows.findNewestCheckpoint(tx, organisationId)
    if ((newest?.number ?? 0) !== number - 1) return null
    await rows.insertCheckpoint(tx, row)
    await recordInLedger(tx, organisationId, {
      kind: 'ledger.checkpointed',
      actor,
      at,
      payload: { number, size, rootHash, headHash, checkpointSha256: digestCheckpoint(row) },
    })
    return number
  })
}

/**
 * For somebody who asks for it on a page.
 * @throws RefusedError `nothing-new` when the newest checkpoint covers everything but the ledger's own entries
 */
export async function makeCheckpointNow(member: Member): Promise<number | null> {
  const { organisationId, organisationName } = member
  const { newest, newEntries } = await describeNewest(organisationId, 1)
  if (newEntries === 0) {
    throw new RefusedError(
      'nothing-new',
      'The newest checkpoint already covers everything that was recorded.',
    )
  }
  return makeCheckpoint({ id: organisationId, name: organisationName }, actorOf(member), newest?.number ?? 0)
}

/** The newest checkpoint, and how many entries of the product stand behind it, counted up to `atMost`. */
export async function describeNewest(organisationId: string, atMost: number) {
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const newest = await rows.findNewestCheckpoint(tx, organisationId)
    const newEntries = await countEntriesAfter(tx, organisationId, { after: newest?.size ?? 0, atMost })
    return { newest, newEntries }
  })
}

export interface ListedCheckpoint {
  number: number
  size: number
  createdAt: Date
  rootHash: string
  /** Null until an authority gave a timestamp. */
  timestamp: { at: Date; authority: string } | null
}

// A day for its turn, and two hours for a server that was switched off.
const OVERDUE_MS = 26 * 60 * 60 * 1000

/**
 * Newest first, ten a page; `covered` is the last entry that the newest of all covers, 0 without any. `isOverdue` says
 * that entries wait longer than the schedule lets them: a checkpoint is not made over a ledger that does not hold.
 */
export async function listCheckpoints(
  member: Member,
  before?: number,
): Promise<{
  checkpoints: ListedCheckpoint[]
  nextBefore: number | null
  covered: number
  isOverdue: boolean
}> {
  const limit = 10
  const { organisationId } = member
  const { database, clock } = getRuntime()
  const { found, covered, waiting } = await database.inOrganisation(organisationId, async (tx) => {
    const covered = (await rows.findNewestCheckpoint(tx, organisationId))?.size ?? 0
    return {
      found: await rows.listCheckpoints(tx, organisationId, { before, limit }),
      covered,
      waiting: await findEntryAfter(tx, organisationId, covered),
    }
  })
  const checkpoints = await Promise.all(
    found.map(async ({ number, size, createdAt, rootHash, timestampToken, signature }) => {
      const verdict =
        timestampToken === null
          ? null
          : await judgeTimestamp(timestampToken, Buffer.from(signature, 'base64'))
      const timestamp = verdict?.ok ? { at: verdict.at, authority: verdict.authority } : null
      return { number, size, createdAt, rootHash, timestamp }
    }),
  )
  const nextBefore = found.length === limit ? (found.at(-1)?.number ?? null) : null
  const isOverdue = waiting !== null && clock().getTime() - waiting.at.getTime() > OVERDUE_MS
  return { checkpoints, nextBefore, covered, isOverdue }
}

/** @throws NotFoundError */
export async function getCheckpoint(member: Member, number: number): Promise<SealedCheckpoint> {
  const row = await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    rows.findCheckpoint(tx, member.organisationId, number),
  )
  if (!row) throw new NotFoundError('There is no such checkpoint.')
  return sealedOf(row)
}
