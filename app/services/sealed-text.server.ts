/** Short secrets of an organisation at rest: AES-256-GCM under a key derived from the installation's secret. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { RefusedError } from './errors.ts'

const IV_BYTES = 12
const TAG_BYTES = 16

const keyFor = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'attested sealed texts v1', 32))

/** @param place what it belongs to: text moved to another row does not open there */
export function sealText(secret: string, place: string, text: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret), iv)
  cipher.setAAD(Buffer.from(place))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
}

/** @throws RefusedError `sealed` where the installation's secret is another one */
export function openSealed(secret: string, place: string, sealed: string): string {
  try {
    const bytes = Buffer.from(sealed, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', keyFor(secret), bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(place))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new RefusedError(
      'sealed',
      'What is kept encrypted cannot be opened. Check that the installation still has its own secret.',
    )
  }
}
