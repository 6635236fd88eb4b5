import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as ledger from '#app/routes/ledger.tsx'
import { loader as checkpointLoader } from '#app/routes/ledger-checkpoint.ts'
import { loader as exportLoader } from '#app/routes/ledger-export.ts'
import { loader as proofLoader } from '#app/routes/ledger-proof.ts'
import { verifyInclusionDocument } from '#evidence/inclusion-document.server.ts'
import { verifyLedgerExport } from '#evidence/verify-ledger-export.server.ts'
import { addEntries } from '../services/ledger-world.ts'
import { openWorld, type World } from '../support/world.ts'
import type { SignedIn } from './evidence-calls.ts'
import { get, locationOf, post } from './form-calls.ts'

let world: World
let who: SignedIn

beforeAll(async () => {
  world = await openWorld()
  who = await world.signUpMember('Leda Ger')
  await addEntries(who.member, 12)
})
afterAll(() => world?.close())

const make = () => post(ledger.action, '/ledger', { intent: 'checkpoint' }, who)
/** A file as it is sent: `get` would read a body that looks like JSON. */
async function fileOf(loader: (args: never) => Promise<Response>, params = {}, { cookie } = who) {
  const request = new Request('http://attested.test/ledger', { headers: { cookie } })
  const reply = await loader({ request, params, context: {} } as never)
  return { text: await reply.text(), disposition: reply.headers.get('content-disposition') }
}

describe('the ledger’s page', () => {
  test('makes a checkpoint when asked, once, and lists it with what it covers', async () => {
    const before = (await get(ledger.loader, '/ledger', who)).body
    expect(before).toMatchObject({ checkpoints: [], covered: 0 })
    expect((await make()).body).toEqual({ made: { number: 1, timestampFailure: null } })
    const again = await make()
    expect([again.status, again.body.refusal.code]).toEqual([409, 'nothing-new'])
    const { checkpoints, covered } = (await get(ledger.loader, '/ledger', who)).body
    expect(checkpoints).toMatchObject([{ number: 1, size: 14, timestamp: null }])
    expect(covered).toBe(14)
    const { verdict } = (await post(ledger.action, '/ledger', {}, who)).body
    expect(verdict).toMatchObject({ ok: true, entries: 15, checkpoints: { count: 1, covers: 14 } })
  })

  test('hands out the whole ledger, as a file that holds', async () => {
    const { text, disposition } = await fileOf(exportLoader)
    expect(disposition).toContain('attachment')
    async function* bytes() {
      yield Buffer.from(text)
    }
    const { header, verdict } = await verifyLedgerExport(bytes())
    expect(header).toMatchObject({ organisationId: who.member.organisationId })
    expect(verdict).toMatchObject({ ok: true, entries: 15, checkpoints: { count: 1 } })
  })

  test('hands out a checkpoint, and the proof of an entry that it covers', async () => {
    const checkpoint = (await fileOf(checkpointLoader, { checkpointId: '1' })).text
    expect(Object.keys(JSON.parse(checkpoint))).toEqual([
      'body',
      'signature',
      'certificates',
      'timestampToken',
    ])
    const proof = async (entryId: string) =>
      get(proofLoader, `/ledger/entries/${entryId}/proof`, { ...who, params: { entryId } })
    const { text } = await fileOf(proofLoader, { entryId: '3' })
    expect(await verifyInclusionDocument(text)).toMatchObject({ ok: true, faults: [] })
    expect((await proof('15')).status).toBe(409)
    for (const nothing of ['0', '16', '-1', 'x', '1e3', '99999999999']) {
      expect((await proof(nothing)).status).toBe(404)
    }
  })

  test('hands out nothing without a session', async () => {
    expect(locationOf(await get(exportLoader, '/ledger/export'))).toContain('/sign-in')
  })

  test('hands out each organisation’s own ledger only', async () => {
    const stranger = await world.signUpMember('Sam Stranger')
    const { text } = await fileOf(exportLoader, {}, stranger)
    expect(text).not.toContain(who.member.organisationId)
    const theirs = { ...stranger, params: { checkpointId: '1' } }
    expect((await get(checkpointLoader, '/ledger/checkpoints/1', theirs)).status).toBe(404)
  })
})
