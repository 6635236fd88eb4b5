/** Addresses that mails no longer go to, or no summaries: set by bounces, complaints and readers, lifted by members. */
import { cutText } from '#app/language/cut-text.ts'
import type { Tx } from '#db/client.server.ts'
import * as stops from '#db/queries/mail-stops.server.ts'
import { countSendable } from '#db/queries/mails.server.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import type { LiftInput } from './mail-input.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** How an address is written in `mail_stop`. */
export const foldAddress = (address: string) => address.trim().toLowerCase()

/** Whether summaries may go there: ask in the transaction that would write one. */
export async function mayReceiveDigest(tx: Tx, organisationId: string, address: string): Promise<boolean> {
  return (await findStopFor(tx, organisationId, address, true)) === null
}

/** What forbids a mail to this address; null for nothing. */
export async function findStopFor(
  tx: Tx,
  organisationId: string,
  address: string,
  isDigest: boolean,
): Promise<stops.MailStopRow | null> {
  return stops.findStop(tx, organisationId, foldAddress(address), isDigest ? ['all', 'digest'] : ['all'])
}

type NewStop = Pick<stops.MailStopRow, 'purpose' | 'reason' | 'detail' | 'mailId'> & { address: string }

const KINDS = {
  refused: 'mail.bounced',
  bounced: 'mail.bounced',
  complained: 'mail.complained',
  unsubscribed: 'mail.unsubscribed',
} as const

/** @returns false where it was stopped already */
export async function stopAddress(tx: Tx, organisationId: string, stop: NewStop): Promise<boolean> {
  const at = getRuntime().clock()
  const address = foldAddress(stop.address)
  const detail = cutText(stop.detail, 500)
  const isNew = await stops.putStop(tx, { ...stop, organisationId, address, detail, since: at })
  if (!isNew) return false
  await recordInLedger(tx, organisationId, {
    kind: KINDS[stop.reason],
    // Nobody of the organisation did it: its reader, or a mail server.
    actor: stop.reason === 'unsubscribed' ? address : 'Attested',
    at,
    payload: { address, purpose: stop.purpose, reason: stop.reason, mailId: stop.mailId },
  })
  return true
}

export type ShownStop = Pick<
  stops.MailStopRow,
  'address' | 'purpose' | 'reason' | 'detail' | 'since' | 'mailId'
>

export async function listMailStops(member: Member): Promise<ShownStop[]> {
  const { organisationId } = member
  const rows = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    stops.listStops(tx, organisationId),
  )
  return rows.map(({ address, purpose, reason, detail, since, mailId }) => ({
    address,
    purpose,
    reason,
    detail,
    since,
    mailId,
  }))
}

/**
 * Mails go there again. Those that were held back are sent by hand.
 * @returns how many did not arrive there and can be sent now
 * @throws NotFoundError
 */
export async function liftMailStop(member: Member, { address, purpose }: LiftInput): Promise<number> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const lifted = await stops.liftStop(
      tx,
      organisationId,
      { address: foldAddress(address), purpose },
      { at, byName: member.name },
    )
    if (!lifted) throw new NotFoundError('Mails to this address are not held back')
    await recordInLedger(tx, organisationId, {
      kind: 'mail.stop-lifted',
      actor: actorOf(member),
      at,
      payload: { address: lifted.address, purpose, reason: lifted.reason },
    })
    return countSendable(tx, organisationId, { address: lifted.address }, at)
  })
}
