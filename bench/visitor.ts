/** Somebody without a browser who keeps a session: what the measurements send to a running server. */
import type { RunningServer } from '#tests/support/server.ts'

export class Visitor {
  cookie = ''
  constructor(readonly url: string) {}

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: this.cookie, origin: this.url, ...init.headers }
    const reply = await fetch(`${this.url}${path}`, { redirect: 'manual', ...init, headers })
    const session = reply.headers.getSetCookie().find((value) => value.startsWith('attested_session='))
    if (session) this.cookie = session.split(';')[0] ?? ''
    return reply
  }

  /** @returns where the server sends the visitor next */
  async post(path: string, fields: Record<string, string>): Promise<string> {
    const reply = await this.send(path, { method: 'POST', body: new URLSearchParams(fields) })
    const next = reply.headers.get('location')
    if (!next)
      throw new Error(`POST ${path} was answered with ${reply.status}: ${(await reply.text()).slice(0, 500)}`)
    return next
  }

  async page(path: string): Promise<string> {
    const reply = await this.send(path)
    if (!reply.ok) throw new Error(`${path} was answered with ${reply.status}`)
    return reply.text()
  }
}

/** Leaves nothing running, whatever happens in between. */
export async function whileRunning<T>(server: RunningServer, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${reason}\nThe end of the server's log:\n${server.log().slice(-2000)}`, {
      cause: error,
    })
  } finally {
    await server.stop()
  }
}
