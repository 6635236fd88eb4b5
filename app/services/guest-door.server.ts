/** The door of somebody without an account: their link, where it matters a one-time code, and the short session behind it. */
import type { Tx } from '#db/client.server.ts'
import * as guests from '#db/queries/guests.server.ts'
import type { Key } from './attestation-door.server.ts'
import { maskAddress } from './attestation-rules.ts'
import { hashSecret } from './attestation-secrets.server.ts'
import { readToken } from './attestation-token.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordGuestAccess } from './guest-access.server.ts'
import { type Delivery, type GuestState, stateOfGuest } from './guest-links.server.ts'
import { writeGuestCodeMail } from './guest-mails.ts'
import { blankMails, writeMail } from './mail-outbox.server.ts'
import { isCodeUsable, isSessionOf, makeCode, tryCode } from './one-time-code.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'

export interface GuestDoor {
  organisationId: string
  link: guests.GuestLinkRow
  state: GuestState
  /** The link stands, and its code was entered from this browser not long ago. */
  isOpen: boolean
}

/**
 * Finds what a link leads to and keeps it locked to the end of the transaction; all work of a guest passes here.
 * The key names its organisation, so that row-level security holds for whoever brings it.
 * @throws NotFoundError for a link that never was, or that leads to something of another kind
 */
export async function atGuestDoor<T>(
  kind: guests.GuestLinkRow['kind'],
  { token, session }: Key,
  work: (tx: Tx, door: GuestDoor, now: Date) => Promise<T>,
): Promise<T> {
  const { database, clock } = getRuntime()
  const read = readToken(token)
  if (!read || token === undefined) throw noSuchLink()
  const { organisationId } = read
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const link = await guests.lockGuestLinkByToken(tx, organisationId, {
      kind,
      tokenSha256: hashSecret(token),
    })
    if (!link) throw noSuchLink()
    const state = stateOfGuest(link, now)
    const isOpen = state === 'open' && isSessionOf(link, session, now)
    return work(tx, { organisationId, link, state, isOpen }, now)
  })
}

const noSuchLink = () =>
  new NotFoundError(
    'This link leads nowhere. Open it from the mail again, or copy all of it: a letter may be missing.',
  )

export interface GuestGreeting {
  state: GuestState
  /** Without the code nothing more than this is told. */
  recipientName: string
  recipient: string
  senderName: string
  delivery: Delivery
  /** A code was sent and can still be entered. */
  isCodeSent: boolean
  isOpen: boolean
}

export async function greetGuest(
  kind: guests.GuestLinkRow['kind'],
  key: Key,
  caller: Caller,
): Promise<GuestGreeting> {
  return atGuestDoor(kind, key, async (tx, { link, state, isOpen }, now) => {
    await noteArrival(tx, { link, state }, now, caller)
    return {
      state,
      recipientName: link.recipientName,
      recipient: maskAddress(link.recipientEmail),
      senderName: link.sentByName,
      delivery: link.delivery,
      isCodeSent: isCodeUsable(link, now),
      isOpen,
    }
  })
}

/** Somebody came with the link; whether they get in is another matter. */
export async function noteArrival(
  tx: Tx,
  { link, state }: Pick<GuestDoor, 'link' | 'state'>,
  at: Date,
  caller: Caller,
): Promise<void> {
  const { organisationId, id } = link
  await recordGuestAccess(tx, link, { kind: state === 'open' ? 'opened' : 'turned-away', at, caller })
  if (state === 'open' && !link.openedAt)
    await guests.updateGuestLink(tx, organisationId, id, { openedAt: at })
}

/**
 * Mails a new one-time code; the one before opens nothing any more.
 * @throws RefusedError `link` for a dead link, `code-pause`, `codes-spent`
 */
export async function sendGuestCode(kind: guests.GuestLinkRow['kind'], key: Key): Promise<void> {
  const { settings } = getRuntime()
  await atGuestDoor(kind, key, async (tx, { organisationId, link, state }, now) => {
    refuseDeadGuest(state)
    const made = makeCode({ ...link, codesSent: codesOfDay(link, now) }, settings.secret, now)
    if (made.outcome === 'spent') {
      throw new RefusedError(
        'codes-spent',
        'Too many codes were sent for this link today. Go on tomorrow, or ask the sender for a new link.',
      )
    }
    if (made.outcome === 'pause') {
      throw new RefusedError(
        'code-pause',
        `A code was sent just now. Wait ${made.seconds} seconds before you ask for another.`,
      )
    }
    await guests.updateGuestLink(tx, organisationId, link.id, made.changes)
    await blankMails(tx, organisationId, link.recipientEmail, ['guest-code'])
    const mail = writeGuestCodeMail({ recipientName: link.recipientName }, made.code)
    const { expiresAt } = made
    await writeMail(
      tx,
      organisationId,
      { kind: 'guest-code', recipient: link.recipientEmail, expiresAt, ...mail },
      link.delivery === 'mail-server',
    )
  })
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

/** These links last for weeks, so their codes are counted by the day, in UTC. */
const codesOfDay = ({ codeSentAt, codesSent }: guests.GuestLinkRow, now: Date): number =>
  codeSentAt !== null && dayOf(codeSentAt) === dayOf(now) ? codesSent : 0

export type GuestCodeOutcome =
  | { outcome: 'open'; session: string; seconds: number }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'no-code' }

/** @throws RefusedError `link` for a dead link */
export async function enterGuestCode(
  kind: guests.GuestLinkRow['kind'],
  key: Key,
  code: string,
  caller: Caller,
): Promise<GuestCodeOutcome> {
  const { settings } = getRuntime()
  return atGuestDoor(kind, key, async (tx, { organisationId, link, state }, now) => {
    refuseDeadGuest(state)
    const tried = tryCode(link, code, settings.secret, now)
    if (tried.outcome === 'no-code') return tried
    const { changes, ...told } = tried
    await guests.updateGuestLink(tx, organisationId, link.id, changes)
    const kindOfAccess = told.outcome === 'open' ? 'entered' : 'wrong-code'
    await recordGuestAccess(tx, link, { kind: kindOfAccess, at: now, caller })
    if (told.outcome === 'open') await blankMails(tx, organisationId, link.recipientEmail, ['guest-code'])
    return told
  })
}

/** @throws RefusedError `link` */
export function refuseDeadGuest(state: GuestState): void {
  if (state === 'open') return
  throw new RefusedError(
    'link',
    state === 'expired'
      ? 'This link has expired. Ask the sender for a new one.'
      : 'This link was taken back. Ask the sender why, or for a new one.',
  )
}

/** @throws RefusedError `code-needed` when the code was not entered from this browser, or too long ago */
export function requireOpenGuest({ isOpen, state }: GuestDoor): void {
  refuseDeadGuest(state)
  if (!isOpen) throw new RefusedError('code-needed', 'Enter a code first: this page was open for too long.')
}
