import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { readDer } from '#app/report/verify/der.ts'
import { PdfCursor } from '#app/report/verify/pdf-syntax.ts'
import { CHECKS } from '#app/report/verify/results.ts'
import { verifyReport } from '#app/report/verify.ts'
import { makeAuthority, makeSignedReport } from './signed-report.ts'

let signed: Uint8Array
beforeAll(async () => {
  signed = await makeSignedReport({ authority: await makeAuthority() })
})

const HEADER = '%PDF-1.7\n%\u00ff\u00ff\u00ff\u00ff\n'

/** A PDF in our form with these objects, numbered from 1; the first is the catalogue. */
function makePdf(values: string[], more = ''): Uint8Array {
  let text = HEADER
  const offsets = values.map((value, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${value}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const table = text.length
  text += `xref\n0 ${values.length + 1}\n0000000000 65535 f \n${offsets.join('')}trailer\n<<\n/Size ${values.length + 1}\n/Root 1 0 R\n${more}>>\nstartxref\n${table}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

async function expectRefused(bytes: Uint8Array, detail?: RegExp, withinMs = 3000) {
  const started = performance.now()
  const { ok, checks } = await verifyReport(bytes)
  expect(performance.now() - started).toBeLessThan(withinMs)
  expect(ok).toBe(false)
  expect(checks).toHaveLength(Object.keys(CHECKS).length)
  const faults = checks.filter((check) => !check.ok)
  for (const { detail: words } of faults) expect(words.length).toBeLessThan(700)
  if (detail) expect(faults.map((fault) => fault.detail).join('\n')).toMatch(detail)
}

describe('what is no report', () => {
  test.each([
    ['an empty file', new Uint8Array(), /empty/],
    ['a text', Buffer.from('Dear underwriter'), /not a PDF/],
    ['a header alone', Buffer.from('%PDF-1.7\n'), /cut off/],
    ['header and end alone', Buffer.from(`${HEADER}startxref\n0\n%%EOF\n`, 'latin1'), /expected/],
    [
      'a table that points at itself',
      Buffer.from(
        `${HEADER}xref\n0 0\ntrailer\n<</Size 1 /Root 1 0 R /Prev 15>>\nstartxref\n15\n%%EOF\n`,
        'latin1',
      ),
      /earlier/,
    ],
    [
      'a table far outside the file',
      Buffer.from(`${HEADER}startxref\n9999999999\n%%EOF\n`, 'latin1'),
      /expected/,
    ],
    [
      'a huge table',
      Buffer.from(`${HEADER}xref\n0 4000000000\ntrailer\n<<>>\nstartxref\n15\n%%EOF\n`, 'latin1'),
      /more objects/,
    ],
  ])('%s is refused with a reason', async (_, bytes, detail) => {
    await expectRefused(bytes, detail)
  })

  test('a plain PDF in our own form lacks statement and signatures', async () => {
    await expectRefused(makePdf(['<</Type /Catalog>>']), /no attachment/)
  })

  test('random bytes and random damage never throw', async () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const bytes = signed.slice(0, signed.length)
      for (let count = 0; count < 50; count += 1)
        bytes[(seed * 7919 + count * 104_729) % bytes.length] = (seed * 31 + count) % 256
      await expectRefused(bytes)
    }
  })

  test('a report cut off anywhere is refused', async () => {
    for (let part = 1; part < 40; part += 1)
      await expectRefused(signed.slice(0, Math.floor((signed.length * part) / 40)))
  })
})

describe('what tries to keep the verifier busy', () => {
  test('deep nesting', async () => {
    await expectRefused(makePdf([`${'['.repeat(1_000_000)}`]), /too deep/)
    await expectRefused(makePdf([`${'<</A '.repeat(500_000)}`]), /too deep/)
    expect(() => readDer(Buffer.from('30820100'.repeat(40), 'hex'))).toThrow()
    expect(() =>
      readDer(Uint8Array.from(Array.from({ length: 60 }, (_, index) => (index % 2 ? 60 - index - 1 : 0x30)))),
    ).toThrow(/deep/)
  })

  test('thousands of signatures and of revisions', async () => {
    const fields = Array.from({ length: 20_000 }, (_, index) => `${index + 3} 0 R`)
    const signatures = fields.map(() => '<</FT /Sig /T (technical-contributor) /Type /Sig>>')
    await expectRefused(
      makePdf(['<</Type /Catalog /AcroForm 2 0 R>>', `<</Fields [${fields.join(' ')}]>>`, ...signatures]),
      /20000 signature fields/,
      10_000,
    )
    let text = Buffer.from(makePdf(['<</Type /Catalog>>'])).toString('latin1')
    let previous = text.lastIndexOf('xref\n0')
    for (let revision = 0; revision < 2000; revision += 1) {
      const table = text.length
      text += `xref\n0 0\ntrailer\n<</Size 2 /Root 1 0 R /Prev ${previous}>>\nstartxref\n${table}\n%%EOF\n`
      previous = table
    }
    await expectRefused(Buffer.from(text, 'latin1'), /more revisions/)
  })

  test('a bomb in the attachment', async () => {
    const bomb = deflateSync(Buffer.alloc(200 * 1024 * 1024))
    const stream = `<</Length ${bomb.length} /Type /EmbeddedFile /Subtype /application#2Fjson /Filter /FlateDecode /Params <</Size 1>>>>\nstream\n${bomb.toString('latin1')}\nendstream`
    const other = '<</Length 0 /Type /EmbeddedFile>>\nstream\n\nendstream'
    const name = 'oscal-assessment-results.json'
    const catalog = `<</Type /Catalog /AF [2 0 R 4 0 R 5 0 R] /Names <</EmbeddedFiles <</Names [(${name}) 2 0 R (readiness.dsse.json) 4 0 R (statement.json) 5 0 R]>>>>>>`
    const file = `<</AFRelationship /Alternative /F (${name}) /UF (${name}) /EF <</F 3 0 R>>>>`
    const pdf = makePdf([catalog, file, stream, '<<>>', '<<>>', other, other])
    await expectRefused(pdf, /larger than any can be/, 10_000)
  })

  test('a file beyond every size', async () => {
    const huge = new Uint8Array(65 * 1024 * 1024)
    huge.set(Buffer.from('%PDF-'), 0)
    huge.set(Buffer.from('\n%%EOF\n'), huge.length - 7)
    await expectRefused(huge, /no report is that large/)
  })

  test('thousands of faults are told in a few', async () => {
    const active = Array.from({ length: 5000 }, () => '<</S /JavaScript>>')
    await expectRefused(makePdf(['<</Type /Catalog>>', ...active]), /And 4995 more/)
  })

  test('objects that refer to each other in a circle', async () => {
    await expectRefused(
      makePdf([
        '<</Type /Catalog /Names 2 0 R>>',
        '<</EmbeddedFiles 2 0 R /Names [(statement.json) 2 0 R]>>',
      ]),
    )
  })
})

describe('one meaning only', () => {
  test.each(['<</A 1 /A 2>>', '<0>', '(\\8)', '1 2 R', '% comment\n1', '<</A', '(', '@', '+1', '1e5'])(
    '%s is not read as a value',
    (text) => {
      const cursor = new PdfCursor(Buffer.from(`${text} `), 0)
      const read = () => {
        const value = cursor.readValue()
        if (text === '1 2 R' && value.type === 'number')
          throw new Error('read as a number, refused by what follows')
      }
      expect(read).toThrow()
    },
  )

  test.each([
    ['an indefinite length', '3080020101' + '0000'],
    ['a length written too long', '30810302' + '0101'],
    ['a length beyond the end', '3005020101'],
    ['bytes behind the end', '300302010100'],
    ['a number with a needless zero', '30040202' + '0001'],
    ['a truth value of another size', '3003010101'],
    ['a tag of several bytes', '1f8101' + '00'],
    ['an empty value with content', '30030501' + '00'],
  ])('DER with %s is refused', (_, hex) => {
    expect(() => readDer(Buffer.from(hex, 'hex'))).toThrow()
  })
})
