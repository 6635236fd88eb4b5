/** The exceptions of an application: reasoned, owned, expiring. */
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as exceptions from '#db/queries/exceptions.server.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { editionOf } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import {
  type ExceptionInput,
  MAXIMUM_BACKDATING_DAYS,
  MAXIMUM_EXCEPTION_DAYS,
  type RenewInput,
  type RevokeInput,
} from './exception-input.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { daysUntil } from './portfolio.ts'
import { getRuntime } from './runtime.server.ts'

function refuseFrozen(state: string): void {
  if (state === 'frozen') {
    throw new RefusedError(
      'frozen',
      'This application is signed. Withdraw the report before changing its exceptions.',
    )
  }
}

function refuseDays(
  { startsOn, expiresOn }: Pick<ExceptionInput, 'startsOn' | 'expiresOn'>,
  now: Date,
): void {
  const daysLeft = daysUntil(expiresOn, now)
  if (daysLeft < 1 || daysLeft > MAXIMUM_EXCEPTION_DAYS) {
    throw new RefusedError('expiry', 'Choose an end date from tomorrow to one year from now.')
  }
  const daysBack = startsOn === '' ? 0 : -daysUntil(startsOn, now)
  if (daysBack < 0 || daysBack > MAXIMUM_BACKDATING_DAYS) {
    throw new RefusedError('start', 'Choose a first day from one year ago to today.')
  }
}

/**
 * @throws RefusedError `expiry` when it ends in the past or lasts longer than a year, `start` when it begins in the
 *   future or more than a year ago, `frozen`; NotFoundError also when the application is another organisation's
 */
export async function recordException(
  member: Member,
  applicationId: string,
  input: ExceptionInput,
): Promise<string> {
  const { database } = getRuntime()
  return database.inOrganisation(member.organisationId, (tx) =>
    insert(tx, member, applicationId, input, null),
  )
}

/**
 * Records a new exception for the question of an old one, which stays in the register as it is and counts to its own
 * end. @throws as `recordException`
 */
export async function renewException(member: Member, { exceptionId, ...words }: RenewInput): Promise<string> {
  const { database } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const old = await exceptions.findException(tx, organisationId, exceptionId)
    if (!old) throw new NotFoundError('No such exception')
    return insert(tx, member, old.applicationId, { ...words, questionId: old.questionId }, exceptionId)
  })
}

async function insert(
  tx: Tx,
  member: Member,
  applicationId: string,
  { startsOn, ...words }: ExceptionInput,
  renews: string | null,
): Promise<string> {
  const { clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await getApplicationRow(tx, organisationId, applicationId)
  const row = await applications.lockApplication(tx, organisationId, applicationId, 'share')
  if (!row) throw new NotFoundError('No such application')
  refuseFrozen(row.state)
  refuseDays({ startsOn, expiresOn: words.expiresOn }, at)
  if (!findQuestion(await editionOf(tx, row), words.questionId)) throw new NotFoundError('No such question')
  const id = newId()
  const recorded = { ...words, startsOn: startsOn || null }
  await exceptions.insertException(tx, {
    ...recorded,
    organisationId,
    id,
    applicationId,
    recordedBy: member.userId,
    recordedAt: at,
  })
  await recordInLedger(tx, organisationId, {
    kind: 'exception.recorded',
    actor: actorOf(member),
    at,
    payload: { exceptionId: id, applicationId, ...recorded, ...(renews ? { renews } : {}) },
  })
  return id
}

/**
 * Revoked exceptions stay in the register and stop covering at once.
 * @throws RefusedError `frozen`; NotFoundError also when it was revoked before or is another organisation's
 */
export async function revokeException(member: Member, { exceptionId, reason }: RevokeInput): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, (tx) =>
    revokeExceptionIn(
      tx,
      organisationId,
      { exceptionId, reason, byName: member.name, actor: actorOf(member) },
      at,
    ),
  )
}

/** As `revokeException`, within a transaction that holds more: a decision-maker who refuses it ends it. */
export async function revokeExceptionIn(
  tx: Tx,
  organisationId: string,
  { exceptionId, reason, byName, actor }: RevokeInput & { byName: string; actor: string },
  at: Date,
): Promise<void> {
  const revoked = { revokedAt: at, revokedByName: byName, revokedReason: reason }
  const row = await exceptions.revokeException(tx, organisationId, exceptionId, revoked)
  if (!row) throw new NotFoundError('No such exception in force')
  const application = await applications.lockApplication(tx, organisationId, row.applicationId, 'share')
  refuseFrozen(application?.state ?? 'draft')
  await recordInLedger(tx, organisationId, {
    kind: 'exception.revoked',
    actor,
    at,
    payload: { exceptionId, applicationId: row.applicationId, reason },
  })
}
