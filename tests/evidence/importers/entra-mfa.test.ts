import { describe, expect, it, test } from 'vitest'
import { entraMfaImporter } from '#evidence/importers/entra-mfa.ts'
import { samples } from '../../fixtures/importers/entra-mfa.ts'
import { readAll, refusalOf } from './read-all.ts'
import { factsOf, isRecognised, readSample } from './sample-of.ts'

const whole = {
  'mfa.user_registered_percent': '50 (2 of 4) complete',
  'mfa.admin_without_mfa_count': '1 partial',
  'mfa.admin_phishing_resistant_percent': '50 (1 of 2) complete',
}

test.each([undefined, 'all pages in one list', 'PowerShell list'])(
  'members are counted, guests are not (%s)',
  async (dialect) => {
    const read = await readSample(entraMfaImporter, samples, dialect)
    expect(factsOf(read)).toEqual(whole)
    expect(read.summary).toMatchObject({
      scanDate: '2026-11-10T08:00:00.619Z',
      gaps: [],
      counts: {
        users: 5,
        mfaRegistered: 3,
        mfaCapable: 2,
        admins: 2,
        adminsMfaRegistered: 1,
        passwordless: 1,
        member: 4,
        guest: 1,
      },
    })
    expect(read.summary.facts[0]?.note).toBe(
      'Counted over 4 members, without 1 guest. Disabled accounts are not in the report. Registered is not enforced.',
    )
    expect(read.summary.facts[0]?.scope.viewpoint).toBe('tenant')
  },
)

it('counts a user of two pages once', async () => {
  const read = await readSample(entraMfaImporter, samples, 'all pages in one list')
  expect(read.summary).toMatchObject({ records: 6, counts: { users: 5, duplicates: 1 } })
})

it('proves nothing by a first page', async () => {
  const read = await readSample(entraMfaImporter, samples, 'first page')
  expect(read.summary.gaps).toEqual([expect.stringContaining('next page')])
  expect(new Set(read.summary.facts.map(({ completeness }) => completeness))).toEqual(new Set(['partial']))
})

it('reads a table by its header names', async () => {
  const read = await readSample(entraMfaImporter, samples, 'table')
  expect(read.summary).toMatchObject({ records: 3, counts: { users: 3, member: 2, guest: 1, admins: 2 } })
  expect(factsOf(read)).toEqual({
    'mfa.user_registered_percent': '50 (1 of 2) complete',
    'mfa.admin_without_mfa_count': '1 partial',
    'mfa.admin_phishing_resistant_percent': '50 (1 of 2) complete',
  })
})

describe('what the report leaves out', () => {
  const read = (...users: object[]) =>
    readAll(
      entraMfaImporter,
      JSON.stringify({
        value: users.map((user, index) => ({
          id: `u${index}`,
          lastUpdatedDateTime: '2026-11-10T08:00:00Z',
          ...user,
        })),
      }),
    )

  it('who is an administrator: nothing about them follows', async () => {
    const result = await read({ isMfaCapable: true, isMfaRegistered: true })
    expect(Object.keys(factsOf(result))).toEqual(['mfa.user_registered_percent'])
    expect(result.warnings.join(' ')).toContain('who is an administrator')
    expect(result.summary.facts[0]?.note).toContain('may be guests')
  })

  it('the capability: registration stands in for it', async () => {
    expect(factsOf(await read({ isMfaRegistered: true }, { isMfaRegistered: false }))).toEqual({
      'mfa.user_registered_percent': '50 (1 of 2) complete',
    })
  })

  it('both: the user is not counted, and the share is partial', async () => {
    expect(factsOf(await read({ isMfaCapable: true }, { isMfaCapable: null }))).toEqual({
      'mfa.user_registered_percent': '100 (1 of 1) partial',
    })
  })

  it('the date: no facts', async () => {
    const result = await read({ isMfaCapable: true, lastUpdatedDateTime: null })
    expect(result.summary).toMatchObject({ scanDate: null, facts: [] })
    expect(result.warnings.at(-1)).toMatch(/^The file tells no date/)
  })

  it('users: no share of nobody', async () => {
    expect((await read()).summary).toMatchObject({ records: 0, facts: [] })
  })
})

test.each([
  ['fido2SecurityKey', 100],
  ['windowsHelloForBusiness', 100],
  ['passKeyDeviceBoundAuthenticator', 100],
  ['macOsSecureEnclaveKey', 100],
  ['x509CertificateSingleFactor', 0],
  ['microsoftAuthenticatorPush', 0],
  ['temporaryAccessPass', 0],
])('%s resists phishing: %i', async (method, percent) => {
  const user = {
    isAdmin: true,
    isMfaCapable: true,
    methodsRegistered: [method],
    lastUpdatedDateTime: '2026-11-10T08:00:00Z',
  }
  const { summary } = await readAll(entraMfaImporter, JSON.stringify({ value: [user] }))
  expect(summary.facts.find(({ key }) => key === 'mfa.admin_phishing_resistant_percent')?.value).toBe(percent)
})

it('refuses a table without the columns', async () => {
  expect((await refusalOf(entraMfaImporter, 'a,b\n1,2\n'))?.code).toBe('malformed')
})

test.each([
  ['{"value":[{"isMfaCapable":true}]}', true],
  ['[{"value":[{"isMfaRegistered":true}]}]', true],
  ['User principal name,MFA registered\na@lake.example,Yes\n', true],
  ['Email,2sv Enrolled\na@lake.example,True\n', false],
  ['{"value":[{"userPrincipalName":"a"}]}', false],
])('%s is recognised: %s', (text, expected) => {
  expect(isRecognised(entraMfaImporter, text)).toBe(expected)
})
