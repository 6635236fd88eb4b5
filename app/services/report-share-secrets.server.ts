/** What opens a shared report beside its link: the passcode, and the short session behind it. */
import { createHmac, hkdfSync, randomInt } from 'node:crypto'
import { isSameHex } from './attestation-secrets.server.ts'
import { SHARE_SESSION_MINUTES, writePasscode } from './report-share-rules.ts'

export const newPasscode = () => writePasscode((below) => randomInt(below))

interface OpenedShare {
  id: string
  /** A new passcode ends the sessions of the one before. */
  passcodeHash: string
}

/**
 * Says that the passcode was entered, and until when that counts. Nothing is kept of it, so that a recipient may read
 * on two devices; whether the share still stands is asked of its row each time.
 */
export function newShareSession(secret: string, share: OpenedShare, now: Date): string {
  const until = String(now.getTime() + SHARE_SESSION_MINUTES * 60_000)
  return `${until}.${macOf(secret, share, until)}`
}

export function isShareSession(secret: string, share: OpenedShare, session: string, now: Date): boolean {
  const [, until, mac] = /^(\d{13,14})\.([0-9a-f]{64})$/.exec(session) ?? []
  if (until === undefined || mac === undefined || Number(until) <= now.getTime()) return false
  return isSameHex(mac, macOf(secret, share, until))
}

function macOf(secret: string, { id, passcodeHash }: OpenedShare, until: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, id, 'attested report share session v1', 32))
  return createHmac('sha256', key).update(`${until} ${passcodeHash}`).digest('hex')
}
