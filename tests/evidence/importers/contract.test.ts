/** What every importer must stand, over every sample of every format: one suite, no exceptions by name. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import { ImportError, type Importer } from '#evidence/importers/importer.ts'
import { IMPORTERS } from '#evidence/importers/index.ts'
import type { Sample } from '../../fixtures/importers/sample.ts'
import { pieces, type ReadWhole, readAll, refusalOf } from './read-all.ts'

const files = import.meta.glob<{ samples?: Sample[] }>('../../fixtures/importers/*.ts', { eager: true })
const all = Object.values(files).flatMap(({ samples }) => samples ?? [])
const named = all.map(
  (sample) => [[sample.format, sample.dialect].filter(Boolean).join(' '), sample] as const,
)
const RUNS = Number(process.env.ATTESTED_FUZZ_RUNS ?? 25)

const head = (text: string | Uint8Array) => new Uint8Array(Buffer.from(text as string).subarray(0, 65_536))
const kindOf = ({ text }: Sample) =>
  /^\s*\uFEFF?\s*</.test(text) ? 'xml' : /^\s*\uFEFF?\s*[[{]/.test(text) ? 'json' : 'csv'

function importerOf(sample: Sample): Importer {
  const importer = detectImporter(head(sample.text))
  if (!importer) throw new Error(`No importer recognises the ${sample.format} sample`)
  return importer
}

/** What a reader may never exceed, however hostile the file. */
function checkBounds({ assets, findings, warnings, summary }: ReadWhole): void {
  for (const { title, checkId, solution, output, cves, port } of findings) {
    expect(title.length).toBeLessThanOrEqual(500)
    expect(checkId.length).toBeLessThanOrEqual(300)
    expect(solution?.length ?? 0).toBeLessThanOrEqual(4000)
    expect(output?.length ?? 0).toBeLessThanOrEqual(8000)
    expect(cves.every((cve) => /^CVE-\d{4}-\d{4,19}$/.test(cve))).toBe(true)
    if (port !== null) expect(port > 0 && port <= 65_535).toBe(true)
  }
  for (const { hostname, address, key } of assets) {
    expect(key).not.toBe('')
    expect(hostname?.length ?? 0).toBeLessThanOrEqual(500)
    expect(address?.length ?? 0).toBeLessThanOrEqual(100)
  }
  expect(warnings.length).toBeLessThanOrEqual(200)
  expect(summary.scope.length).toBeLessThanOrEqual(500)
  for (const fact of summary.facts) expect(Date.parse(fact.observedAt)).not.toBeNaN()
}

test('every importer has a sample', () => {
  const covered = new Set(all.map(({ format }) => format))
  expect(IMPORTERS.map(({ format }) => format).filter((format) => !covered.has(format))).toEqual([])
})

describe.each(named)('%s', (_, sample) => {
  const kind = kindOf(sample)

  test('is recognised by its content, by one importer alone', () => {
    const claiming = IMPORTERS.filter((importer) => importer.recognises(head(sample.text)))
    expect(claiming[0]?.format).toBe(sample.format)
    expect(detectImporter(head(sample.text))?.format).toBe(sample.format)
  })

  test('is read whole, within bounds, each finding on an asset', async () => {
    const read = await readAll(importerOf(sample), sample.text)
    checkBounds(read)
    const keys = new Set(read.assets.map(({ key }) => key))
    expect(keys.size).toBe(read.assets.length)
    for (const { assetKey } of read.findings) expect(keys).toContain(assetKey)
    for (const fact of read.summary.facts)
      expect(Date.parse(fact.observedAt)).toBeLessThanOrEqual(Date.parse('2026-11-20T12:00:00Z'))
  })

  test('says the same in pieces of any size, with a byte order mark and in UTF-16', async () => {
    const importer = importerOf(sample)
    const expected = await readAll(importer, sample.text)
    const bare = sample.text.replace(/^\uFEFF/, '')
    expect(await readAll(importer, sample.text, { pieceBytes: 7 })).toEqual(expected)
    expect(await readAll(importer, `\uFEFF${bare}`)).toEqual(expected)
    const utf16 = Buffer.from(`\uFEFF${bare}`, 'utf16le')
    expect(importer.recognises(head(utf16))).toBe(true)
    expect((await readAll(importer, utf16)).findings).toEqual(expected.findings)
  })

  test('truncated at twenty places is refused, or is a table that ends with a row', async () => {
    const importer = importerOf(sample)
    const whole = await readAll(importer, sample.text)
    const bytes = Buffer.from(sample.text.trimEnd())
    for (let part = 0; part < 20; part += 1) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 20))
      const refusal = await refusalOf(importer, cut)
      if (kind !== 'csv') expect(refusal, `cut at ${cut.length}`).toBeInstanceOf(ImportError)
      if (part === 0) expect(refusal?.code).toMatch(/empty|truncated|unrecognised/)
      if (refusal === null)
        expect((await readAll(importer, cut)).summary.records).toBeLessThanOrEqual(whole.summary.records)
    }
  })

  test('bytes of another encoding are refused or read as what they are', async () => {
    const bytes = Buffer.from(sample.text)
    const middle = Math.floor(bytes.length / 2)
    const broken = Buffer.concat([
      bytes.subarray(0, middle),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
      bytes.subarray(middle),
    ])
    const importer = importerOf(sample)
    const refusal = await refusalOf(importer, broken)
    if (kind !== 'csv') expect(refusal).toBeInstanceOf(ImportError)
  })

  test.skipIf(sample.futureText === undefined)(
    'dated in the future it gives no facts, and says so',
    async () => {
      const text = sample.futureText ?? ''
      const read = await readAll(importerOf({ ...sample, text }), text)
      expect(read.summary.facts).toEqual([])
      expect(read.warnings.join(' ')).toMatch(/future/i)
    },
  )

  test.skipIf(kind !== 'xml')('entities of its own are refused', async () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`
    const text = sample.text
      .replace(/<!DOCTYPE[^>]*>/, '')
      .replace(/^(\s*<\?xml[^>]*\?>)?/, (start) => `${start}${laughs}`)
    expect((await refusalOf(importerOf(sample), text))?.code).toBe('hostile')
  })

  test('mutated at random it is read within bounds or refused, never anything else', async () => {
    const importer = importerOf(sample)
    const bytes = Buffer.from(sample.text)
    const place = fc.integer({ min: 0, max: bytes.length })
    const mutation = fc.oneof(
      fc.record({ what: fc.constant('cut' as const), at: place, length: fc.integer({ min: 1, max: 200 }) }),
      fc.record({
        what: fc.constant('repeat' as const),
        at: place,
        length: fc.integer({ min: 1, max: 400 }),
      }),
      fc.record({
        what: fc.constant('bytes' as const),
        at: place,
        inserted: fc.uint8Array({ minLength: 1, maxLength: 20 }),
      }),
      fc.record({
        what: fc.constant('long' as const),
        at: place,
        letter: fc.constantFrom('x', '9', ' ', '=1+1,', '"', '<a>', '[', '{"a":', '\n'),
      }),
      fc.record({
        what: fc.constant('number' as const),
        at: place,
        text: fc.constantFrom(
          '-1',
          '1e400',
          '99999999999999999999',
          'NaN',
          'null',
          'true',
          '"__proto__"',
          '[]',
          '{}',
        ),
      }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 5000 }),
        async (mutations, pieceBytes) => {
          let mutated: Buffer = bytes
          for (const step of mutations) {
            const at = Math.min(step.at, mutated.length)
            const [before, after] = [mutated.subarray(0, at), mutated.subarray(at)]
            if (step.what === 'cut') mutated = Buffer.concat([before, after.subarray(step.length)])
            else if (step.what === 'repeat')
              mutated = Buffer.concat([before, after.subarray(0, step.length), after])
            else if (step.what === 'bytes') mutated = Buffer.concat([before, step.inserted, after])
            else if (step.what === 'long')
              mutated = Buffer.concat([before, Buffer.from(step.letter.repeat(20_000)), after])
            else mutated = Buffer.concat([before, Buffer.from(step.text), after])
          }
          const generator = importer.read(pieces(mutated, pieceBytes), {
            viewpoint: 'external',
            now: new Date('2026-11-20T12:00:00Z'),
          })
          await generator.return?.(undefined as never)
          const refusal = await refusalOf(importer, mutated, { pieceBytes })
          if (refusal === null) checkBounds(await readAll(importer, mutated, { pieceBytes: 65_536 }))
          else expect(refusal.message).toMatch(/\.$/)
        },
      ),
      { numRuns: RUNS, seed: 20_261_126 },
    )
  })
})
