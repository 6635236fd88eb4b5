import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { action as reviseAction } from '#app/routes/evidence-revise.ts'
import { action as pictureAction } from '#app/routes/revision-redact-image.ts'
import { makePng } from '../documents/png-files.ts'
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
  uploadParts,
} from './evidence-calls.ts'

let world: World
let owner: SignedIn
let stranger: SignedIn
let held: { evidenceId: string; revisionId: string }

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signUpMember('Olive Owner')
  stranger = await world.signUpMember('Sam Stranger')
  const picture = { fileName: 'console.png', content: makePng(4, 4, 3, Buffer.alloc(48, 90)) }
  held = (await uploadParts(owner, await makeClient(owner), [...fieldsOf(), picture])).body
})
afterAll(() => world?.close())

const DOORS = {
  revisions: {
    send: (init: RequestInit, who: SignedIn) =>
      reviseAction(
        routeArgs(`/evidence/${held.evidenceId}/revisions`, { evidenceId: held.evidenceId }, who, init),
      ),
    fields: [{ name: 'observedOn', value: day() }] as Part[],
    mostBytes: 100_000_000,
  },
  'redact-image': {
    send: (init: RequestInit, who: SignedIn) =>
      pictureAction(
        routeArgs(`/revisions/${held.revisionId}/redact-image`, { revisionId: held.revisionId }, who, init),
      ),
    fields: [{ name: 'rectangles', value: '[{"x":0,"y":0,"width":1,"height":1}]' }] as Part[],
    mostBytes: 80 * 1024 * 1024,
  },
}

describe.each(Object.entries(DOORS))('an upload to %s', (_name, { send, fields, mostBytes }) => {
  const call = (init: RequestInit, who = owner) => replyOf(send(init, who))
  let before: unknown
  beforeEach(async () => {
    before = await footprintOf(owner)
  })

  test('over the limit is refused while it arrives', async () => {
    const piece = new Uint8Array(1_000_000)
    let sent = 0
    const content = (function* () {
      for (; sent < mostBytes + 50_000_000; sent += piece.length) yield piece
    })()
    const { body } = streamOf([...fields, { fileName: 'endless.png', content }])
    const reply = await call(multipart(body))
    expect([reply.status, reply.body.refusal.code]).toEqual([413, 'too-large'])
    expect(sent).toBeLessThan(mostBytes + 20_000_000)
    expect(await footprintOf(owner)).toEqual(before)
  })

  test.each<[string, () => RequestInit]>([
    [
      'that is no form',
      () => ({ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
    ],
    ['without a file', () => multipart(streamOf(fields).body)],
    [
      'that is cut off',
      () => multipart(streamOf([...fields, { fileName: 'a', content: 'abc' }], { cutAt: 150 }).body),
    ],
    [
      'with two files',
      () =>
        multipart(
          streamOf([...fields, { fileName: 'a', content: 'a' }, { fileName: 'b', content: 'b' }]).body,
        ),
    ],
    [
      'that says nothing about its file',
      () => multipart(streamOf([{ fileName: 'a.png', content: makePng(4, 4, 3, Buffer.alloc(48)) }]).body),
    ],
  ])('%s is refused and changes nothing', async (_words, init) => {
    const { status } = await call(init())
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(await footprintOf(owner)).toEqual(before)
  })

  test('of a stranger or of nobody is not even read', async () => {
    const { body, asked } = streamOf([...fields, { fileName: 'a.png', content: 'abc' }])
    expect((await call(multipart(body), stranger)).status).toBe(404)
    expect(asked.times).toBe(0)
    const other = streamOf([...fields, { fileName: 'a.png', content: 'abc' }])
    expect((await call(multipart(other.body), { ...owner, cookie: '' })).status).toBe(302)
    expect(other.asked.times).toBe(0)
    expect(await footprintOf(owner)).toEqual(before)
  })
})
