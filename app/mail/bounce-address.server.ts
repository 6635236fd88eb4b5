/** The address that reports of a mail come back to: which mail it was, with a seal, so that nobody can make one up. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** 64 octets before the @ (RFC 5321 §4.5.3.1.1), of which the plus sign and the key take 51. */
export const MOST_BEFORE_THE_KEY = 13

export interface BounceKey {
  organisationId: string
  /** The first half of the mail's id: 62 random bits are enough to find it in one organisation, and all there is room for. */
  mailIdStart: string
}

const KEY_DIGITS = 50
const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')

function sealOf(secret: string, body: Uint8Array): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'attested bounce address v1', 32))
  return createHmac('sha256', key).update(body).digest().subarray(0, 8)
}

/** @param base such as `bounces@mail.example.com` */
export function bounceAddressOf(
  secret: string,
  base: string,
  mail: { organisationId: string; mailId: string },
): string {
  const body = Buffer.concat([bytesOf(mail.organisationId), bytesOf(mail.mailId).subarray(0, 8)])
  const sealed = Buffer.concat([body, sealOf(secret, body)])
  // Digits and small letters only: mail servers may turn capital letters into small ones.
  const key = BigInt(`0x${sealed.toString('hex')}`)
    .toString(36)
    .padStart(KEY_DIGITS, '0')
  return base.replace('@', `+${key}@`)
}

const KEY = /\+([0-9a-z]{50})(?=@)/gi

/** The first sealed key in a text that may hold addresses. @returns null where there is none that we made */
export function findBounceKey(secret: string, text: string): BounceKey | null {
  for (const [, digits = ''] of text.matchAll(KEY)) {
    const number = [...digits.toLowerCase()].reduce(
      (sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)),
      0n,
    )
    const hex = number.toString(16).padStart(64, '0')
    if (hex.length !== 64) continue
    const sealed = Buffer.from(hex, 'hex')
    const body = sealed.subarray(0, 24)
    if (!timingSafeEqual(sealed.subarray(24), sealOf(secret, body))) continue
    const start = body.subarray(16).toString('hex')
    return {
      organisationId: body
        .subarray(0, 16)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      mailIdStart: start.replace(/^(.{8})(.{4})(.{4})$/, '$1-$2-$3'),
    }
  }
  return null
}
