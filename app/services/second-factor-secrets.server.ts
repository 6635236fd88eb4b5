/** What is kept of second factors so that a copy of the database opens nothing: sealed secrets, MACs of recovery codes. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { plainPasscode } from './report-share-rules.ts'
import { newPasscode } from './report-share-secrets.server.ts'
import { RECOVERY_CODES } from './second-factor-rules.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

const keyOf = (secret: string, userId: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, userId, purpose, 32))

const sealKey = (secret: string, userId: string) => keyOf(secret, userId, 'attested app secret v1')

/** AES-256-GCM under a key of this account: the row of somebody else’s app opens nothing here. */
export function sealAppSecret(secret: string, userId: string, appSecret: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, sealKey(secret, userId), nonce, { authTagLength: TAG_BYTES })
  const sealed = Buffer.concat([cipher.update(appSecret), cipher.final()])
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64')
}

/** @returns null when it was sealed with another secret, for another account, or changed */
export function openAppSecret(secret: string, userId: string, sealed: string): Uint8Array | null {
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv(CIPHER, sealKey(secret, userId), nonce, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    return new Uint8Array(Buffer.concat([opened, decipher.final()]))
  } catch {
    return null
  }
}

export const newRecoveryCodes = () => Array.from({ length: RECOVERY_CODES }, newPasscode)

/** A MAC is enough where a slow hash is not needed: a code has 54 random bits, and the key is not in the database. */
export function macOfRecoveryCode(secret: string, userId: string, typed: string): string {
  const key = keyOf(secret, userId, 'attested recovery code v1')
  return createHmac('sha256', key).update(plainPasscode(typed)).digest('hex')
}
