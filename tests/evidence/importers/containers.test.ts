/** Packed exports: opened where they hold what can be read, refused with a reason where they are hostile or damaged. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import type { Importer } from '#evidence/importers/importer.ts'
import { ended, host, item, nessusFile, report } from './nessus-file.ts'
import { readAll, refusalOf } from './read-all.ts'
import { zipOf } from './zip-of.ts'

const scan = (name: string) =>
  nessusFile(
    report(host(name, ended(), item({ attributes: { severity: '4', pluginID: '77' } })), `Scan of ${name}`),
  )

const detected = (bytes: Uint8Array): Importer => {
  const importer = detectImporter(bytes.subarray(0, 65_536))
  if (!importer) throw new Error('not recognised')
  return importer
}

describe('a .gz file', () => {
  test('is read as what is packed in it, in pieces of any size', async () => {
    const packed = gzipSync(scan('a.example'))
    const read = await readAll(detected(packed), packed, { pieceBytes: 11 })
    expect(read.summary.format).toBe('nessus')
    expect(read.assets.map(({ key }) => key)).toEqual(['a.example'])
  })

  test('is not recognised when it holds anything else', () => {
    expect(detectImporter(gzipSync('hello '.repeat(1000)))).toBeNull()
    expect(detectImporter(Buffer.from([0x1f, 0x8b, 8]))).toBeNull()
  })

  test('that ends early, or is damaged, is refused', async () => {
    const packed = gzipSync(scan('a.example'))
    const importer = detected(packed)
    expect((await refusalOf(importer, packed.subarray(0, packed.length - 20)))?.code).toBe('truncated')
    const damaged = Buffer.from(packed)
    damaged.writeUInt8(damaged.readUInt8(packed.length - 6) ^ 0xff, packed.length - 6)
    expect((await refusalOf(importer, damaged))?.code).toBe('malformed')
  })

  test('that unpacks to hundreds of times its size is refused', async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from('<NessusClientData_v2>'), Buffer.alloc(64 * 1024 * 1024, 0x20)]),
      { level: 9 },
    )
    expect((await refusalOf(detected(bomb), bomb))?.code).toBe('hostile')
  })
})

describe('a .zip file', () => {
  test('is read entry by entry; what is none of the formats is named', async () => {
    const packed = await zipOf({
      'exports/': '',
      'exports/b.nessus': scan('b.example'),
      'exports/a.nessus': scan('a.example'),
      'exports/a-again.nessus': scan('a.example'),
      'packed/c.nessus.gz': gzipSync(scan('c.example')),
      '__MACOSX/exports/._a.nessus': 'fork',
      'readme.txt': 'nothing',
    })
    const read = await readAll(detected(packed), packed)
    expect(read.assets.map(({ key }) => key)).toEqual(['a.example', 'b.example', 'c.example'])
    expect(read.summary).toMatchObject({ format: 'nessus', records: 4 })
    expect(read.warnings).toEqual(['Not read, because no format was recognised: readme.txt.'])
  })

  test('of pictures and documents is not recognised as a scan', async () => {
    expect(detectImporter(await zipOf({ 'a.png': Buffer.alloc(500, 1), 'b.txt': 'text' }))).toBeNull()
    expect(
      detectImporter(await zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' })),
    ).toBeNull()
  })

  test('with one damaged export keeps the others, says so, and is not whole', async () => {
    const packed = await zipOf({ 'a.nessus': scan('a.example'), 'b.nessus': scan('b.example').slice(0, -40) })
    const read = await readAll(detected(packed), packed)
    expect(read.assets.map(({ key }) => key)).toEqual(['a.example'])
    expect(read.findings).toHaveLength(1)
    expect(read.warnings[0]).toMatch(/^b\.nessus: /)
    expect(read.summary.gaps).toEqual(['1 file of the ZIP could not be read.'])
  })

  test('that ends early is refused', async () => {
    const packed = await zipOf({ 'a.nessus': scan('a.example') })
    expect((await refusalOf(detected(packed), packed.subarray(0, packed.length - 30)))?.code).toBe(
      'truncated',
    )
  })

  test.each(['../../etc/cron.d/x', '/etc/passwd', 'C:\\windows\\x', 'a\\..\\..\\b'])(
    'that names %s is refused',
    async (name) => {
      const safe = name
        .replace(/[^a-z]/g, 'x')
        .padEnd(name.length, 'x')
        .slice(0, name.length)
      const packed = await zipOf({ 'a.nessus': scan('a.example'), [safe]: 'x' })
      const evil = Buffer.from(packed.toString('latin1').replaceAll(safe, name), 'latin1')
      expect((await refusalOf(detected(evil), evil))?.code).toBe('hostile')
    },
  )

  test('that unpacks to hundreds of times its size is refused before it is unpacked', async () => {
    const packed = await zipOf({
      'a.nessus': scan('a.example'),
      'bomb.nessus': Buffer.alloc(40 * 1024 * 1024, 0x20),
    })
    expect((await refusalOf(detected(packed), packed))?.code).toBe('hostile')
  })
})
