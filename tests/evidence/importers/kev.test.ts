import { expect, it, test } from 'vitest'
import { kevImporter } from '#evidence/importers/kev.ts'
import { samples } from '../../fixtures/importers/kev.ts'
import { readAll } from './read-all.ts'
import { isRecognised, readSample } from './sample-of.ts'

it('counts the catalogue and says where it belongs', async () => {
  const read = await readSample(kevImporter, samples)
  expect(read.summary).toMatchObject({
    tool: 'CISA KEV',
    toolVersion: '2026.11.10',
    scanDate: '2026-11-10T14:08:44.502Z',
    records: 2,
    counts: { declared: 3, ransomwareKnown: 1 },
    facts: [],
  })
  expect(read.warnings[0]).toContain("organisation's settings")
  expect(read.summary.gaps).toEqual(['The catalogue names 3 entries and holds 2. Download it again.'])
})

it('takes a catalogue without a count', async () => {
  const text =
    '{"vulnerabilities":[{"cveID":"CVE-2025-1000","dateAdded":"2026-01-01"}],"dateReleased":"2026-01-02T00:00:00Z"}'
  expect((await readAll(kevImporter, text)).summary).toMatchObject({
    records: 1,
    counts: { ransomwareKnown: 0 },
    gaps: [],
  })
})

test.each([
  ['{"catalogVersion":"1","dateReleased":"2026-01-02T00:00:00Z","vulnerabilities":[]}', true],
  ['{"vulnerabilities":[{"cveID":"CVE-2025-1000","dateAdded":"2026-01-01"}]}', true],
  ['{"vulnerabilities":[{"id":"CVE-2025-1000"}]}', false],
])('%s is recognised: %s', (text, expected) => {
  expect(isRecognised(kevImporter, text)).toBe(expected)
})
