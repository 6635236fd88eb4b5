import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import readSheets from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { readDefinitionWorkbook, writeDefinitionTemplate } from '#app/documents/definition-workbook.server.ts'
import { ANSWERS, exportForm, FORM, importForm, temporaryFiles } from './workbook-forms.ts'

const file = temporaryFiles()
const office = [
  '/usr/bin/libreoffice',
  '/usr/bin/soffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
].find(existsSync)

const pdftotext = ['/usr/bin/pdftotext', '/opt/homebrew/bin/pdftotext'].find(existsSync)

/** @returns the path of what LibreOffice made of the file */
function convert(path: string, to: string): string {
  const folder = file(`converted-${to}`)
  mkdirSync(folder, { recursive: true })
  const profile = pathToFileURL(file('profile')).href
  execFileSync(
    office ?? '',
    [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', to, '--outdir', folder, path],
    { stdio: 'pipe', timeout: 240_000 },
  )
  return `${folder}/${path.replace(/^.*\//, '').replace(/\.\w+$/, `.${to}`)}`
}

describe('a workbook in a reader that is not ours', () => {
  it('shows each answer beside its question', async () => {
    const sheets = await readSheets(await exportForm(file('read.xlsx')))
    const names = sheets.map(({ sheet }) => sheet)
    expect(names.slice(0, 1)).toEqual(['Read me first'])
    const rows = sheets.flatMap(({ sheet, data }) => (/^[12] /.test(sheet) ? data : []))
    const answers = Object.fromEntries(rows.map((row) => [row[0], row[5]]))
    expect(answers).toMatchObject({
      mfa: 'No',
      vpn: "I don't know",
      interval: 'Other',
      'interval/description': '@home, by hand',
      'protections/option/links': 'Yes',
      records: '1,000 or more',
      people: 1234,
      'edr/total': 3000,
      revenue: 1234567.89,
      tested: new Date('2026-05-31T00:00:00Z'),
      'edr-product': "'Falcon",
    })
    expect(rows.find(([key]) => key === 'mfa')?.[6]).toBe('=1+1\nThe old VPN asks for a password only.')
    expect(rows.find(([key]) => key === 'vpn')?.[2]).toBe(
      '=HYPERLINK("http://example.org","Is there a VPN?")',
    )
  })
})

describe.skipIf(!office)('a workbook in LibreOffice (skipped where it is not installed)', () => {
  it('is saved there and comes back with the same answers', async () => {
    const saved = convert(await exportForm(file('form.xlsx')), 'xlsx')
    expect(await importForm(saved)).toEqual({ answers: ANSWERS, problems: [], notices: [], notes: {} })
  })

  it.skipIf(!pdftotext)(
    'prints each answer beside its question',
    async () => {
      const pdf = convert(await exportForm(file('form.xlsx')), 'pdf')
      const text = execFileSync(pdftotext ?? '', ['-layout', pdf, '-'], { encoding: 'utf8' })
      expect(text).toMatch(/=HYPERLINK\("http:\/\/example.org","Is there a VPN\?"\)/)
      expect(text).toMatch(/How many people work there\?.*1,234/)
      expect(text).toMatch(/What is the revenue\?.*1,234,567\.89/)
      expect(text).toMatch(/restore last tested\?.*2026-05-31/)
    },
    120_000,
  )

  it('keeps a form that is written as a spreadsheet', async () => {
    const path = file('definition.xlsx')
    await writeDefinitionTemplate({ path, edition: FORM })
    expect(await readDefinitionWorkbook({ path: convert(path, 'xlsx') })).toEqual({ ok: true, edition: FORM })
  })
})
