import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bounceAddressOf, findBounceKey } from '#app/mail/bounce-address.server.ts'

const SECRET = 'a secret of the tests'
const mail = {
  organisationId: '00000000-0000-4000-8000-000000000001',
  mailId: 'ffffffff-ffff-4fff-bfff-ffffffffffff',
}

test('an address names its mail to whoever has the secret, whatever became of its capital letters', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (organisationId, mailId) => {
      const address = bounceAddressOf(SECRET, 'bounces@mail.example.com', { organisationId, mailId })
      expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64)
      const found = { organisationId, mailIdStart: mailId.slice(0, 18) }
      expect(findBounceKey(SECRET, address)).toEqual(found)
      expect(findBounceKey(SECRET, `To: <${address.toUpperCase()}>`)).toEqual(found)
    }),
  )
})

test('a key that was changed, cut or made with another secret names none', () => {
  const address = bounceAddressOf(SECRET, 'bounces@mail.example.com', mail)
  const changed = address.replace(/\+(.)/, (_, digit: string) => `+${digit === '0' ? '1' : '0'}`)
  for (const other of [
    changed,
    address.replace(/.@/, '@'),
    address.replace(/.@/, 'zz@'),
    `x+${'z'.repeat(50)}@y.example`,
    '',
  ])
    expect(findBounceKey(SECRET, other), other).toBeNull()
  expect(findBounceKey('another secret', address)).toBeNull()
})

test('a forged key beside a good one hides nothing', () => {
  const address = bounceAddressOf(SECRET, 'bounces@mail.example.com', mail)
  expect(findBounceKey(SECRET, `x+${'0'.repeat(50)}@y.example, ${address}`)).not.toBeNull()
})
