/** Calls of page routes with forms, as a browser posts them. */
import { type Reply, replyOf } from './evidence-calls.ts'

type Handler = (args: never) => unknown

interface CallOptions {
  cookie?: string
  params?: Record<string, string>
  headers?: Record<string, string>
}

function call(handler: Handler, path: string, init: RequestInit, options: CallOptions): Promise<Reply> {
  const headers = { ...options.headers, ...(options.cookie ? { cookie: options.cookie } : {}) }
  const request = new Request(`http://attested.test${path}`, { ...init, headers })
  const work = async () => handler({ request, params: options.params ?? {}, context: {} } as never)
  return replyOf(work())
}

export const get = (loader: Handler, path: string, options: CallOptions = {}) =>
  call(loader, path, {}, options)

export const post = (
  action: Handler,
  path: string,
  fields: Record<string, string>,
  options: CallOptions = {},
) => call(action, path, { method: 'POST', body: new URLSearchParams(fields) }, options)

/** Where a redirect leads; null for any other reply. */
export const locationOf = ({ response }: Reply) => response?.headers.get('location') ?? null

/** The Cookie header that a browser sends after this reply. */
export function cookieAfter({ response }: Reply): string {
  return response?.headers.get('set-cookie')?.split(';')[0] ?? ''
}
