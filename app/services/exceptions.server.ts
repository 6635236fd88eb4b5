/** The exception register of an application: reasoned, owned, expiring. */
import * as applications from '#db/queries/applications.server.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { editionOf } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { type ExceptionInput, MAXIMUM_EXCEPTION_DAYS } from './exception-input.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

const DAY = 86_400_000

function refuseFrozen(state: string): void {
  if (state === 'frozen') {
    throw new RefusedError(
      'frozen',
      'This application is signed. Withdraw the report before changing its exceptions.',
    )
  }
}

/** @throws RefusedError `expiry` when it ends in the past or lasts longer than a year. */
export async function recordException(
  member: Member,
  applicationId: string,
  input: ExceptionInput,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const daysLeft = (Date.parse(input.expiresOn) - Date.parse(at.toISOString().slice(0, 10))) / DAY
  if (daysLeft < 1 || daysLeft > MAXIMUM_EXCEPTION_DAYS) {
    throw new RefusedError('expiry', 'Choose an end date from tomorrow to one year from now.')
  }
  const id = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    await getApplicationRow(tx, organisationId, applicationId)
    const row = await applications.lockApplication(tx, organisationId, applicationId, 'share')
    if (!row) throw new NotFoundError('No such application')
    refuseFrozen(row.state)
    if (!findQuestion(await editionOf(tx, row), input.questionId)) throw new NotFoundError('No such question')
    await applications.insertException(tx, {
      ...input,
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
      payload: { exceptionId: id, applicationId, ...input },
    })
  })
  return id
}

/** Revoked exceptions stay in the register and stop covering at once. */
export async function revokeException(member: Member, exceptionId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await applications.revokeException(tx, organisationId, exceptionId, at)
    if (!row) throw new NotFoundError('No such exception in force')
    const application = await applications.lockApplication(tx, organisationId, row.applicationId, 'share')
    refuseFrozen(application?.state ?? 'draft')
    await recordInLedger(tx, organisationId, {
      kind: 'exception.revoked',
      actor: actorOf(member),
      at,
      payload: { exceptionId, applicationId: row.applicationId },
    })
  })
}
