/** Checks the ledger of an organisation whole: entries, checkpoints, sealed head, and what signed reports name of it. */
import { Statement } from '#app/report/statement.ts'
import type { Database } from '#db/client.server.ts'
import { listOrganisationIds } from '#db/queries/accounts.server.ts'
import { findOrganisationName } from '#db/queries/checkpoints.server.ts'
import { findNewestStatement } from '#db/queries/reports.server.ts'
import { deriveHeadKey } from '#evidence/ledger-head.server.ts'
import { type LedgerVerdict, verifySealedLedger } from '#evidence/verify-ledger.server.ts'
import { readMoment, readRecords } from './ledger-reading.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

export interface LedgerCheck {
  verdict: LedgerVerdict
  /** The entry that the newest report names; null without one. */
  anchor: number | null
}

/**
 * The one check: behind the button on the ledger's page, before each checkpoint, and in `attested ledger verify`.
 * @param secret the installation's, for the sealed head
 */
export async function checkOrganisationLedger(
  database: Database,
  organisationId: string,
  secret: string,
): Promise<LedgerCheck> {
  const statement = await database.inOrganisation(organisationId, (tx) =>
    findNewestStatement(tx, organisationId),
  )
  const knownHead = statement === null ? undefined : readLedgerHead(statement)
  // After the statement: an entry that a report names is then among those that are read.
  const moment = await readMoment(database, organisationId)
  const verdict = await verifySealedLedger(readRecords(database, organisationId, moment), moment, {
    organisationId,
    headKey: deriveHeadKey(secret, organisationId),
    knownHeads: knownHead ? [knownHead] : [],
  })
  return { verdict, anchor: knownHead?.sequence ?? null }
}

function readLedgerHead(statement: string): { sequence: number; hash: string } | undefined {
  return Statement.pick({ ledgerHead: true }).safeParse(JSON.parse(statement)).data?.ledgerHead
}

/** As `checkOrganisationLedger`, for somebody who asks for it on a page. */
export async function checkLedger(member: Member): Promise<LedgerCheck & { checkedAt: Date }> {
  const { database, clock, settings } = getRuntime()
  const checkedAt = clock()
  const { verdict, anchor } = await checkOrganisationLedger(database, member.organisationId, settings.secret)
  return { verdict, anchor, checkedAt }
}

/** Every organisation of this installation, for a command that goes through all of them. */
export async function listLedgers(database: Database): Promise<string[]> {
  return database.forSignIn((tx) => listOrganisationIds(tx))
}

/** @returns null where there is no such organisation */
export async function findLedgerName(database: Database, organisationId: string): Promise<string | null> {
  return database.inOrganisation(organisationId, (tx) => findOrganisationName(tx, organisationId))
}
