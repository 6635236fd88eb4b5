/** Tells a supervisor or a load balancer whether this process can do its work. */
import type { RequestHandler } from 'express'

const TIMEOUT_MS = 2_000

export function answerHealth(ping: () => Promise<unknown>): RequestHandler {
  return async (_request, response) => {
    const late = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error('timeout')), TIMEOUT_MS).unref()
    })
    const isWell = await Promise.race([ping(), late]).then(
      () => true,
      () => false,
    )
    response
      .status(isWell ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: isWell ? 'ok' : 'database-unreachable' })
  }
}
