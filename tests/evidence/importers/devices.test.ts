import { describe, expect, test } from 'vitest'
import { encryptionOf, protectionOf } from '#evidence/importers/devices/states.ts'
import { devicesImporter } from '#evidence/importers/devices.ts'
import { readAll } from './read-all.ts'
import { factsOf } from './sample-of.ts'

const many = (times: number, cells: string) => Array.from({ length: times }, () => cells)

/** Rows under these headers, each of its own device, seen the day before. */
async function factOf(key: string, headers: string, rows: string[]) {
  const lines = rows.map((cells, at) => `ws-${at},Windows 11,2026-11-19,${cells}`)
  const text = [`Device Name,OS,Last Seen,${headers}`, ...lines].join('\n')
  return factsOf(await readAll(devicesImporter, `${text}\n`))[key]
}

describe('devices of which the list does not say', () => {
  test.each([
    ['crypto.endpoint_encrypted_percent', 'Encrypted', [...many(10, 'Yes'), ...many(90, '')], '10/10'],
    ['endpoint.edr_coverage_percent', 'EDR', [...many(98, 'Yes'), 'No', ...many(60, '')], '98/99'],
    ['endpoint.edr_block_mode_percent', 'EDR,Policy Mode', [...many(9, 'Yes,Block'), 'Yes,', 'No,'], '9/9'],
    [
      'endpoint.edr_tamper_protection_percent',
      'EDR,Tamper Protection',
      [...many(9, 'Yes,On'), 'Yes,', ',On', 'No,On'],
      '9/9',
    ],
  ])('make %s partial and neither raise nor lower it', async (key, headers, rows, share) => {
    expect(await factOf(key, headers, rows)).toMatch(
      new RegExp(`\\(${share.replace('/', ' of ')}\\) partial$`),
    )
  })

  test('leave the number of unprotected ones open', async () => {
    expect(await factOf('endpoint.edr_unprotected_count', 'EDR', ['Yes', 'No', ''])).toBe('1 partial')
    expect(await factOf('endpoint.edr_unprotected_count', 'EDR', ['Yes', 'No'])).toBe('1 complete')
  })

  test('leave the number of stale agents open', async () => {
    const text = 'Device Name,OS,Last Seen,EDR\na,Windows 11,2026-11-19,Yes\nb,Windows 11,,Yes\n'
    expect(factsOf(await readAll(devicesImporter, text))['endpoint.edr_stale_agents_7d']).toBe('0 partial')
  })

  test('are no fact where it says nothing of any', async () => {
    expect(await factOf('crypto.endpoint_encrypted_percent', 'Encrypted', ['', ''])).toBeUndefined()
  })
})

test.each([
  ['Healthy', true],
  ['OK', true],
  ['Offline', true],
  ['Onboarded', true],
  ['Revoked', false],
  ['Broken', false],
  ['Not connected', false],
  ['Not up to date', false],
  ['Can be onboarded', false],
  ['Agent disabled', false],
  ['Abnormal', null],
  ['Unknown', null],
])('protection %j', (text, expected) => {
  expect(protectionOf(text, '', false)).toBe(expected)
  // A version beside it does not turn what is unknown into a yes.
  expect(protectionOf(text, '7.1', true)).toBe(expected)
})

test.each([
  ['On', true],
  ['Fully encrypted', true],
  ['FullyEncrypted', true],
  ['Protection On', true],
  ['100% encrypted', true],
  ['BitLocker waiting for activation', false],
  ['40% encrypted', false],
  ['Not encrypted', false],
  ['EncryptionInProgress', false],
  ['FullyDecrypted', false],
  ['Protected, suspended', false],
  ['BitLocker', null],
  ['FileVault', null],
  ['Unknown', null],
])('encryption %j', (text, expected) => {
  expect(encryptionOf(text)).toBe(expected)
})
