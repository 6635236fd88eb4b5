/** Hashes of what opens an attestation: its link, its one-time code and its short session. */
import { createHash, createHmac, hkdfSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { writeToken } from './attestation-token.ts'

export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('hex')

export const newLinkToken = (organisationId: string) => writeToken(organisationId, randomBytes(24))

export const newSessionToken = () => randomBytes(32).toString('base64url')

/** Six digits, so that they can be typed from one device into another. */
export const newCode = () => String(randomInt(1_000_000)).padStart(6, '0')

/** Under the installation's secret: a plain hash of six digits could be tried out by whoever reads the database. */
export function macOfCode(secret: string, linkId: string, code: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, linkId, 'attested attestation code v1', 32))
  return createHmac('sha256', key).update(code).digest('hex')
}

export function isSameHex(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')]
  return left.length === right.length && timingSafeEqual(left, right)
}
