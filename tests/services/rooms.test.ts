import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CODES_PER_LINK } from '#app/services/attestation-rules.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { greetGuest, sendGuestCode } from '#app/services/guest-door.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { replyToRequest, visitRequest } from '#app/services/request-visit.server.ts'
import { RoomLinkInput } from '#app/services/room-input.ts'
import {
  openRoomWaiver,
  refuseInRoom,
  signInRoom,
  visitRoom,
  visitRoomWaiver,
} from '#app/services/room-visit.server.ts'
import { listRoomLinks, revokeRoomLink, sendRoomLink } from '#app/services/rooms.server.ts'
import { getWaiverPage } from '#app/services/waiver-pages.server.ts'
import { createWaiver, offerWaiver } from '#app/services/waivers.server.ts'
import type { SignedIn } from '../routes/evidence-calls.ts'
import { openWorld, type World } from '../support/world.ts'
import { ADA, caller, code, enterRoom, FIONA, ORIGIN } from './room-world.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')

let world: World
let mia: SignedIn
let eve: SignedIn
let clientId: string

beforeAll(async () => {
  world = await openWorld()
  mia = await world.signUpMember('Mia Member')
  eve = await world.signUpMember('Eve Elsewhere')
})
beforeEach(async () => {
  world.setClock(NOW)
  clientId = await createClient(mia.member, demoClients(NOW).dental)
})
afterEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const inRoom = (person = ADA, ofClient = clientId) => enterRoom(mia.member, ofClient, person)

const ask = (person = ADA, ofClient = clientId) =>
  requestEvidence(
    mia.member,
    ofClient,
    { ...person, title: 'Call-back procedure', questionRef: '', message: 'Please', dueOn: '2026-12-04' },
    ORIGIN,
  )

async function offered(ofClient = clientId): Promise<string> {
  const words = {
    service: 'A backup copy out of reach',
    controlIds: ['backup-saas'],
    serviceOfferedOn: '2026-11-05',
    risk: 'Whoever deletes the data deletes its backup, too.',
    consequence: 'The question about backups has to be answered no.',
    decisionMakerName: 'Ada Approver',
    decisionMakerRole: 'Owner',
    decisionMakerEmail: 'ada@client.example',
    clientReason: 'It is too dear for us.',
    reviewOn: '2027-05-01',
  }
  const waiverId = await createWaiver(mia.member, ofClient, words, { template: null, replaces: null })
  await offerWaiver(mia.member, waiverId, 1)
  return waiverId
}

describe('a link to the room', () => {
  test.each([
    ['nobody', { recipientName: ' ' }, 'recipientName'],
    ['no address', { recipientEmail: 'ada' }, 'recipientEmail'],
  ])('to %s is refused at its field', (_, words, field) => {
    const result = RoomLinkInput.safeParse({ ...ADA, ...words })
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  test('goes to nobody of the preparing side, and not for a client that is archived or foreign', async () => {
    const ours = { recipientName: 'Mia Member', recipientEmail: mia.member.email }
    expect(await code(() => sendRoomLink(mia.member, clientId, ours, ORIGIN))).toBe('both-sides')
    expect(await code(() => sendRoomLink(eve.member, clientId, ADA, ORIGIN))).toBe('not-found')
    await setClientArchived(mia.member, clientId, true)
    expect(await code(() => sendRoomLink(mia.member, clientId, ADA, ORIGIN))).toBe('client-archived')
  })

  test('is one for each person: a new one ends the one before, and nobody else’s', async () => {
    const first = await inRoom()
    const fiona = await inRoom(FIONA)
    world.setClock(new Date(NOW.getTime() + 60_000))
    const second = await inRoom()
    expect(await code(() => visitRoom(first))).toBe('link')
    expect((await visitRoom(second)).recipientName).toBe('Ada Approver')
    expect((await visitRoom(fiona)).recipientName).toBe('Fiona Finance')
    const { links } = await listRoomLinks(mia.member, clientId)
    expect(links.filter(({ state }) => state === 'open')).toHaveLength(2)
  })

  test('taken back, expired, forged or of another kind opens nothing', async () => {
    const key = await inRoom()
    const [link] = (await listRoomLinks(mia.member, clientId)).links
    expect(await code(() => revokeRoomLink(eve.member, clientId, link?.id ?? ''))).toBe('not-found')
    await revokeRoomLink(mia.member, clientId, link?.id ?? '')
    expect(await code(() => visitRoom(key))).toBe('link')
    expect(await code(() => revokeRoomLink(mia.member, clientId, link?.id ?? ''))).toBe('no-link')
    const late = await inRoom(FIONA)
    world.setClock(new Date('2027-06-01T00:00:00Z'))
    expect(await code(() => visitRoom(late))).toBe('link')
    expect(await code(() => greetGuest('review', late, caller))).toBe('not-found')
    const token = `${late.token?.slice(0, -2)}AA`
    expect(await code(() => greetGuest('room', { ...late, token }, caller))).toBe('not-found')
  })
})

test('codes are counted by the day: a link lasts for weeks, and so do its visits', async () => {
  const { href } = await sendRoomLink(mia.member, clientId, ADA, ORIGIN)
  const key = { token: href.split('/').at(-1), session: null }
  const askAt = (day: number, minute: number) => {
    world.setClock(new Date(NOW.getTime() + day * 86_400_000 + minute * 60_000))
    return code(() => sendGuestCode('room', key))
  }
  for (let count = 0; count < CODES_PER_LINK; count += 1) expect(await askAt(0, count)).toBe('done')
  expect(await askAt(0, 30)).toBe('codes-spent')
  for (let day = 1; day < 20; day += 1) expect(await askAt(day, 0)).toBe('done')
})

describe('the room', () => {
  test('has what was asked of this person of this client, and nothing of anybody else', async () => {
    const other = await createClient(mia.member, demoClients(NOW).dental)
    const own = await ask()
    const theirs = [await ask(FIONA), await ask(ADA, other)]
    const waiverId = await offered()
    const elsewhere = await offered(other)
    const key = await inRoom()
    const page = await visitRoom(key)
    expect(page.tasks).toMatchObject([
      { kind: 'request', id: own.requestId, dueOn: '2026-12-04', isDone: false, askedBy: 'Mia Member' },
      { kind: 'waiver', id: waiverId, title: 'Decline a service: A backup copy out of reach', dueOn: null },
    ])
    expect(page.tasks).toHaveLength(2)
    expect(page.contact).toEqual({ name: 'Mia Member', email: mia.member.email })
    for (const { requestId } of theirs)
      expect(await code(() => visitRequest({ ...key, requestId }, caller))).toBe('not-found')
    expect(await code(() => visitRoomWaiver(key, elsewhere))).toBe('not-found')
    const fiona = await inRoom(FIONA)
    expect(await code(() => visitRoomWaiver(fiona, waiverId))).toBe('not-found')
    const signing = { waiverId, typedName: 'Ada Approver', agree: 'on' } as const
    expect(await code(() => signInRoom(fiona, signing, caller, null))).toBe('not-found')
  })

  test('a request is answered there as by its own link, after the code only', async () => {
    const { requestId } = await ask()
    const key = await inRoom()
    const reply = { intent: 'reply', text: 'It is on the share.' } as const
    const outside = { ...key, session: null, requestId }
    expect(await code(() => replyToRequest(outside, reply, ORIGIN))).toBe('code-needed')
    await replyToRequest({ ...key, requestId }, reply, ORIGIN)
    expect((await visitRoom(key)).tasks[0]).toMatchObject({ isDone: true, outcome: 'Sent' })
  })
})

describe('a waiver in the room', () => {
  const signing = (waiverId: string, typedName = 'Ada Approver') => ({
    waiverId,
    typedName,
    agree: 'on' as const,
  })

  test('is signed with what the door knows of its signer', async () => {
    const waiverId = await offered()
    const key = await inRoom()
    expect(await code(() => signInRoom(key, signing(waiverId, 'Somebody'), caller, null))).toBe('name')
    await signInRoom(key, signing(waiverId), caller, null)
    const { row } = await getWaiverPage(mia.member, waiverId)
    expect(row).toMatchObject({
      state: 'signed',
      signerRecord: {
        typedName: 'Ada Approver',
        address: caller.address,
        method: expect.stringContaining('handed over by the preparer'),
        consent: expect.stringContaining('declin'),
      },
    })
    expect((await listLedger(mia.member)).entries[0]).toMatchObject({ kind: 'waiver.signed' })
    expect(await code(() => signInRoom(key, signing(waiverId), caller, null))).toBe('decided')
    // Its file is made by a job, which nobody runs here.
    expect(await code(() => openRoomWaiver(key, waiverId))).toBe('not-found')
  })

  test('is not signed in a browser of the preparing side', async () => {
    const waiverId = await offered()
    const key = await inRoom()
    expect(await code(() => signInRoom(key, signing(waiverId), caller, mia.member))).toBe('both-sides')
  })

  test('is refused with a reason, and then waits for nobody', async () => {
    const waiverId = await offered()
    const key = await inRoom()
    await refuseInRoom(key, { waiverId, reason: 'We want it after all.' })
    expect((await visitRoom(key)).tasks[0]).toMatchObject({ isDone: true, outcome: 'Not signed' })
    expect(await code(() => signInRoom(key, signing(waiverId), caller, null))).toBe('decided')
  })
})
