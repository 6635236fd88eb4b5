/** Refuses changes that another site asks a signed-in browser to make. */
import type { RequestHandler } from 'express'

export interface RequestSource {
  method: string
  host: string | undefined
  origin: string | undefined
  /** The Sec-Fetch-Site header: the browser's own word on where the request comes from. */
  fetchSite: string | undefined
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request may change something. Browsers send Origin with every such request, so one without is
 * no browser's and has to say where it belongs.
 *
 * @param publicUrl the origin that browsers see, when a proxy changes the host
 */
export function isFromOurPages(source: RequestSource, publicUrl: string | null): boolean {
  if (READS.has(source.method)) return true
  if (source.fetchSite !== undefined && source.fetchSite !== 'same-origin') return false
  if (source.origin === undefined) return source.fetchSite === 'same-origin'
  if (!URL.canParse(source.origin)) return false
  return source.origin === publicUrl || new URL(source.origin).host === source.host?.toLowerCase()
}

/**
 * Mail programs and mail providers, which are no browsers, write to these. Neither reads who is signed in: the one goes
 * by a seal in its address, the other by a token in a header that no page can set for another site.
 */
const FOR_PROGRAMS = /^\/(unsubscribe\/[\w-]{64}|mail\/inbound)$/

export function requireSameOrigin(publicUrl: string | null): RequestHandler {
  return (request, response, next) => {
    const source = {
      method: request.method,
      host: request.headers.host,
      origin: request.headers.origin,
      fetchSite: request.get('sec-fetch-site'),
    }
    if (FOR_PROGRAMS.test(request.path) || isFromOurPages(source, publicUrl)) return next()
    response
      .status(403)
      .type('text/plain')
      .send(
        'This request did not come from a page of Attested. Reload the page and try again. ' +
          'Behind a proxy, set ATTESTED_PUBLIC_URL to the address that browsers open; scripts send an Origin header.\n',
      )
  }
}
