/** People of a client in their rooms, as services see them. */
import type { Key } from '#app/services/attestation-door.server.ts'
import { enterGuestCode, sendGuestCode } from '#app/services/guest-door.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import type { Member } from '#app/services/member.ts'
import type { RoomLinkInput } from '#app/services/room-input.ts'
import { sendRoomLink } from '#app/services/rooms.server.ts'

export const ORIGIN = 'https://attested.example'
export const caller = { address: '203.0.113.9', userAgent: 'a phone' }
export const ADA = { recipientName: 'Ada Approver', recipientEmail: 'ada@client.example' }
export const FIONA = { recipientName: 'Fiona Finance', recipientEmail: 'fiona@client.example' }

/** The code of a refusal, or `done`. */
export const code = (work: () => Promise<unknown>) =>
  work().then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

/** Through the door with the code that waits in the outbox. @param href a link to the room */
export async function enterByLink(member: Member, href: string, recipient: string): Promise<Key> {
  const key: Key = { token: href.split('/').at(-1), session: null }
  await sendGuestCode('room', key)
  const mail = (await listOutbox(member)).find((one) => one.recipient === recipient && one.content?.code)
  const entered = await enterGuestCode('room', key, mail?.content?.code ?? '', caller)
  if (entered.outcome !== 'open') throw new Error('The code did not open')
  return { ...key, session: entered.session }
}

export async function enterRoom(member: Member, clientId: string, person: RoomLinkInput): Promise<Key> {
  const { href } = await sendRoomLink(member, clientId, person, ORIGIN)
  return enterByLink(member, href, person.recipientEmail)
}
