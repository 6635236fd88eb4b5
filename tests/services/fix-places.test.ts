import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApplication } from '#app/services/applications.server.ts'
import { getFixPlan } from '#app/services/fix-plan.server.ts'
import type { Member } from '#app/services/member.ts'
import { readRegisterSummary } from '#app/services/register-summary.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { addScan, type HostFindings, makeClientOf } from './register-world.ts'

let world: World
let member: Member

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Olive Owner')).member
  world.setClock(new Date('2026-07-01T12:00:00Z'))
})
afterAll(() => world?.close())

const onRdp = { port: 3389, protocol: 'tcp', service: 'msrdp', severity: 'info' } as const
const enabled = { ...onRdp, checkId: 'open', title: 'Windows Terminal Services Enabled' }
const selfSigned = {
  ...onRdp,
  checkId: 'cert',
  title: 'SSL Self-Signed Certificate',
  solution: 'Purchase or generate a proper certificate for this service.',
}

async function planOf(hosts: Record<string, HostFindings>) {
  const clientId = await makeClientOf(member)
  await startApplication(member, clientId, { formCode: 'core-cyber', edition: '2' })
  await addScan(member, clientId, { on: '2026-06-30', viewpoint: 'external', hosts })
  const { organisationId } = member
  const summary = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    readRegisterSummary(tx, organisationId, clientId),
  )
  const plan = await getFixPlan(member, clientId)
  return { left: summary?.plan.left, chosen: plan?.chosen ?? [] }
}

test('ten findings on one open port are one open port, and two of a system past its life one machine', async () => {
  const others = Array.from({ length: 9 }, (_, n) => ({
    ...onRdp,
    checkId: `more ${n}`,
    title: `Remote Desktop Protocol Service Detection ${n}`,
  }))
  const past = ['a', 'b'].map((id) => ({ checkId: id, title: `Unsupported Windows OS (${id})` }))
  const { left, chosen } = await planOf({
    'ts01.lake.example': { findings: [enabled, ...others, ...past] },
    'ts02.lake.example': { findings: [enabled] },
  })
  expect(left).toMatchObject({
    'exposure.rdp_open_count': { open: 2, left: 0 },
    'vuln.eol_os_count': { open: 1 },
  })
  const fix = chosen.find(({ label }) => label.includes('Terminal Services Enabled'))
  expect(fix?.findings).toBe(2)
  expect(fix?.reasons).toMatchObject([{ key: 'exposure.rdp_open_count', count: 2 }])
  expect(fix?.questions.filter(({ isFreed }) => isFreed).length).toBeGreaterThan(0)
})

test('another certificate on an open port leaves the port open and no answer freed', async () => {
  const { left, chosen } = await planOf({
    'ts01.lake.example': { findings: [enabled, selfSigned] },
    'ts02.lake.example': { findings: [selfSigned] },
  })
  expect(left?.['exposure.rdp_open_count']).toEqual({ open: 2, left: 1 })
  expect(chosen.map(({ label }) => label)).toEqual(['Resolve: Windows Terminal Services Enabled'])
  expect(chosen[0]?.questions.length).toBeGreaterThan(0)
  expect(chosen.flatMap(({ questions }) => questions).some(({ isFreed }) => isFreed)).toBe(false)
})

test('a machine is past its life while any finding of it says so', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 6 }, (_, n) => [
      `host${n}.lake.example`,
      {
        findings: [0, 1, 2, 3, 4, 5].map((id) => ({ checkId: `${id}`, title: `Unsupported Linux OS ${id}` })),
      },
    ]),
  )
  const { left } = await planOf(many)
  // Five of six checks are chosen; the sixth still stands on every machine.
  expect(left?.['vuln.eol_os_count']).toEqual({ open: 6, left: 6 })
})
