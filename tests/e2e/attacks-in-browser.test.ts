import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { VerifyAnswer } from '#app/report/verify/worker-messages.ts'
import { type Attack, EXCHANGED, makeAttacks } from '../report/attacks.ts'
import { CONTEXT, launchBrowser } from '../support/browser.ts'
import { campaign } from '../support/campaign.ts'
import { randomNumbers } from '../support/random-numbers.ts'
import { makeDataDir, type RunningServer, removeDataDir, startServer } from '../support/server.ts'

const FLIPS = campaign(250, 2000)

let server: RunningServer
let browser: Browser
let page: Page
let genuine: Uint8Array
let attacks: Attack[]

beforeAll(async () => {
  ;[server, browser, { genuine, attacks }] = await Promise.all([
    startServer({ dataDir: makeDataDir() }),
    launchBrowser(),
    makeAttacks(),
  ])
  page = await (await browser.newContext(CONTEXT)).newPage()
  page.setDefaultTimeout(0)
  const loaded = page.waitForResponse(/verify-worker/)
  await page.goto(`${server.url}/verify`)
  const script = await loaded
  await script.finished()
  // The very worker of the page, asked without the page's form: thousands of files are chosen more quickly this way.
  await page.evaluate((url) => {
    const worker = new Worker(url, { type: 'module' })
    const ask = (request: unknown) =>
      new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data)
        worker.postMessage(request)
      })
    const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    Object.assign(window, { askVerifier: ask, bytesOf })
  }, script.url())
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (server) removeDataDir(server.dataDir)
})

interface Asking {
  askVerifier: (request: unknown) => Promise<VerifyAnswer>
  bytesOf: (base64: string) => Uint8Array<ArrayBuffer>
}

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

function verifyInBrowser({ pdf, options = {} }: Pick<Attack, 'pdf' | 'options'>): Promise<VerifyAnswer> {
  const { trustedAuthorityPem = null, revocationList, detachedEnvelope = null } = options
  return page.evaluate(
    async ([report, authority, list, envelope, names, content]) => {
      const { askVerifier, bytesOf } = window as unknown as Asking
      const blob = (text: string | null) => (text === null ? null : new Blob([text]))
      return askVerifier({
        report: new Blob([bytesOf(report)]),
        besides: {
          authority: blob(authority),
          revocationList: list === null ? null : new Blob([bytesOf(list)]),
          envelope: blob(envelope),
          evidence: names.map((name) => new File([content], name)),
        },
      })
    },
    [
      toBase64(pdf),
      trustedAuthorityPem,
      revocationList ? toBase64(revocationList) : null,
      detachedEnvelope,
      (options.evidenceFiles ?? []).map(({ name }) => name),
      EXCHANGED,
    ] as const,
  )
}

describe('the verifier in a browser', () => {
  test('accepts the genuine report', async () => {
    expect(await verifyInBrowser({ pdf: genuine })).toMatchObject({ verification: { ok: true } })
  })

  test('rejects each published attack for what it is', async () => {
    for (const attack of attacks) {
      const answer = await verifyInBrowser(attack)
      if (answer.outcome !== 'verified') throw new Error(`${attack.name} was not read`)
      const { ok, checks } = answer.verification
      const found = checks.find(({ id, unmade }) => id === attack.check && !unmade)
      expect.soft(ok, attack.name).toBe(false)
      expect.soft(found, attack.name).toMatchObject({ ok: false })
      expect.soft(found?.detail, attack.name).toMatch(attack.reason)
    }
  })

  test(`finds a flipped bit at ${FLIPS} random places`, async () => {
    const random = randomNumbers(7)
    const flips = Array.from({ length: FLIPS }, () => [random(genuine.length), 1 << random(8)] as const)
    const survivors = await page.evaluate(
      async ([report, flips]) => {
        const { askVerifier, bytesOf } = window as unknown as Asking
        const besides = { authority: null, revocationList: null, envelope: null, evidence: [] }
        const bytes = bytesOf(report)
        const held: number[] = []
        for (const [place, bit] of flips) {
          const was = bytes[place] ?? 0
          bytes[place] = was ^ bit
          const answer = await askVerifier({ report: new Blob([bytes]), besides })
          if (answer.outcome !== 'verified' || answer.verification.ok) held.push(place)
          bytes[place] = was
        }
        return held
      },
      [toBase64(genuine), flips] as const,
    )
    expect(survivors).toEqual([])
  }, 900_000)
})
