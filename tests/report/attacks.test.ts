import { beforeAll, describe, expect, test } from 'vitest'
import { verifyReport } from '#app/report/verify.ts'
import { type Attack, makeAttacks } from './attacks.ts'

let genuine: Uint8Array
let attacks: Attack[]

beforeAll(async () => {
  ;({ genuine, attacks } = await makeAttacks())
})

describe('attacks on a signed report', () => {
  test('the report that they start from holds', async () => {
    const { checks, ok } = await verifyReport(genuine)
    expect(checks.filter((check) => !check.ok)).toEqual([])
    expect(ok).toBe(true)
    expect(attacks.length).toBeGreaterThanOrEqual(30)
  })

  test('each is rejected for what it is', async () => {
    for (const { name, pdf, options, check, reason } of attacks) {
      const { ok, checks } = await verifyReport(pdf, options)
      const failed = checks.filter((made) => !made.ok && !made.unmade)
      const found = failed.find(({ id }) => id === check)
      const said = failed.map(({ id, detail }) => `${id}: ${detail}`).join('\n')
      expect.soft(ok, name).toBe(false)
      expect.soft(found, `${name}\n${said}`).toBeDefined()
      expect.soft(found?.detail, name).toMatch(reason)
    }
  })
})
