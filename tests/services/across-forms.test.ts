import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordAnswer } from '#app/services/answers.server.ts'
import { discardApplication, startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { getClientStanding } from '#app/services/portfolio.server.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { setApplicationState } from '#db/queries/applications.server.ts'
import { openWorld, type World } from '../support/world.ts'

const NOW = new Date('2026-11-24T10:00:00Z')
let world: World
let member: Member

beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
  member = (await world.signUpMember('Fay Forms')).member
})
afterAll(() => world?.close())

let started = 0
const start = async (clientId: string, formCode: string, edition: string, choice: 'yes' | 'no') => {
  // One after the other: of applications begun at the same moment none is the newer one.
  started += 1
  world.setClock(new Date(NOW.getTime() + started * 1000))
  const applicationId = await startApplication(member, clientId, { formCode, edition })
  const answer = {
    state: 'answered',
    value: { kind: 'yes-no', choice },
    explanation: 'Two mailboxes are missing.',
  } as const
  await recordAnswer(member, { applicationId, questionId: 'mfa-email', answer, seenVersion: 0 })
  return applicationId
}

const mailOf = async (applicationId: string) => {
  const { readiness } = await getReadiness(member, applicationId)
  return readiness.answers.find(({ questionId }) => questionId === 'mfa-email')!
}

describe('two forms of one client', () => {
  test('contradict each other until one is discarded, and the portfolio says so too', async () => {
    const clientId = await createClient(member, demoClients(NOW).dental)
    const core = await start(clientId, 'core-cyber', '1', 'yes')
    const short = await start(clientId, 'short-smb', '2', 'no')
    expect(await mailOf(core)).toMatchObject({
      status: 'contradicted',
      elsewhere: [{ applicationId: short, questionId: 'mfa-email' }],
    })
    expect((await mailOf(short)).status).toBe('contradicted')
    const standing = (await getClientStanding(member, clientId)).application?.standing
    const { readiness } = await getReadiness(member, short)
    expect(standing).toEqual({ blocking: readiness.blocking.length, contradicted: 1 })
    await discardApplication(member, short)
    expect(await mailOf(core)).toMatchObject({ status: 'unsupported', elsewhere: [] })
  })

  test('of two clients, or of two organisations, never meet', async () => {
    const first = await createClient(member, { ...demoClients(NOW).dental, legalName: 'One' })
    const second = await createClient(member, { ...demoClients(NOW).dental, legalName: 'Two' })
    const core = await start(first, 'core-cyber', '1', 'yes')
    await start(second, 'short-smb', '2', 'no')
    expect((await mailOf(core)).elsewhere).toEqual([])
    const stranger = (await world.signUpMember('Sam Stranger')).member
    await expect(getReadiness(stranger, core)).rejects.toThrow('No such application')
  })

  test('once signed, count against drafts of other forms and are drift for the next of their kind', async () => {
    const clientId = await createClient(member, { ...demoClients(NOW).dental, legalName: 'Three' })
    const signed = await start(clientId, 'short-smb', '2', 'yes')
    await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
      setApplicationState(tx, member.organisationId, signed, 'frozen', NOW),
    )
    const core = await start(clientId, 'core-cyber', '1', 'no')
    expect(await mailOf(core)).toMatchObject({
      status: 'contradicted',
      reasons: [{ sentence: expect.stringContaining('(signed)') }, expect.anything()],
    })
    await discardApplication(member, core)
    const renewal = await start(clientId, 'short-smb', '2', 'no')
    expect((await mailOf(renewal)).reasons[0]).toMatchObject({ ruleId: 'changed-since-signed' })
    expect((await mailOf(renewal)).status).toBe('not-claimed')
    expect((await mailOf(signed)).elsewhere).toEqual([])
  })
})
