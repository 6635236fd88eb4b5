import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action } from '#app/routes/room-answer.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { assignQuestions } from '#app/services/assignments.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { visitRoomForm } from '#app/services/room-forms.server.ts'
import { listRoomLinks, revokeRoomLink } from '#app/services/rooms.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { enterByLink, FIONA, ORIGIN } from '../services/room-world.ts'
import { openWorld, type World } from '../support/world.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const YES = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }

let world: World
let member: Member
let clientId: string
let token: string
let cookie: string
let assignment: string

beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
  member = (await world.signUpMember('Mia Member')).member
  clientId = await createClient(member, demoClients(NOW).dental)
  const applicationId = await startApplication(member, clientId, { formCode: 'payment-fraud', edition: '2' })
  const asked = { ...FIONA, questionIds: ['callback'], dueOn: '2026-12-04', note: '' }
  const { href } = await assignQuestions(member, applicationId, asked, ORIGIN)
  const key = await enterByLink(member, href, FIONA.recipientEmail)
  token = key.token ?? ''
  const session = Buffer.from(JSON.stringify(key.session)).toString('base64')
  cookie = `attested_room_${sha256Hex(token).slice(0, 12)}=${encodeURIComponent(session)}`
  assignment = (await visitRoomForm(key, applicationId)).questions[0]?.assignmentId ?? ''
})
afterAll(() => world?.close())

async function post(body: string, params: Record<string, string> = {}) {
  const request = new Request(`${ORIGIN}/room/${token}/answers/${assignment}`, {
    method: 'POST',
    body,
    headers: { cookie },
  })
  const reply = await action({ request, params: { token, assignment, ...params }, context: {} }).catch(
    (thrown: unknown) => {
      if (thrown instanceof Response) return thrown
      throw thrown
    },
  )
  return { status: reply.status, ...(await reply.json()) }
}

const NOTHING_HERE = { status: 404, sentence: 'There is nothing at this address' }
const say = (answer: unknown, seenVersion: unknown) => post(JSON.stringify({ answer, seenVersion }))

describe('an answer out of a room', () => {
  test.each([
    ['no JSON', 'answer=yes'],
    ['no answer', '{}'],
    ['a list', '[]'],
    ['an unknown kind', JSON.stringify({ answer: { ...YES, value: { kind: 'file' } }, seenVersion: 1 })],
    ['a version that is a text', JSON.stringify({ answer: YES, seenVersion: '1' })],
    [
      'an answer of another question',
      JSON.stringify({ answer: { ...YES, value: { kind: 'number', number: 3 } }, seenVersion: 1 }),
    ],
  ])('that is %s is refused', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400 })
  })

  test('for no question, or for another, is a 404', async () => {
    const body = JSON.stringify({ answer: YES, seenVersion: 1 })
    expect(await post(body, { assignment: '../answers' })).toEqual(NOTHING_HERE)
    expect(await post(body, { assignment: crypto.randomUUID() })).toEqual({
      status: 404,
      sentence: 'No such question',
    })
  })

  test('is saved on the version that was seen, and told when it was another', async () => {
    expect(await say(YES, 1)).toMatchObject({ status: 200, outcome: 'saved', version: 2 })
    expect(await say(YES, 1)).toMatchObject({ status: 409, outcome: 'conflict', current: { version: 2 } })
  })

  test('says on the page what happened once the link is taken back', async () => {
    const [link] = (await listRoomLinks(member, clientId)).links
    await revokeRoomLink(member, clientId, link?.id ?? '')
    expect(await say(YES, 2)).toMatchObject({
      status: 409,
      outcome: 'invalid',
      fieldErrors: [{ message: expect.stringContaining('taken back') }],
    })
  })
})
