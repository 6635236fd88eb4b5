import { PassThrough } from 'node:stream'
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { NonceContext } from './components/nonce.ts'

/** Deferred data is given up a second before rendering, so that its error can still be written. */
export const streamTimeout = 9_000
const RENDER_TIMEOUT_MS = streamTimeout + 1_000

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  // The server that sets the content security policy chooses the nonce; without one there is no policy to satisfy.
  const nonce = typeof loadContext?.cspNonce === 'string' ? loadContext.cspNonce : ''
  // Crawlers don't run scripts, so they get the page once it is whole.
  const waitForAll = isbot(request.headers.get('user-agent') ?? '')

  return new Promise((resolve, reject) => {
    let isSent = false
    let responseStatus = status

    function send() {
      isSent = true
      const body = new PassThrough()
      headers.set('Content-Type', 'text/html; charset=utf-8')
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }))
      pipe(body)
    }

    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        [waitForAll ? 'onAllReady' : 'onShellReady']: send,
        onShellError: reject,
        onError(error: unknown) {
          responseStatus = 500
          // Before the shell is sent the same error reaches onShellError and the server's own log.
          if (isSent) console.error(error)
        },
      },
    )
    setTimeout(abort, RENDER_TIMEOUT_MS).unref()
  })
}
