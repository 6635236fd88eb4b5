/** The listening socket: taken first, so that a port in use is told before any work is done. */
import { createServer, type RequestListener, type Server } from 'node:http'

const SILENCE_MS = 2 * 60_000
const DRAIN_MS = 8_000

export interface Listener {
  server: Server
  /** The port that was really taken. */
  port: number
  /** From now on requests are answered by `handler` instead of the waiting page. */
  open(handler: RequestListener): void
  /** Takes no new requests, lets those under way finish for a while, then cuts them off. */
  close(): Promise<void>
}

/** @throws what `listen` says, for instance EADDRINUSE */
export async function startListening(port: number, host: string): Promise<Listener> {
  let answer: RequestListener = sayStarting
  const server = createServer((request, response) => answer(request, response))
  // An upload may take hours; silence may not.
  server.requestTimeout = 0
  server.headersTimeout = 30_000
  server.timeout = SILENCE_MS
  // Longer than the idle time of common proxies, which else reuse a connection that is just closing.
  server.keepAliveTimeout = 75_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  return {
    server,
    port: typeof address === 'object' && address ? address.port : port,
    open(handler) {
      answer = handler
    },
    close: () => drain(server),
  }
}

const sayStarting: RequestListener = (_request, response) => {
  response.writeHead(503, {
    'Content-Type': 'text/html; charset=utf-8',
    'Retry-After': '2',
    Connection: 'close',
  })
  response.end(
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">' +
      '<title>Attested is starting</title><p>Attested is starting. This page opens by itself in a moment.</p></html>',
  )
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Connections that were busy become idle later; nobody else would close those.
    const closeIdle = setInterval(() => server.closeIdleConnections(), 50)
    const cutOff = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    server.close(() => {
      clearInterval(closeIdle)
      clearTimeout(cutOff)
      resolve()
    })
    server.closeIdleConnections()
  })
}
