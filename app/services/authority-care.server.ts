/** What an owner does with the organisation's signing authorities: see them, replace one, give one up. */
import { KeyError } from '#app/report/authority-keys/key-error.ts'
import type { Tx } from '#db/client.server.ts'
import { lockLedger } from '#db/queries/ledger.server.ts'
import * as keys from '#db/queries/signing-keys.server.ts'
import { fingerprintOf } from '#evidence/checkpoint-signature.server.ts'
import type { GiveUpInput, KeyChoice, RotateInput } from './authority-input.ts'
import { describeKey } from './authority-opening.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member, requireOwner } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { getAuthority, keepAuthority, makeNextAuthority, revocationListPath } from './signing-keys.server.ts'

/** Newest first; none before something was signed. */
export async function listSigningAuthorities(member: Member) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const counts = new Map((await keys.countIssued(tx, organisationId)).map((row) => [row.authorityId, row]))
    const authorities = await keys.listAuthorities(tx, organisationId)
    const revoked = await keys.listRevoked(tx, organisationId)
    return {
      authorities: authorities.map((row) => ({
        id: row.id,
        subject: row.subject,
        fingerprint: fingerprintOf(row.certificatePem) ?? '',
        createdAt: row.createdAt,
        retiredAt: row.retiredAt,
        retirementReason: row.retirementReason,
        compromisedSince: row.compromisedSince,
        ...describeKey(row),
        issued: counts.get(row.id)?.issued ?? 0,
        revoked: counts.get(row.id)?.revoked ?? 0,
        listPath: revocationListPath(row),
      })),
      revoked: revoked.map(
        ({ serialNumber, name, role, reportId, issuedAt, revokedAt, revocationReason }) => {
          return { serialNumber, name, role, reportId, issuedAt, revokedAt, revocationReason }
        },
      ),
    }
  })
}

export async function getAuthorityCertificate(member: Member, keyId: string): Promise<string> {
  const { organisationId } = member
  const row = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    keys.findAuthority(tx, organisationId, keyId),
  )
  if (!row) throw new NotFoundError('No such signing authority')
  return row.certificatePem
}

/**
 * Makes the first authority before anything needs it, so that its key can be chosen.
 * @throws RefusedError `owner`, `made` where there is one, and as `rotateAuthority`
 */
export async function makeFirstAuthority(member: Member, choice: KeyChoice): Promise<void> {
  requireOwner(member, 'replaces its signing authority')
  const { organisationId, organisationName } = member
  const made = await refusing(() => makeNextAuthority({ id: organisationId, name: organisationName }, choice))
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await lockLedger(tx, organisationId)
    if (await keys.findAuthorityInUse(tx, organisationId))
      throw new RefusedError('made', 'There is a signing authority by now. Reload the page to see it.')
    await keepAuthority(tx, made, actorOf(member))
  })
}

/**
 * Puts a new authority in the place of the one in use. What the old one signed stays as it is, and reports that wait
 * for their second signature are finished under it.
 * @throws RefusedError `owner`, `key-used`, and with a KeyError's code and sentence where its key cannot be used
 */
export async function rotateAuthority(member: Member, { reason, ...choice }: RotateInput): Promise<void> {
  requireOwner(member, 'replaces its signing authority')
  const organisation = { id: member.organisationId, name: member.organisationName }
  const before = await getAuthority(organisation)
  await replace(member, before.id, choice, async (tx, at) => {
    await keys.updateSigningKey(tx, organisation.id, before.id, { retiredAt: at, retirementReason: reason })
    await recordInLedger(tx, organisation.id, {
      kind: 'key.retired',
      actor: actorOf(member),
      at,
      payload: { keyId: before.id, reason },
    })
  })
}

/**
 * Gives an authority up whose key may be in other hands: it never signs a report again, and its revocation list takes
 * back what it certified, but for signatures that a timestamp shows to be older.
 * @throws RefusedError `owner`, `since` for a day before the authority was made or still to come, `given-up`
 */
export async function giveUpAuthority(member: Member, { keyId, since, reason }: GiveUpInput): Promise<void> {
  requireOwner(member, 'replaces its signing authority')
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const row = await database.inOrganisation(organisationId, (tx) =>
    keys.findAuthority(tx, organisationId, keyId),
  )
  if (!row) throw new NotFoundError('No such signing authority')
  if (row.compromisedSince) throw new RefusedError('given-up', 'This signing authority was given up already.')
  const day = new Date(`${since}T00:00:00.000Z`)
  const made = new Date(row.createdAt.toISOString().slice(0, 10))
  if (day < made || day > clock())
    throw new RefusedError(
      'since',
      `Enter a day from ${row.createdAt.toISOString().slice(0, 10)}, when this authority was made, to today.`,
    )
  const giveUp = async (tx: Tx, at: Date) => {
    const retired = row.retiredAt ? {} : { retiredAt: at, retirementReason: reason }
    await keys.updateSigningKey(tx, organisationId, keyId, { ...retired, compromisedSince: day })
    await recordInLedger(tx, organisationId, {
      kind: 'key.compromised',
      actor: actorOf(member),
      at,
      payload: { keyId, since, reason },
    })
  }
  if (row.retiredAt) await database.inOrganisation(organisationId, (tx) => giveUp(tx, clock()))
  else await replace(member, keyId, { key: describeKey(row).algorithm }, giveUp)
}

/** Ends one authority and begins the next in one transaction: there is always exactly one in use. */
async function replace(
  member: Member,
  keyId: string,
  choice: KeyChoice,
  end: (tx: Tx, at: Date) => Promise<void>,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId, organisationName } = member
  const next = await refusing(() => makeNextAuthority({ id: organisationId, name: organisationName }, choice))
  await database.inOrganisation(organisationId, async (tx) => {
    await lockLedger(tx, organisationId)
    const inUse = await keys.findAuthorityInUse(tx, organisationId)
    if (inUse?.id !== keyId)
      throw new RefusedError(
        'replaced',
        'Somebody replaced this signing authority meanwhile. Reload the page to see how it stands.',
      )
    await end(tx, clock())
    await keepAuthority(tx, next, actorOf(member))
  })
}

/** What is wrong with a key is told beside the form in which it was chosen. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof KeyError) throw new RefusedError(error.code, error.message)
    throw error
  }
}
