import { expect, it, test } from 'vitest'
import { scubaImporter } from '#evidence/importers/scuba.ts'
import { samples } from '../../fixtures/importers/scuba.ts'
import { readAll } from './read-all.ts'
import { factsOf, isRecognised, readSample } from './sample-of.ts'

it('counts controls by result and criticality, whatever the summary says', async () => {
  const read = await readSample(scubaImporter, samples)
  expect(read.summary).toMatchObject({
    tool: 'ScubaGear',
    toolVersion: '1.8.0',
    scanDate: '2026-11-10T08:00:00.500Z',
    records: 9,
    scope: 'Tenant lake.example, tenant-1',
    gaps: ['Controls that ended in an error and were not judged: 1.'],
  })
  expect(read.summary.counts).toEqual({
    products: 2,
    Pass: 4,
    Fail: 1,
    Warning: 1,
    'N/A': 1,
    Omitted: 1,
    Error: 1,
    Shall: 7,
    Should: 1,
    'Should/Not-Implemented': 1,
  })
})

it('takes facts from what passed only, with and without a version in the id', async () => {
  const read = await readSample(scubaImporter, samples)
  expect(factsOf(read)).toEqual({
    'mfa.legacy_auth_blocked': 'true complete',
    'mfa.all_users_policy': 'true complete',
    'mfa.admin_phishing_resistant_policy': 'true complete',
    'email.dmarc_policy': 'reject complete',
  })
  expect(read.warnings.join(' ')).toContain('MS.AAD.3.1v1')
  expect(JSON.stringify(read)).not.toContain('passed over')
})

it('reads ScubaGoggles, with its own word for nothing found', async () => {
  const read = await readSample(scubaImporter, samples, 'ScubaGoggles')
  expect(read.summary).toMatchObject({
    tool: 'ScubaGoggles',
    records: 3,
    counts: { Pass: 2, 'No events found': 1 },
  })
  expect(factsOf(read)).toEqual({
    'mfa.all_users_policy': 'true complete',
    'email.dmarc_policy': 'reject complete',
  })
})

test.each([
  ['table', 9, { Pass: 4, Fail: 1 }, 1],
  ['action plan', 1, { Fail: 1 }, 1],
  ['test results', 2, { requirementMet: 1, requirementNotMet: 1 }, 0],
])('%s: counted, but undated and so without facts', async (dialect, records, counts, gaps) => {
  const read = await readSample(scubaImporter, samples, dialect)
  expect(read.summary).toMatchObject({ records, counts, scanDate: null, facts: [] })
  expect(read.summary.gaps).toHaveLength(gaps)
  expect(read.warnings.at(-1)).toMatch(/^The file tells no date/)
})

test.each(['Fail', 'Warning', 'N/A', 'Omitted', 'Error', 'Incorrect Result', ''])(
  'a control that ended in "%s" proves nothing',
  async (result) => {
    const text = JSON.stringify({
      MetaData: { Tool: 'ScubaGear', TimestampZulu: '2026-11-10T08:00:00Z' },
      Results: {
        AAD: [{ Controls: [{ 'Control ID': 'MS.AAD.1.1v1', Result: result, Criticality: 'Shall' }] }],
      },
    })
    expect((await readAll(scubaImporter, text)).summary).toMatchObject({ records: 1, facts: [] })
  },
)

test.each([
  ['{"Summary":{"AAD":{}},"MetaData":{"Tool":"ScubaGear"}}', true],
  ['[{"PolicyId":"MS.AAD.1.1v1","RequirementMet":true}]', true],
  ['{"Results":[{"Target":"a"}],"MetaData":3}', false],
  ['{"Results":[{"Target":"a"}]}', false],
  ['"Control ID","Result"\n"a","b"\n', false],
])('%s is recognised: %s', (text, expected) => {
  expect(isRecognised(scubaImporter, text)).toBe(expected)
})
