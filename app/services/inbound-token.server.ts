/** Whether whoever hands in reports about mails shows the token that the installation was given. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { getRuntime } from './runtime.server.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * `Bearer TOKEN`, or `Basic` with the token as the password: providers that are given an address only write it so.
 * @returns null where no token is set, so that nobody may
 */
export function isInboundAllowed(authorization: string | null): boolean | null {
  const { inboundToken } = getRuntime().settings
  if (!inboundToken) return null
  const [, scheme = '', value = ''] = /^(Bearer|Basic) +([\w+/=-]{1,1000})$/i.exec(authorization ?? '') ?? []
  const shown =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(value, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '')
      : value
  return timingSafeEqual(digest(shown), digest(inboundToken))
}
