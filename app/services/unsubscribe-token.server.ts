/** The key in the address that stops summaries: which mail it came with, sealed. Nothing is kept of it. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

export interface UnsubscribeKey {
  organisationId: string
  mailId: string
}

/** 16 bytes of each id and 16 of the seal, in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{64}$/
const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

function sealOf(secret: string, body: Uint8Array): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'attested unsubscribe v1', 32))
  return createHmac('sha256', key).update(body).digest().subarray(0, 16)
}

/** The address itself does not stand in it: links end up in logs. */
export function writeUnsubscribeToken(secret: string, { organisationId, mailId }: UnsubscribeKey): string {
  const body = Buffer.concat([bytesOf(organisationId), bytesOf(mailId)])
  return Buffer.concat([body, sealOf(secret, body)]).toString('base64url')
}

/** @returns null for what we did not write */
export function readUnsubscribeToken(secret: string, token: string | undefined): UnsubscribeKey | null {
  if (token === undefined || !TOKEN.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  const body = bytes.subarray(0, 32)
  if (!timingSafeEqual(bytes.subarray(32), sealOf(secret, body))) return null
  return { organisationId: idOf(body.subarray(0, 16)), mailId: idOf(body.subarray(16)) }
}
