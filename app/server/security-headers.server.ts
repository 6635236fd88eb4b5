/** What a browser may do with our pages: nothing that they do not need. */
import { randomBytes } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'

export interface HeaderOptions {
  isHttps: boolean
  isDevelopment: boolean
}

/** Files that our own pages show in a frame: their route says what they may do, which is nothing. */
const PREVIEW_PATH = /^\/(revisions\/[^/]+|review\/[^/]+\/evidence\/[^/]+)\/content$/

/** The worker that reads a report for its holder: it can reach nothing, so the file cannot leave the computer by it. */
const VERIFIER_PATH = /^\/assets\/verify-worker-[^/]+\.js$/

/** Sets `res.locals.cspNonce` for the scripts of this one page, and every security header. */
export function securityHeaders({ isHttps, isDevelopment }: HeaderOptions): RequestHandler[] {
  const setNonce: RequestHandler = (_request, response, next) => {
    response.locals.cspNonce = randomBytes(16).toString('base64')
    next()
  }
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", (_request, response) => `'nonce-${(response as Response).locals.cspNonce}'`],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        // Vite's hot reload talks over a socket.
        connectSrc: isDevelopment ? ["'self'", 'ws:'] : ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        ...(isHttps ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Not no-referrer: with it browsers send `Origin: null` on plain form posts, which the same-origin check refuses.
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
  const allowOwnFrame: RequestHandler = (request, response, next) => {
    if (request.method === 'GET' && PREVIEW_PATH.test(request.path)) {
      // The route adds its own policy and both hold; the one of pages would forbid every frame.
      const policy = "script-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
      response.set('Content-Security-Policy', policy)
      response.set('X-Frame-Options', 'SAMEORIGIN')
    }
    next()
  }
  const lockVerifier: RequestHandler = (request, response, next) => {
    if (VERIFIER_PATH.test(request.path)) {
      response.set('Content-Security-Policy', "default-src 'none'; script-src 'self'; connect-src 'none'")
    }
    next()
  }
  return [setNonce, headers as RequestHandler, allowOwnFrame, lockVerifier]
}
