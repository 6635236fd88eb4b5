/** Stops summaries for whoever holds the address out of one, without signing in, and takes that back. */
import type { Tx } from '#db/client.server.ts'
import { findStop, liftStop } from '#db/queries/mail-stops.server.ts'
import * as mails from '#db/queries/mails.server.ts'
import { getOrganisationName } from '#db/queries/members.server.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { foldAddress, stopAddress } from './mail-stops.server.ts'
import { getRuntime } from './runtime.server.ts'
import { readUnsubscribeToken } from './unsubscribe-token.server.ts'

export interface UnsubscribePage {
  organisationName: string
  /** Not in full: a forwarded summary shows the page to somebody else. */
  address: string
  isStopped: boolean
}

async function withMail<T>(
  token: string | undefined,
  work: (tx: Tx, mail: mails.MailRow) => Promise<T>,
): Promise<T> {
  const { database, settings } = getRuntime()
  const key = readUnsubscribeToken(settings.secret, token)
  if (!key) throw new NotFoundError('There is nothing at this address')
  return database.inOrganisation(key.organisationId, async (tx) => {
    const mail = await mails.lockMail(tx, key.organisationId, key.mailId)
    if (!mail) throw new NotFoundError('There is nothing at this address')
    return work(tx, mail)
  })
}

/** @throws NotFoundError for an address that we did not write */
export function showUnsubscribe(token: string | undefined): Promise<UnsubscribePage> {
  return withMail(token, async (tx, { organisationId, recipient }) => ({
    organisationName: await getOrganisationName(tx, organisationId),
    address: hideAddress(recipient),
    // An address that bounced is another matter, which its reader cannot take back.
    isStopped: (await findStop(tx, organisationId, foldAddress(recipient), ['digest'])) !== null,
  }))
}

/** Requests, codes and what the law asks for still arrive. Harmless when called twice. @throws NotFoundError */
export async function unsubscribe(token: string | undefined): Promise<void> {
  await withMail(token, async (tx, { organisationId, id, recipient }) => {
    await stopAddress(tx, organisationId, {
      address: recipient,
      purpose: 'digest',
      reason: 'unsubscribed',
      detail: '',
      mailId: id,
    })
  })
}

/** @throws NotFoundError */
export async function subscribeAgain(token: string | undefined): Promise<void> {
  await withMail(token, async (tx, { organisationId, recipient }) => {
    const at = getRuntime().clock()
    const address = foldAddress(recipient)
    const stop = { address, purpose: 'digest' } as const
    const lifted = await liftStop(tx, organisationId, stop, { at, byName: address })
    if (!lifted) return
    await recordInLedger(tx, organisationId, {
      kind: 'mail.stop-lifted',
      actor: address,
      at,
      payload: { ...stop, reason: lifted.reason },
    })
  })
}

function hideAddress(address: string): string {
  const [name = '', domain = ''] = address.split('@')
  return `${name.slice(0, 1)}•••@${domain}`
}
