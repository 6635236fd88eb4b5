import { createHash, randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'

/** Few in the ordinary suite, fifty in `npm run test:long`: each costs a start of the server. */
const KILLS = Number(process.env.ATTESTED_TEST_KILLS ?? 4)
const dataDir = makeDataDir()

afterAll(() => removeDataDir(dataDir))

/** Seeded, so that a failing run can be repeated. */
function randomOf(seed: number) {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

class Browserless {
  cookie = ''
  constructor(private readonly base: () => string) {}

  async send(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const url = this.base()
    const reply = await fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { cookie: this.cookie, origin: url, ...init.headers },
    })
    const set = reply.headers.getSetCookie().find((value) => value.startsWith('attested_session='))
    if (set) this.cookie = set.split(';')[0] ?? ''
    return reply
  }

  form(path: string, fields: Record<string, string>): Promise<Response> {
    return this.send(path, { method: 'POST', body: new URLSearchParams(fields) })
  }
}

async function signUpAndStart(user: Browserless) {
  await user.form('/sign-up', {
    organisationName: 'Crash Test IT',
    name: 'Cleo Crash',
    email: 'cleo@crash.example',
    password: 'correct horse battery staple',
  })
  expect(user.cookie).not.toBe('')
  const created = await user.form('/clients/new', {
    legalName: 'Never Lost Ltd',
    currency: 'USD',
    domains: '',
  })
  const clientPath = created.headers.get('location') ?? ''
  expect(clientPath).toMatch(/^\/clients\/[0-9a-f-]{36}/)
  const started = await user.form(`${clientPath}/applications/new`, { formCode: 'core-cyber', edition: '1' })
  return { clientPath, applicationPath: started.headers.get('location') ?? '' }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('a server that is killed in the middle of its work', () => {
  test(
    `loses no acknowledged answer and no acknowledged file over ${KILLS} kills`,
    async () => {
      const random = randomOf(20261124)
      let server: RunningServer = await startServer({ dataDir })
      const user = new Browserless(() => server.url)
      const { clientPath, applicationPath } = await signUpAndStart(user)
      const version = { current: 0, acknowledged: '' }
      const files = new Map<string, Buffer>()

      for (let kill = 0; kill < KILLS; kill += 1) {
        let isAlive = true
        const saving = keepSaving()
        const uploading = keepUploading()
        // However slow the machine: work is under way, and something was acknowledged that could get lost.
        while (!version.acknowledged.startsWith(`save ${kill}.`) || files.size === 0) await pause(20)
        await pause(50 + random() * 900)
        isAlive = false
        await server.kill()
        await Promise.all([saving, uploading])
        server = await startServer({ dataDir })
        await checkNothingIsLost()

        async function keepSaving() {
          for (let turn = 0; isAlive; turn += 1) {
            const text = `save ${kill}.${turn}`
            const reply = await user
              .send(`${applicationPath}/answers/domains`, {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify({
                  answer: { state: 'answered', value: { kind: 'text', text } },
                  seenVersion: version.current,
                }),
              })
              .catch(() => null)
            const body = await reply?.json().catch(() => null)
            if (body?.outcome === 'saved') {
              version.current = body.version
              version.acknowledged = text
            } else if (body?.outcome === 'conflict') {
              // Stored, but the answer to the request was cut off by the kill before.
              version.current = body.current.version
              version.acknowledged = body.current.answer.value.text
            }
          }
        }

        async function keepUploading() {
          while (isAlive) {
            const bytes = Buffer.concat([
              Buffer.from('%PDF-1.4\n'),
              randomBytes(1_000_000 + Math.floor(random() * 1_000_000)),
            ])
            const form = new FormData()
            for (const [name, value] of Object.entries({
              kind: 'plan-document',
              observedOn: new Date().toISOString().slice(0, 10),
              title: 'Plan',
            })) {
              form.append(name, value)
            }
            form.append('file', new Blob([bytes]), 'plan.pdf')
            const reply = await user
              .send(`${clientPath}/upload`, { method: 'POST', body: form })
              .catch(() => null)
            const body = await reply?.json().catch(() => null)
            if (body?.outcome === 'received') files.set(body.revisionId, bytes)
          }
        }
      }

      async function checkNothingIsLost() {
        const probe = await user.send(`${applicationPath}/answers/domains`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ answer: null, seenVersion: 1_000_000 }),
        })
        const { current } = await probe.json()
        expect(current.version).toBeGreaterThanOrEqual(version.current)
        if (current.version === version.current) expect(current.answer.value.text).toBe(version.acknowledged)
        version.current = current.version
        version.acknowledged = current.answer.value.text
        for (const [revisionId, bytes] of files) {
          const reply = await user.send(`/revisions/${revisionId}/file`)
          expect(reply.status).toBe(200)
          const received = Buffer.from(await reply.arrayBuffer())
          expect(createHash('sha256').update(received).digest('hex')).toBe(
            createHash('sha256').update(bytes).digest('hex'),
          )
        }
      }

      expect(version.current).toBeGreaterThan(0)
      expect(files.size).toBeGreaterThan(0)
      await server.stop()
    },
    300_000 + KILLS * 60_000,
  )
})
