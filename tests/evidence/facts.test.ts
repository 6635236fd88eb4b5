import { describe, expect, it, test } from 'vitest'
import { describeFact, FACT_DICTIONARY, Fact, findFactEntry } from '#evidence/facts.ts'

describe('the fact dictionary', () => {
  const entries = Object.entries(FACT_DICTIONARY)

  it('holds the 118 keys of the research, the fifteen that the catalogue added and the five of imports and checks', () => {
    expect(entries).toHaveLength(138)
  })

  it('names every key in a form that a fact accepts, with a short label of its own', () => {
    for (const [key] of entries) expect(Fact.shape.key.safeParse(key).success, key).toBe(true)
    const labels = entries.map(([, { label }]) => label)
    expect(new Set(labels).size).toBe(labels.length)
    expect(labels.filter((label) => label.length > 70)).toEqual([])
  })

  it('reads shares as percent, ages as ages, choices with their values', () => {
    for (const [key, entry] of entries) {
      if (/_percent(_|$)/.test(key)) expect(entry.kind, key).toBe('percent')
      if (/_age_days$/.test(key)) expect(entry.kind, key).toBe('age-days')
      if (/_age_hours$/.test(key)) expect(entry.kind, key).toBe('age-hours')
      if (/_date$/.test(key)) expect(entry.kind, key).toBe('date')
      if (/_count$/.test(key)) expect(entry.kind, key).toBe('count')
      expect('values' in entry, key).toBe(entry.kind === 'choice')
    }
  })

  it('knows nothing of keys that only objects have', () => {
    expect(findFactEntry('constructor')).toBeNull()
    expect(findFactEntry('vuln.eol_os_count')?.kind).toBe('count')
  })
})

test.each([
  ['exposure.rdp_open_count', 2, undefined, undefined, 'Remote Desktop services that answer: 2'],
  ['vuln.external_scan_age_days', 1, undefined, undefined, 'Age of the last scan from the internet: 1 day'],
  [
    'backup.last_success_age_hours',
    30,
    undefined,
    undefined,
    'Time since the last successful backup: 30 hours',
  ],
  ['mfa.user_enforced_percent', 100, 2999, 3000, 'Users from whom MFA is demanded: 99.9 % (2999 of 3000)'],
  ['mfa.user_enforced_percent', 0, 1, 3000, 'Users from whom MFA is demanded: 0.1 % (1 of 3000)'],
  ['mfa.user_enforced_percent', 97.46, undefined, undefined, 'Users from whom MFA is demanded: 97.5 %'],
  [
    'payment.callback_threshold',
    1_000_000,
    undefined,
    undefined,
    'Amount from which payments are verified by a call: 10,000.00',
  ],
  ['mfa.vpn_required', false, undefined, undefined, 'MFA demanded by the VPN: no'],
  ['email.dmarc_policy', 'reject', undefined, undefined, 'DMARC policy: reject'],
  ['later.unknown_key', 3, undefined, undefined, 'later.unknown_key: 3'],
] as const)('%s %s reads in words', (key, value, numerator, denominator, words) => {
  expect(describeFact({ key, value, numerator, denominator })).toBe(words)
})
