import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { ExceptionInput } from '#app/services/exception-input.ts'
import { listClientExceptions } from '#app/services/exception-register.server.ts'
import {
  type RegisteredException,
  showExceptions,
  writeExceptionTable,
} from '#app/services/exception-register.ts'
import { recordException, renewException, revokeException } from '#app/services/exceptions.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { setApplicationState } from '#db/queries/applications.server.ts'
import { openWorld, type World } from '../support/world.ts'

const NOW = new Date('2026-11-24T23:30:00Z')
const words: ExceptionInput = {
  questionId: 'mfa-email',
  scope: 'Two shared mailboxes',
  reason: 'The mailboxes belong to a scanner that knows no MFA.',
  compensatingControl: 'They accept mail from the scanner alone.',
  owner: 'Rita Register',
  approvedBy: 'Miriam Okafor',
  startsOn: '',
  expiresOn: '2026-12-24',
}
let world: World
let member: Member
let clientId: string
let applicationId: string

beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
  member = (await world.signUpMember('Rita Register')).member
  clientId = await createClient(member, demoClients(NOW).dental)
  applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
})
afterAll(() => world?.close())

describe('the exception register of a client', () => {
  test('tells of each exception what it covers, since when and how long', async () => {
    const id = await recordException(member, applicationId, words)
    const [shown] = await listClientExceptions(member, clientId)
    expect(shown).toMatchObject({
      id,
      formTitle: expect.stringMatching(/\w/),
      edition: '1',
      item: expect.stringMatching(/\d/),
      prompt: expect.stringMatching(/\w/),
      scope: 'Two shared mailboxes',
      startsOn: '2026-11-24',
      standing: 'in-force',
      daysLeft: 30,
      isEndingSoon: true,
    })
    expect(shown?.href).toMatch(new RegExp(`^/applications/${applicationId}/sections/[\\w-]+#mfa-email$`))
  })

  test('is renewed with the old one’s words, which end the warning and stay on record', async () => {
    const [old] = await listClientExceptions(member, clientId)
    const { questionId: _, ...changed } = { ...words, expiresOn: '2027-02-22' }
    await renewException(member, { ...changed, exceptionId: old?.id ?? '' })
    const rows = await listClientExceptions(member, clientId)
    expect(rows.map((row) => [row.expiresOn, row.questionId, row.isEndingSoon])).toEqual([
      ['2026-12-24', 'mfa-email', false],
      ['2027-02-22', 'mfa-email', false],
    ])
    const { entries } = await listLedger(member)
    expect(entries[0]?.kind).toBe('exception.recorded')
    expect(JSON.stringify(entries[0])).toContain(old?.id)
  })

  test('keeps who revoked an exception and why, and lets nobody revoke it twice', async () => {
    const [, newer] = await listClientExceptions(member, clientId)
    const revoking = { exceptionId: newer?.id ?? '', reason: 'The scanner was replaced.' }
    await revokeException(member, revoking)
    await expect(revokeException(member, revoking)).rejects.toThrow('No such exception')
    const rows = await listClientExceptions(member, clientId)
    expect(rows.find(({ id }) => id === newer?.id)).toMatchObject({
      standing: 'revoked',
      revokedByName: 'Rita Register',
      revokedReason: 'The scanner was replaced.',
    })
    // The older one is the last again, so it warns again.
    expect(rows.find(({ id }) => id !== newer?.id)?.isEndingSoon).toBe(true)
    expect((await getReadiness(member, applicationId)).exceptionRows).toHaveLength(1)
  })

  test('takes no first day in the future or more than a year ago, and no end today', async () => {
    const attempt = (more: Partial<ExceptionInput>) =>
      recordException(member, applicationId, { ...words, ...more })
    await expect(attempt({ startsOn: '2026-11-25' })).rejects.toMatchObject({ code: 'start' })
    await expect(attempt({ startsOn: '2025-11-23' })).rejects.toMatchObject({ code: 'start' })
    await expect(attempt({ expiresOn: '2026-11-24' })).rejects.toMatchObject({ code: 'expiry' })
    await expect(attempt({ expiresOn: '2027-11-25' })).rejects.toMatchObject({ code: 'expiry' })
    await attempt({ startsOn: '2025-11-24', expiresOn: '2027-11-24' })
  })

  test('is closed to others, and to changes once the application is signed', async () => {
    const stranger = (await world.signUpMember('Sam Stranger')).member
    const [row] = await listClientExceptions(member, clientId)
    const { questionId: _, ...changed } = words
    const renewal = { ...changed, exceptionId: row?.id ?? '' }
    await expect(listClientExceptions(stranger, clientId)).rejects.toThrow('No such client')
    await expect(renewException(stranger, renewal)).rejects.toThrow('No such exception')
    await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
      setApplicationState(tx, member.organisationId, applicationId, 'frozen', getRuntime().clock()),
    )
    await expect(renewException(member, renewal)).rejects.toMatchObject({ code: 'frozen' })
    expect((await listClientExceptions(member, clientId)).every(({ isFrozen }) => isFrozen)).toBe(true)
  })
})

const registered = (more: Partial<RegisteredException>): RegisteredException => ({
  approval: null,
  ...words,
  id: 'one',
  applicationId: 'application',
  formTitle: 'A form',
  edition: '1',
  item: '1.1',
  prompt: 'Is it so?',
  href: '/',
  startsOn: '2026-11-01',
  recordedAt: new Date('2026-11-01T10:00:00Z'),
  revokedAt: null,
  revokedByName: null,
  revokedReason: null,
  isFrozen: false,
  ...more,
})

describe('the days of an exception', () => {
  test.each([
    ['2026-12-24T00:00:00.000Z', 'in-force', 0],
    ['2026-12-24T23:59:59.999Z', 'in-force', 0],
    ['2026-12-25T00:00:00.000Z', 'ended', -1],
    // Already tomorrow in Tokyo, still today in UTC.
    ['2026-12-24T20:00:00.000Z', 'in-force', 0],
  ])('at %s it is %s with %i left', (now, standing, daysLeft) => {
    expect(showExceptions([registered({})], new Date(now))[0]).toMatchObject({ standing, daysLeft })
  })

  test.each([
    ['2026-11-23T23:59:59Z', false],
    ['2026-11-24T00:00:00Z', true],
    ['2026-12-25T00:00:00Z', false],
  ])('at %s the warning is %s', (now, isEndingSoon) => {
    expect(showExceptions([registered({})], new Date(now))[0]?.isEndingSoon).toBe(isEndingSoon)
  })

  test('in force the next to end comes first, among those that are over the newest', () => {
    const rows = ['2026-12-01', '2026-10-01', '2027-01-01', '2026-11-01'].map((expiresOn) =>
      registered({ id: expiresOn, expiresOn, questionId: expiresOn }),
    )
    const shown = showExceptions(rows, new Date('2026-11-24T10:00:00Z'))
    const in_ = (standing: string) => shown.filter((row) => row.standing === standing).map(({ id }) => id)
    expect(in_('in-force')).toEqual(['2026-12-01', '2027-01-01'])
    expect(in_('ended')).toEqual(['2026-11-01', '2026-10-01'])
  })

  test('as a table, words that a spreadsheet would execute are text', () => {
    const row = registered({ scope: '=HYPERLINK("http://evil")', owner: '+1', reason: 'a "b", c\nd' })
    const table = writeExceptionTable(showExceptions([row], NOW))
    expect(table).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(table).toContain(`,'+1,`)
    expect(table).toContain('"a ""b"", c\nd"')
    expect(table.startsWith('\ufeffState,Form,')).toBe(true)
  })
})
