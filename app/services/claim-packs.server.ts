/** Claim packs: asked for, looked at, handed out. */
import { Readable } from 'node:stream'
import * as rows from '#db/queries/claim-packs.server.ts'
import { findClient } from '#db/queries/clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { momentOf } from './history-input.ts'
import { lockIncidentRow } from './incidents.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * Fixes both times and queues the making.
 * @param asOf YYYY-MM-DD, within the days on which the incident can have begun
 * @throws RefusedError `as-of`, `under-way`; NotFoundError also when the incident is another organisation's
 */
export async function requestClaimPack(member: Member, incidentId: string, asOf: string): Promise<string> {
  const { database, clock, newId, jobs } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const packId = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    const { occurredFrom, occurredUntil } = await lockIncidentRow(tx, organisationId, incidentId)
    if (asOf < occurredFrom || asOf > occurredUntil)
      throw new RefusedError('as-of', `Choose a day from ${occurredFrom} to ${occurredUntil}.`)
    if (await rows.isPackUnderWay(tx, organisationId, incidentId))
      throw new RefusedError('under-way', 'A pack of this incident is being made. Wait until it is ready.')
    await rows.insertClaimPack(tx, {
      organisationId,
      id: packId,
      incidentId,
      state: 'preparing',
      asOf,
      knownOn: at,
      progress: 'Waiting for its turn',
      requestedBy: member.userId,
      requestedByName: member.name,
      requestedByEmail: member.email,
      requestedAt: at,
    })
    await jobs.enqueue({ name: 'make-claim-pack', organisationId, packId })
  })
  return packId
}

async function getPackRow(member: Member, packId: string) {
  const row = await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    rows.findClaimPack(tx, member.organisationId, packId),
  )
  if (!row) throw new NotFoundError('No such claim pack')
  return row
}

/** Cheap, for the page that waits for a job. */
export async function getPackState(member: Member, packId: string) {
  const { state, progress, failure } = await getPackRow(member, packId)
  return { state, progress, failure }
}

/** @throws NotFoundError when there is no such pack or it has no file; StoreError where its file is damaged */
export async function openClaimPack(member: Member, packId: string) {
  const { database, store } = getRuntime()
  const { organisationId } = member
  const { sha256, sizeBytes, asOf, clientId } = await getPackRow(member, packId)
  if (!sha256) throw new NotFoundError('This claim pack has no file yet')
  const client = await database.inOrganisation(organisationId, (tx) =>
    findClient(tx, organisationId, clientId),
  )
  return {
    name: `Claim pack ${client?.legalName ?? ''} ${asOf}.zip`,
    sha256,
    sizeBytes: sizeBytes ?? undefined,
    stream: Readable.from(await store.openVerified(organisationId, sha256)),
  }
}

/** The moment whose truth is frozen: the end of the day, or the request where the day had not ended. */
export const frozenMoment = ({ asOf, knownOn }: { asOf: string; knownOn: Date }) => momentOf(asOf, knownOn)
