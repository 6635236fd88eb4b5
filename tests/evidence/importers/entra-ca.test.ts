import { describe, expect, it, test } from 'vitest'
import { entraCaImporter } from '#evidence/importers/entra-ca.ts'
import { type PolicyParts, policiesFile, policy, samples } from '../../fixtures/importers/entra-ca.ts'
import { readAll } from './read-all.ts'
import { factsOf, isRecognised, readSample } from './sample-of.ts'

const read = (...policies: PolicyParts[]) =>
  readAll(entraCaImporter, policiesFile(policies.map((parts, index) => policy(`p${index}`, parts))))
const only = async (key: string, ...policies: PolicyParts[]) => factsOf(await read(...policies))[key]

it('says what is demanded, never of how many', async () => {
  const result = await readSample(entraCaImporter, samples)
  expect(factsOf(result)).toEqual({
    'mfa.ca_policies_report_only_count': '1 (1 of 2) complete',
    'mfa.excluded_account_count': '1 partial',
    'mfa.legacy_auth_blocked': 'true complete',
    'mfa.all_users_policy': 'true partial',
  })
  expect(result.summary).toMatchObject({
    records: 5,
    scanDate: '2026-11-10T08:00:00.000Z',
    counts: {
      enabled: 3,
      disabled: 1,
      enabledForReportingButNotEnforced: 1,
      demandMfa: 1,
      acceptOtherControls: 1,
    },
  })
  expect(result.summary.facts[0]?.scope.viewpoint).toBe('tenant')
})

describe('MFA of all users', () => {
  const key = 'mfa.all_users_policy'
  test.each<[string, PolicyParts, string | undefined]>([
    ['a plain policy', {}, 'true complete'],
    ['one that only reports', { state: 'enabledForReportingButNotEnforced' }, undefined],
    ['one that is off', { state: 'disabled' }, undefined],
    ['an unknown state', { state: 'somehow' }, undefined],
    ['some users', { users: { includeUsers: ['u1'] } }, undefined],
    ['some applications', { applications: { includeApplications: ['Office365'] } }, undefined],
    [
      'an application left out',
      { applications: { includeApplications: ['All'], excludeApplications: ['a'] } },
      'true partial',
    ],
    [
      'applications narrowed by a filter',
      {
        applications: {
          includeApplications: ['All'],
          applicationFilter: { mode: 'exclude', rule: 'CustomSecurityAttribute.App_Kind -eq "legacy"' },
        },
      },
      undefined,
    ],
    [
      'an empty filter, as PowerShell writes it',
      { applications: { includeApplications: ['All'], applicationFilter: { mode: null, rule: null } } },
      'true complete',
    ],
    ['a group left out', { users: { excludeGroups: ['g'] } }, 'true partial'],
    ['at risk only', { conditions: { signInRiskLevels: ['high'] } }, undefined],
    [
      'outside of the office',
      { conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } },
      undefined,
    ],
    [
      'everywhere, in words',
      { conditions: { locations: { includeLocations: ['All'], excludeLocations: [] } } },
      'true complete',
    ],
    ['some systems', { conditions: { platforms: { includePlatforms: ['iOS'] } } }, undefined],
    ['browsers alone', { clientAppTypes: ['browser'] }, undefined],
    [
      'MFA or something else',
      { grant: { operator: 'OR', builtInControls: ['mfa', 'compliantDevice'] } },
      undefined,
    ],
    [
      'MFA beside something else, without an operator',
      { grant: { builtInControls: ['mfa', 'compliantDevice'] } },
      undefined,
    ],
    ['MFA alone, without an operator', { grant: { builtInControls: ['mfa'] } }, 'true complete'],
    [
      'MFA and something else',
      { grant: { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] } },
      'true complete',
    ],
    [
      'a strength of MFA',
      {
        grant: {
          operator: 'OR',
          builtInControls: [],
          authenticationStrength: { id: '00000000-0000-0000-0000-000000000002' },
        },
      },
      'true complete',
    ],
    [
      'a strength of its own, for MFA',
      { grant: { operator: 'OR', authenticationStrength: { id: 'x', requirementsSatisfied: 'mfa' } } },
      'true complete',
    ],
    [
      'a strength that nothing is known of',
      { grant: { operator: 'OR', authenticationStrength: { id: 'x' } } },
      undefined,
    ],
    ['no grant', { grant: null }, undefined],
  ])('%s', async (_, parts, expected) => {
    expect(await only(key, parts)).toBe(expected)
  })
})

describe('sign-in protocols without MFA', () => {
  const key = 'mfa.legacy_auth_blocked'
  const block = { operator: 'OR', builtInControls: ['block'] }
  const both = ['exchangeActiveSync', 'other']

  it('are blocked by one policy or by two', async () => {
    expect(await only(key, { clientAppTypes: both, grant: block })).toBe('true complete')
    expect(
      await only(
        key,
        { clientAppTypes: ['other'], grant: block },
        { clientAppTypes: ['exchangeActiveSync'], grant: block },
      ),
    ).toBe('true complete')
  })

  it('are blocked in part where somebody is left out', async () => {
    expect(await only(key, { clientAppTypes: both, grant: block, users: { excludeUsers: ['u'] } })).toBe(
      'true partial',
    )
  })

  test.each<[string, PolicyParts]>([
    ['half of them', { clientAppTypes: ['other'], grant: block }],
    ['in a report only', { clientAppTypes: both, grant: block, state: 'enabledForReportingButNotEnforced' }],
    ['for some', { clientAppTypes: both, grant: block, users: { includeUsers: [], includeGroups: ['g'] } }],
    ['by a demand', { clientAppTypes: both }],
  ])('blocked %s is no fact, and no opposite either', async (_, parts) => {
    expect(await only(key, parts)).toBeUndefined()
  })
})

describe('exclusions', () => {
  const key = 'mfa.excluded_account_count'
  it('are distinct accounts over the policies in force that demand MFA', async () => {
    expect(
      await only(
        key,
        { users: { excludeUsers: ['A', 'b'] } },
        { users: { excludeUsers: ['a', 'c'], includeUsers: ['d'] } },
        { users: { excludeUsers: ['e'] }, state: 'disabled' },
        { users: { excludeUsers: ['f'] }, grant: { operator: 'OR', builtInControls: ['block'] } },
      ),
    ).toBe('3 complete')
  })

  test.each([
    [{ excludeGroups: ['g'] }],
    [{ excludeRoles: ['r'] }],
    [{ excludeUsers: ['GuestsOrExternalUsers'] }],
    [{ excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'serviceProvider' } }],
  ])('of unknown number make the count partial: %j', async (users) => {
    expect(await only(key, { users })).toBe('0 partial')
  })

  it('are no fact where no policy demands MFA: none excluded would sound like good news', async () => {
    expect(await only(key, { state: 'disabled' })).toBeUndefined()
  })
})

it('counts a tenant whose policies all only report', async () => {
  const state = 'enabledForReportingButNotEnforced'
  const result = await read({ state }, { state })
  expect(factsOf(result)).toEqual({ 'mfa.ca_policies_report_only_count': '2 (2 of 2) complete' })
  expect(result.warnings.join(' ')).toContain('Security defaults')
})

it('reads what PowerShell writes, empty objects and all', async () => {
  const text = JSON.stringify([
    {
      DisplayName: 'MFA',
      State: 'enabled',
      ModifiedDateTime: '2026-11-10T08:00:00Z',
      Conditions: {
        ClientAppTypes: ['all'],
        Applications: { IncludeApplications: ['All'] },
        Devices: { DeviceFilter: { Mode: null, Rule: null } },
        Users: {
          IncludeUsers: ['All'],
          ExcludeGuestsOrExternalUsers: { ExternalTenants: { MembershipKind: [] } },
        },
      },
      GrantControls: { Operator: 'OR', BuiltInControls: ['mfa'], AuthenticationStrength: { Id: null } },
    },
  ])
  expect(isRecognised(entraCaImporter, text)).toBe(true)
  expect(factsOf(await readAll(entraCaImporter, text))).toMatchObject({
    'mfa.all_users_policy': 'true complete',
  })
})

it('proves nothing by a first page or without a date', async () => {
  const page = policiesFile([policy('p')], { '@odata.nextLink': 'https://graph.example/next' })
  expect(factsOf(await readAll(entraCaImporter, page))).toMatchObject({
    'mfa.excluded_account_count': '0 partial',
  })
  const undated = JSON.stringify({ value: [{ ...policy('p'), createdDateTime: null }] })
  expect((await readAll(entraCaImporter, undated)).summary).toMatchObject({ scanDate: null, facts: [] })
})

test.each([
  ['{"value":[{"state":"enabled","conditions":{},"grantControls":null}]}', true],
  [
    '{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/policies","value":[]}',
    true,
  ],
  ['{"value":[{"state":"enabled","conditions":{}}]}', false],
])('%s is recognised: %s', (text, expected) => {
  expect(isRecognised(entraCaImporter, text)).toBe(expected)
})
