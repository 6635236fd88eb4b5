/** The door of a shared report: a link that somebody holds, the passcode, and the short session it opens. */
import type { Tx } from '#db/client.server.ts'
import * as shares from '#db/queries/report-shares.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import type { Key } from './attestation-door.server.ts'
import { hashSecret } from './attestation-secrets.server.ts'
import { readToken } from './attestation-token.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { recordAccess } from './report-share-log.server.ts'
import { PASSCODE_TRIES, plainPasscode, SHARE_SESSION_MINUTES } from './report-share-rules.ts'
import { isShareSession, newShareSession } from './report-share-secrets.server.ts'
import { type ShareState, stateOfShare } from './report-shares.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'
import { matchesSlowHash } from './slow-hash.server.ts'

export interface ShareDoor {
  organisationId: string
  share: shares.ReportShareRow
  report: reports.ReportRow
  state: ShareState
  /** The share stands, and its passcode was entered from this browser not long ago. */
  isOpen: boolean
}

/**
 * Finds what a link leads to and keeps it locked to the end of the transaction; all work of a recipient passes here.
 * The key names its organisation, so that row-level security holds for whoever brings it.
 * @throws NotFoundError for a link that never was: one letter wrong, forged, or another installation's
 */
export async function atTheShare<T>(
  { token, session }: Key,
  work: (tx: Tx, door: ShareDoor, now: Date) => Promise<T>,
): Promise<T> {
  const { database, clock, settings } = getRuntime()
  const read = readToken(token)
  if (!read || token === undefined) throw noSuchLink()
  const { organisationId } = read
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const share = await shares.lockShareByToken(tx, organisationId, hashSecret(token))
    const report = share && (await reports.findReport(tx, organisationId, share.reportId))
    if (!share || !report) throw noSuchLink()
    const state = stateOfShare(share, now)
    const isOpen =
      state === 'open' && session !== null && isShareSession(settings.secret, share, session, now)
    return work(tx, { organisationId, share, report, state, isOpen }, now)
  })
}

const noSuchLink = () =>
  new NotFoundError(
    'This link leads nowhere. Open it from the mail again, or copy all of it: a letter may be missing.',
  )

export type PasscodeOutcome =
  | { outcome: 'open'; session: string; seconds: number }
  | { outcome: 'wrong'; triesLeft: number }
  /** It was locked, expired or revoked, or this try has locked it. */
  | { outcome: 'closed' }

/** One try of the passcode. The last one that may be wrong locks the link, and the ledger says so. */
export async function enterPasscode(key: Key, passcode: string, caller: Caller): Promise<PasscodeOutcome> {
  const { settings } = getRuntime()
  return atTheShare(key, async (tx, door, now): Promise<PasscodeOutcome> => {
    const { organisationId, share } = door
    if (door.state !== 'open') {
      await recordAccess(tx, share, { kind: 'turned-away', at: now, caller })
      return { outcome: 'closed' }
    }
    // Slow by design, and the row is locked meanwhile: tries of one link go one after the other.
    if (await matchesSlowHash(share.passcodeHash, plainPasscode(passcode))) {
      if (share.wrongTries > 0) await shares.updateShare(tx, organisationId, share.id, { wrongTries: 0 })
      const session = newShareSession(settings.secret, share, now)
      return { outcome: 'open', session, seconds: SHARE_SESSION_MINUTES * 60 }
    }
    await recordAccess(tx, share, { kind: 'wrong-passcode', at: now, caller })
    const wrongTries = share.wrongTries + 1
    if (wrongTries < PASSCODE_TRIES) {
      await shares.updateShare(tx, organisationId, share.id, { wrongTries })
      return { outcome: 'wrong', triesLeft: PASSCODE_TRIES - wrongTries }
    }
    await shares.updateShare(tx, organisationId, share.id, { wrongTries, lockedAt: now })
    // A moment after the try that caused it, so that the log tells the two in this order.
    await recordAccess(tx, share, { kind: 'locked', at: new Date(now.getTime() + 1), caller })
    await recordInLedger(tx, organisationId, {
      kind: 'report.share-locked',
      actor: `Whoever holds the link for ${share.recipientName} <${share.recipientEmail}>`,
      at: now,
      payload: { reportId: share.reportId, shareId: share.id, wrongTries },
    })
    return { outcome: 'closed' }
  })
}

/** @throws RefusedError `share-closed` when the passcode was not entered from this browser, too long ago, or the share is over */
export function requireOpenShare({ isOpen }: ShareDoor): void {
  if (!isOpen)
    throw new RefusedError('share-closed', 'Enter the passcode first: this page was open for too long.')
}
