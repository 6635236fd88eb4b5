import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action as uploadAction } from '#app/routes/upload.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { setClientArchived } from '#app/services/clients.server.ts'
import { getEvidence, listEvidence } from '#app/services/evidence.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openWorld, type World } from '../support/world.ts'
import {
  day,
  fieldsOf,
  footprintOf,
  makeClient,
  multipart,
  type Part,
  replyOf,
  routeArgs,
  type SignedIn,
  streamOf,
  uploadFile,
  uploadParts,
} from './evidence-calls.ts'

let world: World
let owner: SignedIn
let stranger: SignedIn
let clientId: string

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signUpMember('Olive Owner')
  stranger = await world.signUpMember('Sam Stranger')
  clientId = await makeClient(owner)
})

afterAll(() => world?.close())

const file = (text: string, fileName = 'plan.txt') => ({ fileName, content: text })
const unfinished = () => readdirSync(join(world.dataDir, 'evidence', 'incoming'))

describe('an uploaded file', () => {
  test('becomes evidence with its three dates, its hash and its links', async () => {
    const applicationId = await startApplication(owner.member, clientId, {
      formCode: 'core-cyber',
      edition: '1',
    })
    const { status, body } = await uploadFile(owner, clientId, file('a plan with dates'), {
      kind: 'mdr-contract',
      title: '  Monitoring contract 2026 ',
      observedOn: '2026-01-15',
      validUntil: '2027-01-14',
      collector: 'Contracts folder',
      controlIds: 'edr-mdr-24x7, edr-coverage,edr-coverage',
      questionRefs: `${applicationId}/mfa-email`,
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ outcome: 'received', importId: null })
    const { evidence, revisions } = await getEvidence(owner.member, body.evidenceId)
    expect(evidence).toMatchObject({
      kind: 'mdr-contract',
      title: 'Monitoring contract 2026',
      controlIds: ['edr-mdr-24x7', 'edr-coverage'],
      questionRefs: [`${applicationId}/mfa-email`],
    })
    const [revision] = revisions
    expect(revision?.observedAt.toISOString()).toBe('2026-01-15T00:00:00.000Z')
    expect(revision?.validUntil?.toISOString()).toBe('2027-01-14T23:59:59.000Z')
    expect(Date.now() - Number(revision?.receivedAt)).toBeLessThan(60_000)
    expect(revision).toMatchObject({ collector: 'Contracts folder', sizeBytes: 17, fileName: 'plan.txt' })
    expect(revision?.sha256).toBe(body.sha256)
  })

  test('that is held already changes nothing, whatever is said about it', async () => {
    const first = await uploadFile(owner, clientId, file('the same bytes'))
    const before = await footprintOf(owner)
    const second = await uploadFile(owner, clientId, file('the same bytes', 'other.txt'), {
      kind: 'policy-document',
      title: 'Other',
    })
    expect(second.body).toMatchObject({ outcome: 'already-held', evidenceId: first.body.evidenceId })
    expect(second.body.sha256).toBe(first.body.sha256)
    expect(await footprintOf(owner)).toEqual(before)
  })

  test('sent twice at the same moment is held once', async () => {
    const replies = await Promise.all(
      [1, 2, 3, 4].map(() => uploadFile(owner, clientId, file('four at the same moment'))),
    )
    const outcomes = replies.map(({ body }) => body.outcome).sort()
    expect(outcomes).toEqual(['already-held', 'already-held', 'already-held', 'received'])
    expect(new Set(replies.map(({ body }) => body.evidenceId)).size).toBe(1)
  })

  test.each([
    ['with a path', '../../etc/passwd', 'passwd'],
    ['with a path of Windows', 'C:\\Users\\ines\\plan.pdf', 'plan.pdf'],
    ['like a folder', '..', 'unnamed'],
    ['not at all', '', 'unnamed'],
    ['with a mark that turns its ending around', 'report\u202Efdp.exe', 'reportfdp.exe'],
    ['at great length', `${'\u{1F4C4}'.repeat(300)}.pdf`, `${'\u{1F4C4}'.repeat(196)}.pdf`],
    ['in another script', 'Prüfbericht “2026” 報告.pdf', 'Prüfbericht “2026” 報告.pdf'],
  ])('named %s is kept under a plain name', async (_case, fileName, expected) => {
    const { status, body } = await uploadFile(owner, clientId, file(`content of ${fileName}`, fileName))
    expect(status).toBe(200)
    const { revisions } = await getEvidence(owner.member, body.evidenceId)
    expect(revisions[0]?.fileName).toBe(expected)
    expect(unfinished()).toEqual([])
  })

  test('of 90 MB passes through in bounded memory', async () => {
    const chunk = new Uint8Array(256 * 1024).fill(97)
    let peak = 0
    const start = process.memoryUsage()
    function* content() {
      for (let sent = 0; sent < 90; sent += 0.25) {
        const { arrayBuffers, heapUsed } = process.memoryUsage()
        peak = Math.max(peak, arrayBuffers + heapUsed - start.arrayBuffers - start.heapUsed)
        // A fresh copy each time: a body that was held would add up to 90 MB. What is let go still waits for
        // the collector, longer on a busy machine.
        yield chunk.slice()
      }
    }
    const { status, body } = await uploadParts(owner, clientId, [
      ...fieldsOf(),
      { fileName: 'large.bin', content: { [Symbol.iterator]: content } },
    ])
    expect(status).toBe(200)
    const { revisions } = await getEvidence(owner.member, body.evidenceId)
    expect(revisions[0]?.sizeBytes).toBe(90 * 1024 * 1024)
    expect(peak).toBeLessThan(60 * 1024 * 1024)
  })
})

describe('what is wrong is refused with a sentence, and leaves nothing', () => {
  const refusals: [string, Part[], { cutAt?: number }, number, RegExp][] = [
    ['no file', fieldsOf(), {}, 400, /Choose a file/],
    ['two files', [...fieldsOf(), file('one'), file('two')], {}, 400, /one file at a time/],
    [
      'a body that ends inside the file',
      [...fieldsOf(), file('x'.repeat(9000))],
      { cutAt: 6000 },
      400,
      /interrupted/,
    ],
    [
      'a body that ends inside a field',
      fieldsOf({ title: 'x'.repeat(500) }),
      { cutAt: 420 },
      400,
      /interrupted|Choose/,
    ],
    ['an empty file', [...fieldsOf(), file('')], {}, 409, /empty/],
    ['an unknown kind', [...fieldsOf({ kind: 'hearsay' }), file('kind')], {}, 409, /kinds of evidence/],
    ['an unknown control', [...fieldsOf({ controlIds: 'no-such' }), file('control')], {}, 409, /catalogue/],
    ['a day in the future', [...fieldsOf({ observedOn: day(3) }), file('future')], {}, 409, /future/],
    [
      'a question of nobody',
      [...fieldsOf({ questionRefs: `${crypto.randomUUID()}/mfa-email` }), file('question')],
      {},
      409,
      /client’s own applications/,
    ],
  ]
  test.each(refusals)('%s', async (_name, parts, options, status, sentence) => {
    const before = await footprintOf(owner)
    const reply = await uploadParts(owner, clientId, parts, options)
    expect(reply.body.refusal?.message).toMatch(sentence)
    expect(reply.status).toBe(status)
    expect(await footprintOf(owner)).toEqual(before)
    expect(unfinished()).toEqual([])
  })

  test.each([
    ['kind', { kind: '' }],
    ['observedOn', { observedOn: '31.12.2026' }],
    ['observedOn', { observedOn: '2026-02-30' }],
    ['validUntil', { observedOn: '2026-05-02', validUntil: '2026-05-01' }],
    ['viewpoint', { viewpoint: 'sideways' }],
    ['title', { title: 'x'.repeat(201) }],
  ])('a %s that does not fit is told beside its field', async (field, values) => {
    const before = await footprintOf(owner)
    const { status, body } = await uploadFile(
      owner,
      clientId,
      file(`fields ${JSON.stringify(values)}`),
      values as never,
    )
    expect(status).toBe(400)
    expect(body.outcome).toBe('invalid')
    expect(Object.keys(body.fieldErrors)).toEqual([field])
    expect(await footprintOf(owner)).toEqual(before)
  })

  test('text that the database cannot hold is kept without it', async () => {
    const { body } = await uploadFile(owner, clientId, file('nul'), {
      title: 'a\u0000b',
      collector: 'c\u0000',
    })
    const { evidence, revisions } = await getEvidence(owner.member, body.evidenceId)
    expect(evidence.title).toBe('a b')
    expect(revisions[0]?.collector).toBe('c')
  })

  test('a file over the limit is refused while it arrives, not after it', async () => {
    const { settings } = getRuntime()
    const limit = settings.maxUploadBytes
    settings.maxUploadBytes = 100_000
    try {
      let yielded = 0
      function* endless() {
        for (; yielded < 200; yielded += 1) yield new Uint8Array(64 * 1024)
      }
      const before = await footprintOf(owner)
      const reply = await uploadParts(owner, clientId, [
        ...fieldsOf(),
        { fileName: 'huge.bin', content: { [Symbol.iterator]: endless } },
      ])
      expect(reply.status).toBe(413)
      expect(reply.body.refusal.message).toMatch(/limit/)
      expect(yielded).toBeLessThan(50)
      expect(await footprintOf(owner)).toEqual(before)
      expect(unfinished()).toEqual([])
    } finally {
      settings.maxUploadBytes = limit
    }
  })

  test('a body that is no form at all is refused', async () => {
    const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
    const reply = await replyOf(
      uploadAction(routeArgs(`/clients/${clientId}/upload`, { clientId }, owner, init)),
    )
    expect(reply.status).toBe(400)
  })

  test('an archived client takes nothing until it is restored', async () => {
    const archived = await makeClient(owner)
    await setClientArchived(owner.member, archived, true)
    const refused = await uploadFile(owner, archived, file('for the archive'))
    expect(refused.status).toBe(409)
    expect(refused.body.refusal.code).toBe('client-archived')
    await setClientArchived(owner.member, archived, false)
    expect((await uploadFile(owner, archived, file('for the archive'))).body.outcome).toBe('received')
  })
})

describe('somebody of another organisation', () => {
  test.each([
    ['a client of others', () => clientId],
    ['a client of nobody', () => crypto.randomUUID()],
    ['what is no id', () => 'not-an-id'],
  ])('gets 404 for %s before a byte of the body is read', async (_name, target) => {
    const { body, asked } = streamOf([...fieldsOf(), file('x'.repeat(100_000))])
    const args = routeArgs(`/clients/${target()}/upload`, { clientId: target() }, stranger, multipart(body))
    expect((await replyOf(uploadAction(args))).status).toBe(404)
    expect(asked.times).toBe(0)
  })

  test('cannot attach evidence to a question of others', async () => {
    const applicationId = await startApplication(owner.member, clientId, {
      formCode: 'core-cyber',
      edition: '1',
    })
    const theirs = await makeClient(stranger)
    const reply = await uploadFile(stranger, theirs, file('attached across'), {
      questionRefs: `${applicationId}/mfa-email`,
    })
    expect(reply.status).toBe(409)
    expect(await listEvidence(stranger.member, theirs)).toEqual([])
  })

  test('does not learn that others hold the same file', async () => {
    await uploadFile(owner, clientId, file('held by the owner'))
    const theirs = await makeClient(stranger)
    expect((await uploadFile(stranger, theirs, file('held by the owner'))).body.outcome).toBe('received')
  })
})
