import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runReadiness } from '#app/cli/readiness.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member
let client: string
const dataDir = mkdtempSync(join(tmpdir(), 'attested-readiness-'))

async function run(...argv: string[]) {
  let stdout = ''
  let stderr = ''
  const status = await runReadiness(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  })
  return { status, stdout, stderr }
}
const ask = (...more: string[]) => run('--organisation', member.organisationId, '--client', client, ...more)

beforeAll(async () => {
  world = await openWorld()
  world.setClock(new Date('2026-03-01T10:00:00Z'))
  member = (await world.signUpMember('Clara Line')).member
  client = await createClient(member, { ...demoClients(new Date()).dental, legalName: 'Known\u001b[31m Ltd' })
  const pick = { formCode: 'core-cyber', edition: '1' }
  const applicationId = await startApplication(member, client, pick)
  const answer = dentalAnswers(new Date('2026-03-01'))['rdp-not-exposed'] ?? null
  await recordAnswer(member, { applicationId, questionId: 'rdp-not-exposed', answer, seenVersion: 0 })
  vi.stubEnv('DATABASE_URL', getRuntime().database.ownerUrl)
  vi.stubEnv('ATTESTED_DATA_DIR', dataDir)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await world?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('attested readiness', () => {
  test('tells a day in words, and strangers’ letters do not steer the terminal', async () => {
    const { status, stdout, stderr } = await ask('--true-on', '2026-03-02')
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toContain('true on 2026-03-02, as known on ')
    expect(stdout).toContain('Core cyber application, edition 1, a draft then')
    expect(stdout).toMatch(/: unsupported/)
    expect(stdout).not.toContain('\u001b')
  })

  test('as JSON holds the point, the answers and their reasons', async () => {
    const { status, stdout } = await ask('--known-on', '2026-03-01', '--json')
    expect(status).toBe(0)
    const point = JSON.parse(stdout)
    expect(point).toMatchObject({ knownOn: '2026-03-01T23:59:59.999Z', application: { form: 'core-cyber' } })
    expect(point.answers).toMatchObject([{ questionId: 'rdp-not-exposed', status: 'unsupported' }])
  })

  test('before anything was known says so', async () => {
    expect((await ask('--known-on', '2026-02-01')).stdout).toContain('No application was known then.')
  })

  test.each([
    ['a day that there is not', ['--true-on', '2026-02-30'], /There is no such day/],
    [
      'knowledge of what is yet to be true',
      ['--true-on', '2026-03-02', '--known-on', '2026-03-01'],
      /Nobody can know/,
    ],
    ['an unknown option', ['--yesterday'], /Usage/],
  ])('refuses %s', async (_words, argv, reason) => {
    const { status, stdout, stderr } = await ask(...argv)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(reason)
  })

  test('knows no client of another organisation', async () => {
    const other = crypto.randomUUID()
    const { status, stderr } = await run('--organisation', other, '--client', client)
    expect(status).toBe(2)
    expect(stderr).toMatch(/No such client/)
    expect((await run('--organisation', 'x', '--client', client)).stderr).toMatch(/Usage/)
  })
})
