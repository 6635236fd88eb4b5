/** The short session behind a link: a cookie of its own for each link. */
import { createCookie } from '@remix-run/node'
import type { Key } from '#app/services/attestation-door.server.ts'
import { hashSecret } from '#app/services/attestation-secrets.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'

/** @param place what the cookie is named after, and the first part of the path below which links of this kind lead */
export function linkCookies(place: { name: string; path: string }) {
  // The path cannot name the link: pages ask for their data at its address with ".data" behind, which no path matches.
  const cookieOf = (token: string) =>
    createCookie(`attested_${place.name}_${hashSecret(token).slice(0, 12)}`, {
      path: place.path,
      httpOnly: true,
      sameSite: 'lax',
      secure: getRuntime().settings.publicUrl?.startsWith('https:') ?? false,
    })
  return {
    /** What a request brings: the link's key out of its path, and the session where the browser has one. */
    async readKey(request: Request, token: string | undefined): Promise<Key> {
      const session: unknown = token && (await cookieOf(token).parse(request.headers.get('cookie')))
      return { token, session: typeof session === 'string' && session !== '' ? session : null }
    },
    /** The header that keeps a session, only for this link and only as long as it lasts. */
    async write(token: string, session: string, seconds: number): Promise<string> {
      return cookieOf(token).serialize(session, { maxAge: seconds })
    },
  }
}
