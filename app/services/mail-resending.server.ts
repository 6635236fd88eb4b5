/** Mails that did not leave: what they failed for, and another try by hand, which is recorded. */
import type { Tx } from '#db/client.server.ts'
import * as mails from '#db/queries/mails.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { isDigest, isResendable } from './mail-outbox.server.ts'
import { findStopFor, foldAddress } from './mail-stops.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * Tries a mail again that did not leave.
 * @throws NotFoundError; RefusedError `mail-state` for one that left or can serve nobody any more, `mail-stopped`
 */
export async function resendMail(member: Member, mailId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await mails.lockMail(tx, organisationId, mailId)
    if (!row) throw new NotFoundError('No such mail')
    if (!isResendable(row, clock())) {
      throw new RefusedError(
        'mail-state',
        'This mail cannot be sent again. Send a new one from the page that it came from instead.',
      )
    }
    if (await findStopFor(tx, organisationId, row.recipient, isDigest(row)))
      throw new RefusedError(
        'mail-stopped',
        `Mails to ${row.recipient} are held back. Allow them again first, on this page, or send a new one to another address.`,
      )
    await queueAgain(tx, member, [row])
  })
}

const AT_ONCE = 500

/**
 * Tries all again that failed for the same, also what came back or was held back, the oldest first and no more than
 * 500; those to addresses that are held back stay.
 * @returns how many
 */
export async function resendFailed(member: Member, cause: string): Promise<number> {
  return resendSendable(member, { cause })
}

/** The same for what did not arrive at one address, once mails go there again. @returns how many */
export async function resendHeld(member: Member, address: string): Promise<number> {
  return resendSendable(member, { address: foldAddress(address) })
}

async function resendSendable(member: Member, of: mails.SendableOf): Promise<number> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const rows = await mails.lockSendable(tx, organisationId, of, clock(), AT_ONCE)
    if (rows.length > 0) await queueAgain(tx, member, rows)
    return rows.length
  })
}

async function queueAgain(tx: Tx, member: Member, rows: readonly mails.MailRow[]): Promise<void> {
  const { clock, jobs } = getRuntime()
  const { organisationId } = member
  const queuedAt = clock()
  for (const { id, resends } of rows) {
    const fresh = { state: 'queued', failure: null, cause: null, returnedAt: null, queuedAt } as const
    await mails.updateMail(tx, organisationId, id, { ...fresh, resends: resends + 1 })
    await jobs.enqueue({ name: 'send-mail', organisationId, mailId: id })
  }
  await recordInLedger(tx, organisationId, {
    kind: 'mail.resent',
    actor: actorOf(member),
    at: queuedAt,
    payload: { mailIds: rows.map(({ id }) => id) },
  })
}

export interface MailFailure {
  cause: string
  mails: number
  /** What the server said to one of them. */
  said: string
}

/** What failed, came back or was held back and can be sent again, by what it failed for. */
export async function listMailFailures(member: Member): Promise<MailFailure[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const rows = await database.inOrganisation(organisationId, (tx) =>
    mails.listFailures(tx, organisationId, clock()),
  )
  return rows.flatMap(({ cause, mails: count, said }) =>
    cause ? [{ cause, mails: count, said: said ?? '' }] : [],
  )
}
