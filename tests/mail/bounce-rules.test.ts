import { expect, test } from 'vitest'
import { judgeRefusal, readCodes } from '#app/mail/bounce-rules.ts'

test.each([
  ['smtp; 550 5.1.1 <x@y.example>: User unknown', 'address'],
  ['550-5.1.1 The email account that you tried to reach does not exist', 'address'],
  ['550 5.1.10 RESOLVER.ADR.RecipientNotFound', 'address'],
  ['550 5.2.1 The account is disabled', 'address'],
  ['550 No such mailbox', 'address'],
  ['550 5.0.0 User unknown', 'address'],
  ['552 5.2.2 Mailbox full', 'later'],
  ['552 Mailbox full', 'later'],
  ['452 4.2.2 Over quota', 'later'],
  ['450 Greylisted', 'later'],
  ['550 5.7.1 Message rejected as spam', 'mail'],
  ['550 5.1.8 Bad sender address', 'mail'],
  ['554 Transaction failed', 'mail'],
  ['550 5.7.26 Unauthenticated mail', 'mail'],
  ['Connection refused', 'mail'],
  ['', 'mail'],
])('%s is about the %s', (words, verdict) => {
  const { enhanced, reply } = readCodes(words)
  expect(judgeRefusal(enhanced, reply)).toBe(verdict)
})

test('a status without a reply is judged by its class', () => {
  expect(judgeRefusal('5.0.0', null)).toBe('address')
  expect(judgeRefusal('4.0.0', null)).toBe('later')
  expect(judgeRefusal('4.4.7', null)).toBe('later')
})
