import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readEpss, readKev } from '#evidence/catalogues.server.ts'
import type { CatalogueSummary } from '#evidence/catalogues.ts'

const SAMPLES = '/work/shared/samples/kev_epss'

async function* bytesOf(content: string | Uint8Array, size = 1000) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function readAll<Entry>(reading: AsyncGenerator<Entry, CatalogueSummary>) {
  const entries: Entry[] = []
  let step = await reading.next()
  for (; !step.done; step = await reading.next()) entries.push(step.value)
  return { entries, summary: step.value }
}

const entry = {
  cveID: 'cve-2026-0001',
  vulnerabilityName: 'A weakness',
  dateAdded: '2026-06-01',
  dueDate: '2026-06-22',
  requiredAction: 'Apply updates.',
  knownRansomwareCampaignUse: 'Known',
}
const kev = (parts: object = {}) =>
  JSON.stringify({
    catalogVersion: '2026.06.01',
    dateReleased: '2026-06-01T10:00:00.1234Z',
    count: 1,
    vulnerabilities: [entry],
    ...parts,
  })
const epss =
  '#model_version:v2025.03.14,score_date:2026-06-01T00:00:00+0000\ncve,epss,percentile\nCVE-2026-0001,0.91963,0.99214\n'

describe('CISA’s catalogue', () => {
  test('gives its entries, its date and both counts', async () => {
    const { entries, summary } = await readAll(readKev(bytesOf(kev())))
    expect(entries).toEqual([
      {
        cve: 'CVE-2026-0001',
        addedOn: '2026-06-01',
        dueOn: '2026-06-22',
        ransomware: true,
        name: 'A weakness',
        requiredAction: 'Apply updates.',
      },
    ])
    expect(summary).toEqual({
      version: '2026.06.01',
      releasedAt: '2026-06-01T10:00:00.123Z',
      declaredCount: 1,
      rows: 1,
    })
  })

  test.each([
    ['cut off', kev().slice(0, -20), 'malformed'],
    ['with fewer entries than it says', kev({ count: 1300 }), 'incomplete'],
    ['with more entries than it says', kev({ vulnerabilities: [entry, entry] }), 'incomplete'],
    ['empty', kev({ vulnerabilities: [] }), 'empty'],
    ['with an entry that is no CVE', kev({ vulnerabilities: [{ ...entry, cveID: 'x' }] }), 'malformed'],
    ['without a date', kev({ dateReleased: 'yesterday' }), 'undated'],
  ])('%s is refused whole', async (_words, text, code) => {
    await expect(readAll(readKev(bytesOf(text)))).rejects.toMatchObject({ code })
  })
})

describe('EPSS scores', () => {
  test.each([
    ['plain', epss],
    ['packed', gzipSync(epss)],
    ['with CRLF', epss.replaceAll('\n', '\r\n')],
  ])('are read %s, in pieces of any size', async (_words, content) => {
    for (const size of [2, 7, 1000]) {
      const { entries, summary } = await readAll(readEpss(bytesOf(content, size)))
      expect(entries).toEqual([{ cve: 'CVE-2026-0001', score: 0.91963, percentile: 0.99214 }])
      expect(summary).toEqual({
        version: 'v2025.03.14',
        releasedAt: '2026-06-01T00:00:00.000Z',
        declaredCount: null,
        rows: 1,
      })
    }
  })

  test.each<[string, string | Uint8Array, string]>([
    ['without its date', epss.split('\n').slice(1).join('\n'), 'undated'],
    ['with a share above one', epss.replace('0.91963', '1.5'), 'malformed'],
    ['cut off while packed', gzipSync(epss).subarray(0, 40), 'malformed'],
    ['of another kind', 'hello\nworld\n', 'malformed'],
    ['that unpacks to more than 64 MB', gzipSync(Buffer.alloc(70 * 1024 * 1024, 'a\n')), 'malformed'],
  ])('%s are refused', async (_words, content, code) => {
    await expect(readAll(readEpss(bytesOf(content, 65_536)))).rejects.toMatchObject({ code })
  })
})

describe.skipIf(!existsSync(SAMPLES))('the published files', () => {
  test('are read whole', async () => {
    const whole = await readAll(
      readKev(bytesOf(readFileSync(`${SAMPLES}/known_exploited_vulnerabilities.json`), 65_536)),
    )
    expect(whole.summary.rows).toBeGreaterThan(1000)
    const scores = await readAll(
      readEpss(bytesOf(readFileSync(`${SAMPLES}/vunnel_epss_example-1.csv`), 65_536)),
    )
    expect(scores.summary.releasedAt).toBe('2025-02-20T00:00:00.000Z')
  })
})
