import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withWorkbook } from '#app/documents/open-workbook.server.ts'
import { readWorkbook } from '#app/documents/workbook-sheets.server.ts'
import { exportForm, importForm, temporaryFiles } from './workbook-forms.ts'
import { readParts, writeParts, writeZip, type ZipPart } from './zip-files.ts'

const file = temporaryFiles()
const TYPES = { name: '[Content_Types].xml', bytes: '<Types/>' }

function archive(name: string, ...parts: ZipPart[]): string {
  const path = file(name)
  writeZip(path, parts)
  return path
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error) => ({ code: error.code, message: error.message }),
  )

/** Unpacks every part. @returns what the workbook carries beside cells */
const checkWorkbook = (path: string) =>
  withWorkbook(path, async ({ partNames, extras, readPart }) => {
    for (const name of partNames) await readPart(name)
    return extras
  })

describe('a file from strangers', () => {
  it('is a workbook or is refused for what it is', async () => {
    const text = file('notes.xlsx')
    writeFileSync(text, 'Item;Answer\n1;yes\n')
    expect(await codeOf(checkWorkbook(text))).toMatchObject({ code: 'not-a-workbook' })
    const empty = file('empty.xlsx')
    writeFileSync(empty, '')
    expect(await codeOf(checkWorkbook(empty))).toMatchObject({ code: 'not-a-workbook' })
    const locked = file('locked.xlsx')
    writeFileSync(locked, Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'))
    expect(await codeOf(checkWorkbook(locked))).toMatchObject({ code: 'encrypted' })
    const zip = archive('photos.xlsx', { name: 'a.txt', bytes: 'hello' })
    expect(await codeOf(checkWorkbook(zip))).toMatchObject({ code: 'not-a-workbook' })
    const word = archive('letter.xlsx', TYPES, {
      name: '_rels/.rels',
      bytes:
        '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
    })
    expect(await codeOf(readWorkbook(word))).toMatchObject({ code: 'not-a-workbook' })
  })

  it('is cut off and says so', async () => {
    const whole = await exportForm(file('whole.xlsx'))
    const half = file('half.xlsx')
    writeFileSync(half, readFileSync(whole).subarray(0, 5000))
    expect(await codeOf(checkWorkbook(half))).toMatchObject({ code: 'damaged' })
  })

  it('unpacks to no more than a form needs', async () => {
    const bomb = archive('bomb.xlsx', TYPES, { name: 'xl/a.xml', bytes: Buffer.alloc(20 * 1024 * 1024) })
    expect(await codeOf(checkWorkbook(bomb))).toMatchObject({ code: 'too-large' })
    const claims = archive('claims.xlsx', TYPES, {
      name: 'xl/a.xml',
      bytes: 'small',
      claims: { unpacked: 0xf0000000 },
    })
    expect(await codeOf(checkWorkbook(claims))).toMatchObject({ code: 'too-large' })
    const many = Array.from({ length: 5001 }, (_, index) => ({ name: `xl/${index}.xml`, bytes: '' }))
    expect(await codeOf(checkWorkbook(archive('many.xlsx', TYPES, ...many)))).toMatchObject({
      code: 'too-large',
    })
  })

  it('cannot hide its size from the directory', async () => {
    const liar = archive('liar.xlsx', TYPES, {
      name: 'xl/a.xml',
      bytes: Buffer.alloc(5 * 1024 * 1024),
      claims: { unpacked: 100 },
    })
    expect(await codeOf(checkWorkbook(liar))).toMatchObject({ code: 'damaged' })
    const shared = { name: 'xl/a.xml', bytes: 'x'.repeat(400), claims: { packed: 900_000 } }
    expect(await codeOf(checkWorkbook(archive('shared.xlsx', TYPES, shared)))).toMatchObject({
      code: 'damaged',
    })
  })

  it('has each part once, inside of itself, and without a password', async () => {
    const twice = archive(
      'twice.xlsx',
      TYPES,
      { name: 'xl/a.xml', bytes: '1' },
      { name: 'XL/A.xml', bytes: '2' },
    )
    expect(await codeOf(checkWorkbook(twice))).toMatchObject({ code: 'damaged' })
    const outside = archive('outside.xlsx', TYPES, { name: '../../etc/a.xml', bytes: '1' })
    expect(await codeOf(checkWorkbook(outside))).toMatchObject({ code: 'damaged' })
    const secret = archive('secret.xlsx', TYPES, { name: 'xl/a.xml', bytes: '1', claims: { flags: 1 } })
    expect(await codeOf(checkWorkbook(secret))).toMatchObject({ code: 'encrypted' })
  })

  it('defines no entities', async () => {
    const path = await exportForm(file('entities.xlsx'))
    const parts = await readParts(path)
    const strings = parts.get('xl/sharedStrings.xml') ?? ''
    const entity = '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts.set('xl/sharedStrings.xml', strings.replace('<sst', `${entity}<sst`))
    writeParts(path, parts)
    expect(await codeOf(importForm(path))).toMatchObject({ code: 'damaged' })
  })

  it('is damaged where its XML is, wherever that is', async () => {
    const whole = await readParts(await exportForm(file('intact.xlsx')))
    for (const name of [
      'xl/workbook.xml',
      'xl/sharedStrings.xml',
      'xl/styles.xml',
      'xl/worksheets/sheet3.xml',
    ]) {
      const parts = new Map(whole)
      parts.set(name, (whole.get(name) ?? '').slice(0, -30))
      const path = file('torn.xlsx')
      writeParts(path, parts)
      expect(await codeOf(importForm(path)), name).toMatchObject({ code: 'damaged' })
    }
  })

  it('is refused or says the same, whichever of its bytes is another', async () => {
    const whole = readFileSync(await exportForm(file('bytes.xlsx')))
    const { answers } = await importForm(file('bytes.xlsx'))
    const path = file('flipped.xlsx')
    for (let step = 0; step < 120; step++) {
      const bytes = Buffer.from(whole)
      const at = (step * 7919) % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (step % 8))
      writeFileSync(path, bytes)
      const outcome = await importForm(path).catch((error) => error.code)
      if (typeof outcome === 'string')
        expect(outcome).toMatch(/^(damaged|not-a-workbook|encrypted|too-large)$/)
      else expect(answers).toMatchObject(outcome.answers)
    }
  })

  it('may carry macros, links and files, which are named', async () => {
    const path = await exportForm(file('extras.xlsx'))
    expect(await checkWorkbook(path)).toEqual({ macros: false, externalLinks: false, embeddedFiles: false })
    const loaded = file('loaded.xlsm')
    copyFileSync(path, loaded)
    const parts = await readParts(path)
    parts.set('xl/vbaProject.bin', 'Sub Auto_Open()')
    parts.set('xl/externalLinks/externalLink1.xml', '<externalLink/>')
    parts.set('xl/embeddings/oleObject1.bin', 'MZ')
    writeParts(loaded, parts)
    expect(await checkWorkbook(loaded)).toEqual({ macros: true, externalLinks: true, embeddedFiles: true })
    const reading = await importForm(loaded)
    expect(reading.notices).toHaveLength(3)
    expect(Object.keys(reading.answers).length).toBeGreaterThan(10)
  })
})
