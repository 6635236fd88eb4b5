/** Everything that happens to a request before a route sees it, in order. */
import compression from 'compression'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { limitBodies } from './body-limits.server.ts'
import { answerHealth } from './health.server.ts'
import type { Pages } from './pages.server.ts'
import { logRequests } from './request-log.server.ts'
import { requireSameOrigin } from './same-origin.server.ts'
import { securityHeaders } from './security-headers.server.ts'
import type { ServerSettings } from './settings.server.ts'

export interface FrontDoorOptions {
  settings: Pick<ServerSettings, 'publicUrl' | 'trustedProxies'>
  isDevelopment: boolean
  pages: Pages
  ping: () => Promise<unknown>
  log: (line: string) => void
}

export function createFrontDoor({
  settings,
  isDevelopment,
  pages,
  ping,
  log,
}: FrontDoorOptions): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', settings.trustedProxies)
  app.use(logRequests(log))
  app.use(securityHeaders({ isHttps: settings.publicUrl?.startsWith('https:') ?? false, isDevelopment }))
  app.get('/healthz', answerHealth(ping))
  app.use(requireSameOrigin(settings.publicUrl))
  app.use(limitBodies)
  app.use(compression({ filter: isWorthCompressing }))
  app.use(pages.assets)
  app.use(tellRoutes(settings.trustedProxies > 0))
  app.all('*', pages.page)
  app.use(answerFault(log))
  return app
}

/** Reports shown to recipients outside the organisation. */
const SHARED_PATH = /^\/shared\//

/** Downloads announce their length and digest, which compression would make untrue. */
function isWorthCompressing(request: express.Request, response: express.Response): boolean {
  return !response.hasHeader('Content-Disposition') && compression.filter(request, response)
}

/** Routes trust these headers, so only this server may set them. */
function tellRoutes(isBehindProxy: boolean): RequestHandler {
  return (request, response, next) => {
    request.headers['x-attested-address'] = request.ip ?? ''
    if (!isBehindProxy) delete request.headers['x-forwarded-host']
    // Pages show a client's affairs: no shared cache keeps them, and a browser asks again.
    response.set('Cache-Control', 'private, no-cache')
    if (SHARED_PATH.test(request.path)) {
      // Read on somebody else's computer, once: nothing of it stays there, and nobody lists it.
      response.set('Cache-Control', 'private, no-store')
      response.set('X-Robots-Tag', 'noindex, nofollow, noarchive')
    }
    next()
  }
}

/** Last resort: what failed outside the routes, such as an address that is no URL. */
function answerFault(log: (line: string) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const status = Number(error?.status ?? error?.statusCode) || 500
    const id = response.locals.requestId
    if (status >= 500) log(`${id} ${error?.stack ?? error}`)
    if (response.headersSent) return next(error)
    const sentence =
      status === 404
        ? 'There is nothing at this address.'
        : status < 500
          ? 'The server does not understand this request.'
          : `Something went wrong on our side. Tell whoever runs this server the reference ${id}.`
    response.status(status).type('text/plain').send(`${sentence}\n`)
  }
}
