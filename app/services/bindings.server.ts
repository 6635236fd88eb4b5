/** The quote on an application, and the binder: held by conditions before the bind, conditional by those after it. */

import type { Tx } from '#db/client.server.ts'
import { lockApplication } from '#db/queries/applications.server.ts'
import { findBinding, insertBinding, updateBinding } from '#db/queries/bindings.server.ts'
import { listSubjectivities } from '#db/queries/subjectivities.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import type { BinderInput, QuoteInput } from './subjectivity-input.ts'
import { isPending, nameOf } from './subjectivity-standing.ts'

type Saved = 'saved' | 'conflict'

/**
 * Records the quote, or corrects what is recorded of it.
 * @param seenVersion 0 where none was recorded yet
 * @returns `conflict` when another version was saved since `seenVersion`
 * @throws NotFoundError; RefusedError `future`, `before-quote` when the binder would be older
 */
export async function recordQuote(
  member: Member,
  applicationId: string,
  seenVersion: number,
  input: QuoteInput,
): Promise<Saved> {
  const { clock, newId } = getRuntime()
  return change(member, applicationId, async (tx, { clientId }) => {
    const at = clock()
    const { organisationId } = member
    if (input.quotedOn !== null) refuseFuture(input.quotedOn, at)
    const known = await findBinding(tx, organisationId, applicationId)
    if (known?.boundOn && input.quotedOn !== null) refuseOrder(input.quotedOn, known.boundOn)
    const values = { ...input, recordedByName: member.name, changedAt: at }
    const isSaved =
      seenVersion === 0
        ? await insertBinding(tx, { ...values, organisationId, id: newId(), applicationId })
        : await updateBinding(tx, organisationId, applicationId, seenVersion, values)
    if (!isSaved) return 'conflict'
    await recordInLedger(tx, organisationId, {
      kind: 'quote.recorded',
      actor: actorOf(member),
      at,
      payload: { clientId, applicationId, ...input },
    })
    return 'saved'
  })
}

/**
 * Records the day on which the binder was issued, or corrects it.
 * @returns `conflict` as `recordQuote`
 * @throws NotFoundError; RefusedError `pre-bind-open` with the conditions that hold the quote, `no-quote`, `future`,
 *   `before-quote`
 */
export async function recordBinder(
  member: Member,
  applicationId: string,
  seenVersion: number,
  input: BinderInput,
): Promise<Saved> {
  const { clock } = getRuntime()
  return change(member, applicationId, async (tx, { clientId }) => {
    const at = clock()
    const { organisationId } = member
    refuseFuture(input.boundOn, at)
    const known = await findBinding(tx, organisationId, applicationId)
    if (!known)
      throw new RefusedError('no-quote', 'No quote is recorded yet. Record the insurer and its quote first.')
    if (known.quotedOn !== null) refuseOrder(known.quotedOn, input.boundOn)
    await refuseHeld(tx, organisationId, applicationId)
    const values = { ...input, recordedByName: member.name, changedAt: at }
    if (!(await updateBinding(tx, organisationId, applicationId, seenVersion, values))) return 'conflict'
    await recordInLedger(tx, organisationId, {
      kind: 'binder.recorded',
      actor: actorOf(member),
      at,
      payload: { clientId, applicationId, ...input },
    })
    return 'saved'
  })
}

/** For a bind that was entered by mistake. @returns `conflict` as `recordQuote` */
export async function takeBinderBack(
  member: Member,
  applicationId: string,
  seenVersion: number,
  reason: string,
): Promise<Saved> {
  const { clock } = getRuntime()
  return change(member, applicationId, async (tx, { clientId }) => {
    const at = clock()
    const { organisationId } = member
    const known = await findBinding(tx, organisationId, applicationId)
    if (!known?.boundOn) throw new RefusedError('not-bound', 'No bind is recorded. Reload the page.')
    const values = {
      ...{ boundOn: null, binderExpiresOn: null, expirySource: null },
      ...{ recordedByName: member.name, changedAt: at },
    }
    if (!(await updateBinding(tx, organisationId, applicationId, seenVersion, values))) return 'conflict'
    await recordInLedger(tx, organisationId, {
      kind: 'binder.taken-back',
      actor: actorOf(member),
      at,
      payload: { clientId, applicationId, boundOn: known.boundOn, reason },
    })
    return 'saved'
  })
}

/** Conditions that are recorded or opened again at the same moment wait. */
async function change(
  { organisationId }: Member,
  applicationId: string,
  work: (tx: Tx, application: { clientId: string }) => Promise<Saved>,
): Promise<Saved> {
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const application = await lockApplication(tx, organisationId, applicationId, 'update')
    if (!application) throw new NotFoundError('No such application')
    return work(tx, application)
  })
}

async function refuseHeld(tx: Tx, organisationId: string, applicationId: string): Promise<void> {
  const holding = (await listSubjectivities(tx, organisationId, applicationId)).filter(
    (row) => row.timing === 'pre-bind' && isPending(row),
  )
  if (holding.length === 0) return
  const named = holding.map((row) => `“${nameOf(row)}”`).join(', ')
  throw new RefusedError(
    'pre-bind-open',
    `${holding.length === 1 ? 'A condition before the bind is' : `${holding.length} conditions before the bind are`} still open and hold${holding.length === 1 ? 's' : ''} the quote: ${named}. Record the insurer’s decision first.`,
  )
}

function refuseFuture(day: string, now: Date): void {
  if (day > now.toISOString().slice(0, 10))
    throw new RefusedError('future', 'That day is still to come. Check the date.')
}

function refuseOrder(quotedOn: string, boundOn: string): void {
  if (boundOn < quotedOn)
    throw new RefusedError('before-quote', 'The binder would be older than the quote. Compare the two dates.')
}
