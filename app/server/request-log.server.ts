/** One line per request, and an id that the line, the response and an error page share. */
import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'

/** Written for people and for `grep` alike; no query strings, for they may hold what nobody should read. */
export function logRequests(log: (line: string) => void): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now()
    const id = randomUUID().slice(0, 13)
    response.locals.requestId = id
    response.set('X-Request-Id', id)
    const { method } = request
    const path = withoutKeys(request.path)
    response.on('close', () => {
      if (isDull(path, response.statusCode)) return
      const answered = response.headersSent ? `${response.statusCode} ` : ''
      const status = response.writableFinished ? response.statusCode : `${answered}cut-off`
      log(
        `${new Date().toISOString()} ${id} ${method} ${path} ${status} ${(performance.now() - startedAt).toFixed(0)} ms`,
      )
    })
    next()
  }
}

/** Addresses below which the next part is a key; the router reads them in capital letters, too. */
const KEPT_SECRET = /^\/(attest|feeds|offer|request|review|room|shared|unsubscribe)\/[^/]+/i

/** The key in a link opens what lies behind it: whoever reads the log must not. */
function withoutKeys(path: string): string {
  return path.replace(KEPT_SECRET, '/$1/…')
}

/** Built files, Vite's modules in development, and the questions of a supervisor. */
const DULL_PATH = /^\/(assets\/|node_modules\/|app\/|@|healthz$)/

function isDull(path: string, status: number): boolean {
  return status < 400 && DULL_PATH.test(path)
}
