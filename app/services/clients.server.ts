/** Named insureds: create, list, view, edit, archive. */
import type { Tx } from '#db/client.server.ts'
import * as clients from '#db/queries/clients.server.ts'
import { currencyExponent } from '#questionnaires/currency.ts'
import type { ClientInput } from './client-input.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** @throws NotFoundError also when the client is another organisation's. */
export async function getClientRow(tx: Tx, organisationId: string, clientId: string) {
  const row = await clients.findClient(tx, organisationId, clientId)
  if (!row) throw new NotFoundError('No such client')
  return row
}

export async function listClients(member: Member, which: 'active' | 'archived') {
  return getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    clients.listClients(tx, member.organisationId, which),
  )
}

export async function getClient(member: Member, clientId: string) {
  return getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    getClientRow(tx, member.organisationId, clientId),
  )
}

function toRow({ annualRevenue, ...rest }: ClientInput) {
  return {
    ...rest,
    annualRevenueMinor: annualRevenue === null ? null : toMinorUnits(annualRevenue, rest.currency),
  }
}

function toMinorUnits(amount: number, currency: string): number {
  return Math.round(amount * 10 ** currencyExponent(currency))
}

export async function createClient(member: Member, input: ClientInput): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const id = newId()
  const at = clock()
  const row = toRow(input)
  await database.inOrganisation(organisationId, async (tx) => {
    await clients.insertClient(tx, { ...row, organisationId, id, createdAt: at })
    await recordInLedger(tx, organisationId, {
      kind: 'client.created',
      actor: actorOf(member),
      at,
      payload: { clientId: id, ...row },
    })
  })
  return id
}

/** @returns `conflict` when somebody saved another version since `seenVersion`. */
export async function editClient(
  member: Member,
  clientId: string,
  seenVersion: number,
  input: ClientInput,
): Promise<'saved' | 'conflict'> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    const row = toRow(input)
    if (!(await clients.updateClient(tx, organisationId, clientId, seenVersion, row))) return 'conflict'
    await recordInLedger(tx, organisationId, {
      kind: 'client.changed',
      actor: actorOf(member),
      at: clock(),
      payload: { clientId, ...row },
    })
    return 'saved'
  })
}

/** Archived clients leave the lists and keep everything; restoring is the undo. */
export async function setClientArchived(member: Member, clientId: string, archived: boolean): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await clients.lockClient(tx, organisationId, clientId)
    if (!row) throw new NotFoundError('No such client')
    if ((row.archivedAt !== null) === archived) return
    const at = clock()
    await clients.updateClient(tx, organisationId, clientId, row.version, {
      archivedAt: archived ? at : null,
    })
    await recordInLedger(tx, organisationId, {
      kind: archived ? 'client.archived' : 'client.restored',
      actor: actorOf(member),
      at,
      payload: { clientId },
    })
  })
}
