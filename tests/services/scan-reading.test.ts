import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { readScan } from '#app/services/scan-reading.server.ts'
import { findImport } from '#db/queries/scans.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Rea Ding')).member
})
afterAll(() => world?.close())

async function importOf(text: string) {
  const clientId = await createClient(member, demoClients(new Date()).dental)
  async function* bytes() {
    yield new TextEncoder().encode(text)
  }
  const held = await registerEvidence(member, clientId, await storeFile(member, bytes()), 'scan.csv', {
    kind: 'vuln-scan-summary',
    title: 'Scan',
    observedOn: new Date().toISOString().slice(0, 10),
    validUntil: null,
    collector: '',
    controlIds: [],
    questionRefs: [],
    viewpoint: 'internal',
  })
  if (held.outcome !== 'received' || !held.importId) throw new Error('Not taken as a scan')
  await readScan(member.organisationId, held.importId, () => undefined)
  const { importId } = held
  return getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    findImport(tx, member.organisationId, importId),
  )
}

test('a scan without a date is read, and closes nothing: it may be older than what it would close', async () => {
  const header = 'Plugin ID,CVE,Risk,Host,Protocol,Port,Name,Solution,Plugin Output'
  const row = '50000,CVE-2026-1,High,10.0.0.5,tcp,443,Old library,Update it.,'
  const undated = await importOf(`${header}\r\n${row}\r\n`)
  expect(undated).toMatchObject({ state: 'done', recordCount: 1, scanDate: null, isWhole: false })
  const dated = await importOf(`${header},Host End\r\n${row},2026-11-18T10:00:00Z\r\n`)
  expect(dated).toMatchObject({ state: 'done', isWhole: true })
})
