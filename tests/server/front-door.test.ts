import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { RequestHandler } from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { createFrontDoor } from '#app/server/front-door.server.ts'

const MEGABYTE = 1024 * 1024
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** The page tells what reached it. */
const echo: RequestHandler = async (request, response, next) => {
  if (request.path === '/broken') return next(new Error('secret detail'))
  let bytes = 0
  for await (const chunk of request) bytes += chunk.length
  if (request.path === '/download') response.set('Content-Disposition', 'attachment')
  response
    .type('text/plain')
    .send(`${JSON.stringify({ bytes, headers: request.headers })}${' '.repeat(5000)}`)
}

async function open(
  options: { publicUrl?: string; trustedProxies?: number; ping?: () => Promise<unknown> } = {},
) {
  const lines: string[] = []
  const app = createFrontDoor({
    settings: { publicUrl: options.publicUrl ?? null, trustedProxies: options.trustedProxies ?? 0 },
    isDevelopment: false,
    pages: { assets: (_request, _response, next) => next(), page: echo, close: async () => undefined },
    ping: options.ping ?? (async () => undefined),
    log: (line) => lines.push(line),
  })
  const server = createServer(app)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const post = (path: string, headers: Record<string, string> = {}, body: BodyInit = 'a=1') =>
    fetch(origin + path, { method: 'POST', headers, body })
  return { origin, port, post, lines }
}

describe('changes', () => {
  it('are taken from our own pages', async () => {
    const { origin, post } = await open()
    expect((await post('/', { origin })).status).toBe(200)
  })

  it('are taken from the public address behind a proxy', async () => {
    const { post } = await open({ publicUrl: 'https://attested.example' })
    expect((await post('/', { origin: 'https://attested.example' })).status).toBe(200)
  })

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['nowhere', {}],
    ['an unreadable origin', { origin: '127.0.0.1' }],
  ])('are refused when they come from %s', async (_case, headers) => {
    const { post } = await open()
    expect((await post('/', headers)).status).toBe(403)
  })

  it.each([
    [`/unsubscribe/${'k'.repeat(64)}`, 200],
    ['/mail/inbound', 200],
    ['/unsubscribe/short', 403],
    [`/unsubscribe/${'k'.repeat(64)}/more`, 403],
    ['/mail/inbound/more', 403],
    ['/outbox', 403],
  ])('to %s that a mail program sends from nowhere get %i', async (path, status) => {
    const { post } = await open()
    expect((await post(path)).status).toBe(status)
  })

  // fetch sets no Sec-Fetch-Site of ours, so these go over a socket.
  it.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['same-origin', 200],
  ])('that the browser calls %s get %i', async (site, status) => {
    const { origin, port } = await open()
    const answer = await sendRaw(
      port,
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nSec-Fetch-Site: ${site}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toContain(`HTTP/1.1 ${status}`)
  })

  it.each(['PUT', 'PATCH', 'DELETE'])('by %s are held to the same rule', async (method) => {
    const { origin } = await open()
    expect((await fetch(origin, { method })).status).toBe(403)
  })
})

describe('bodies', () => {
  it('of one megabyte pass, larger ones do not', async () => {
    const { origin, post } = await open()
    expect((await post('/answers', { origin }, 'x'.repeat(MEGABYTE))).status).toBe(200)
    expect((await post('/answers', { origin }, 'x'.repeat(MEGABYTE + 1))).status).toBe(413)
  })

  it('without a length are refused before they are read', async () => {
    const { origin, port } = await open()
    const head = `POST /answers HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nTransfer-Encoding: chunked\r\n\r\n`
    expect(await sendRaw(port, head)).toContain('HTTP/1.1 411')
  })

  const UPLOADS = [
    '/clients/0b9f/upload',
    `/request/${'k'.repeat(54)}/upload`,
    `/room/${'k'.repeat(54)}/requests/0b9f/upload`,
    '/evidence/0b9f/revisions',
    '/revisions/0b9f/redact-image',
  ]
  it.each(UPLOADS)('of uploads to %s may be as large as the evidence store takes', async (path) => {
    const { origin, post } = await open()
    const answer = await post(path, { origin }, 'x'.repeat(3 * MEGABYTE))
    expect(JSON.parse(await answer.text()).bytes).toBe(3 * MEGABYTE)
  })

  const FILE_FORMS = [
    '/catalogues',
    '/documents',
    '/questionnaires/new',
    '/applications/0b9f/files',
    '/documents.data',
  ]
  it.each(FILE_FORMS)(
    'with a file to %s may be larger, without one they are forms like others',
    async (path) => {
      const { origin, post } = await open()
      const type = { 'content-type': 'multipart/form-data; boundary=x' }
      const answer = await post(path, { origin, ...type }, 'x'.repeat(3 * MEGABYTE))
      expect(JSON.parse(await answer.text()).bytes).toBe(3 * MEGABYTE)
      expect((await post(path, { origin }, 'x'.repeat(2 * MEGABYTE))).status).toBe(413)
      expect((await post(`${path}/more`, { origin, ...type }, 'x'.repeat(2 * MEGABYTE))).status).toBe(413)
    },
  )

  it.each(UPLOADS)('of uploads to %s from another site are refused unread', async (path) => {
    const { post } = await open()
    const foreign = { origin: 'https://evil.example' }
    const answer = await post(path, foreign, 'x'.repeat(1000))
    expect([answer.status, await answer.text()]).toEqual([403, expect.not.stringContaining('bytes')])
    expect((await post(path)).status).toBe(403)
  })

  it.each([
    '/clients/upload',
    '/request/short/upload',
    '/clients/a/b/upload',
    '/clients/a/upload/more',
    '/x/clients/a/upload',
    '/evidence/revisions',
    '/evidence/a/b/revisions',
    '/evidence/a/revisions/more',
    '/revisions/a/redact',
    '/revisions/a/redact-image/more',
    '/x/revisions/a/redact-image',
  ])('to %s are no uploads', async (path) => {
    const { origin, post } = await open()
    expect((await post(path, { origin }, 'x'.repeat(2 * MEGABYTE))).status).toBe(413)
  })
})

describe('every answer', () => {
  it('says what a browser may do with it', async () => {
    const { origin } = await open()
    const { headers } = await fetch(origin)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("object-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}';/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toBe('private, no-cache')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('strict-transport-security')).toBeNull()
  })

  it('to whoever reads a shared report stays on no computer and in no list, and its key in no log', async () => {
    const { origin, lines } = await open()
    for (const path of ['/shared/a-secret-key', '/shared/a-secret-key/report', '/shared/a-secret-key.data']) {
      const { headers } = await fetch(origin + path)
      expect(headers.get('cache-control')).toBe('private, no-store')
      expect(headers.get('x-robots-tag')).toBe('noindex, nofollow, noarchive')
    }
    await expect.poll(() => lines.join('\n')).toContain('GET /shared/…/report 200')
    expect(lines.join('\n')).not.toContain('a-secret-key')
  })

  it('asks for https from then on, where the public address is one', async () => {
    const { origin } = await open({ publicUrl: 'https://attested.example' })
    expect((await fetch(origin)).headers.get('strict-transport-security')).toContain('max-age=31536000')
  })

  it('is compressed, but not a download', async () => {
    const { origin } = await open()
    expect((await fetch(origin)).headers.get('content-encoding')).toBeTruthy()
    expect((await fetch(`${origin}/download`)).headers.get('content-encoding')).toBeNull()
  })

  it('has an id that its log line and an apology share; the query string and the fault stay inside', async () => {
    const { origin, lines } = await open()
    const answer = await fetch(`${origin}/broken?token=abc`)
    const id = answer.headers.get('x-request-id')
    expect(answer.status).toBe(500)
    const text = await answer.text()
    expect(text).toContain(id)
    expect(text).not.toContain('secret detail')
    await expect.poll(() => lines.join('\n')).toContain(`${id} GET /broken 500`)
    expect(lines.join('\n')).toContain('secret detail')
    expect(lines.join('\n')).not.toContain('abc')
  })
})

describe('what routes are told of the caller', () => {
  const told = async (origin: string, headers: Record<string, string>) =>
    JSON.parse(await (await fetch(origin, { headers })).text()).headers

  it('is the address of the socket, whatever the caller claims', async () => {
    const { origin } = await open()
    const claims = {
      'x-attested-address': '6.6.6.6',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
    }
    const headers = await told(origin, claims)
    expect(headers['x-attested-address']).toBe('127.0.0.1')
    expect(headers['x-forwarded-host']).toBeUndefined()
  })

  it('is what a trusted proxy says', async () => {
    const { origin } = await open({ trustedProxies: 1 })
    const headers = await told(origin, { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })
    expect(headers['x-attested-address']).toBe('203.0.113.9')
  })
})

describe('health', () => {
  it.each([
    ['answers', async () => undefined, 200],
    ['fails', () => Promise.reject(new Error('gone')), 503],
    ['hangs', () => new Promise(() => undefined), 503],
  ])('follows the database: it %s', async (_case, ping, status) => {
    const { origin } = await open({ ping })
    expect((await fetch(`${origin}/healthz`)).status).toBe(status)
  })
})

function sendRaw(port: number, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(head))
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}

describe('the verifier’s worker', () => {
  it('gets a policy of its own that forbids every connection', async () => {
    const { origin } = await open()
    const policyOf = async (path: string) =>
      (await fetch(origin + path)).headers.get('content-security-policy') ?? ''
    expect(await policyOf('/assets/verify-worker-Ab_1.js')).toBe(
      "default-src 'none'; script-src 'self'; connect-src 'none'",
    )
    for (const path of ['/verify', '/assets/other-Ab_1.js', '/verify/assets/verify-worker-Ab_1.js']) {
      expect(await policyOf(path)).toContain("worker-src 'self'")
      expect(await policyOf(path)).toContain("connect-src 'self'")
    }
  })
})
