import { expect, it, test } from 'vitest'
import { secureScoreImporter } from '#evidence/importers/secure-score.ts'
import { samples } from '../../fixtures/importers/secure-score.ts'
import { readAll } from './read-all.ts'
import { factsOf, isRecognised, readSample } from './sample-of.ts'

test.each([
  [undefined, 3, 128.5],
  ['wrapped with profiles', 1, 128],
])('the newest score counts, in any order (%s)', async (dialect, scores, currentScore) => {
  const read = await readSample(secureScoreImporter, samples, dialect)
  expect(read.summary).toMatchObject({
    records: 5,
    scope: 'Tenant tenant-1',
    scanDate: '2026-11-10T00:00:00.000Z',
    counts: { scores, currentScore, maxScore: 200, Identity: 3, Data: 1, Apps: 1, controlScoreSum: 22.5 },
  })
  expect(JSON.stringify(read)).not.toContain('passed over')
})

it('takes facts from counted users, never from points', async () => {
  const read = await readSample(secureScoreImporter, samples)
  expect(factsOf(read)).toEqual({
    'mfa.user_registered_percent': '80 (8 of 10) partial',
    'mfa.admin_without_mfa_count': '2 partial',
    'mfa.legacy_auth_blocked': 'true partial',
  })
})

test.each([
  [{ count: '9', total: '10' }, 'false partial'],
  [{ count: '11', total: '10' }, undefined],
  [{ count: '0', total: '0' }, undefined],
  [{ score: 8, scoreInPercentage: 100 }, undefined],
])('legacy sign-in with %j is %s', async (parts, expected) => {
  const controlScores = [{ controlName: 'BlockLegacyAuthentication', ...parts }]
  const text = JSON.stringify({ value: [{ createdDateTime: '2026-11-10T00:00:00Z', controlScores }] })
  expect(factsOf(await readAll(secureScoreImporter, text))['mfa.legacy_auth_blocked']).toBe(expected)
})

it('holds no score: says so', async () => {
  const read = await readAll(secureScoreImporter, '{"value":[]}')
  expect(read.summary).toMatchObject({ records: 0, facts: [] })
  expect(read.warnings[0]).toContain('no score')
})

test.each([
  ['{"value":[{"controlScores":[]}]}', true],
  ['{"secureScores":[{"currentScore":1,"maxScore":2,"controlScores":[]}]}', true],
  ['[{"ControlScores":[]}]', true],
  ['{"value":[{"score":1}]}', false],
])('%s is recognised: %s', (text, expected) => {
  expect(isRecognised(secureScoreImporter, text)).toBe(expected)
})
