import exceljs from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assembleEdition } from '#app/documents/definition-assembly.ts'
import { readDefinitionWorkbook, writeDefinitionTemplate } from '#app/documents/definition-workbook.server.ts'
import { readWorkbook } from '#app/documents/workbook-sheets.server.ts'
import { Edition } from '#questionnaires/definition.ts'
import { anyEdition } from '#tests/questionnaires/edition-arbitraries.ts'
import { FORM, temporaryFiles } from './workbook-forms.ts'

const file = temporaryFiles()

const EDITED = Edition.parse({
  ...FORM,
  sections: FORM.sections.map((section) => ({
    ...section,
    questions: section.questions.filter(({ id }) => id !== 'regions'),
  })),
})

/** Writes the form, changes cells such as `Questions!C5`, and reads what is left of it. */
async function changed(cells: Record<string, exceljs.CellValue>, edition = EDITED) {
  const path = file('changed.xlsx')
  await writeDefinitionTemplate({ path, edition })
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(path)
  for (const [place, value] of Object.entries(cells)) {
    const [sheet = '', cell = ''] = place.split('!')
    const found = workbook.getWorksheet(sheet)
    if (!found) throw new Error(`No sheet ${sheet}`)
    found.getCell(cell).value = value
  }
  await workbook.xlsx.writeFile(path)
  const reading = await readDefinitionWorkbook({ path })
  return reading.ok
    ? reading.edition
    : reading.problems.map(({ sheet, cell, message }) => `${sheet}!${cell}: ${message}`)
}

describe('a form as a spreadsheet', () => {
  it('reads back as the form it was written from', async () => {
    const path = file('form.xlsx')
    await writeDefinitionTemplate({ path, edition: FORM })
    expect(await readDefinitionWorkbook({ path })).toEqual({ ok: true, edition: FORM })
  })

  it('starts from a template that is a form itself', async () => {
    const path = file('template.xlsx')
    await writeDefinitionTemplate({ path })
    expect(await readDefinitionWorkbook({ path })).toMatchObject({ ok: true })
  })

  it('loses nothing of any form', async () => {
    const path = file('any.xlsx')
    await fc.assert(
      fc.asyncProperty(anyEdition, async (edition) => {
        await writeDefinitionTemplate({ path, edition })
        const { sheets } = await readWorkbook(path)
        const assembly = assembleEdition(sheets)
        expect(assembly.problems).toEqual([])
        expect(Edition.parse(assembly.edition)).toEqual(edition)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a spreadsheet that somebody filled in', () => {
  it('reads what people type', async () => {
    const edition = await changed({
      'Form!B7': 3,
      'Form!B9': '1 March 2026',
      'Questions!C3': 'Yes No',
      'Questions!H4': ' NO ',
      'Questions!J4': 'MFA = Yes AND not Headcount >= 50',
    })
    expect(edition).toMatchObject({ edition: '3', publishedOn: '2026-03-01' })
    expect(Array.isArray(edition) ? [] : edition.sections[0]?.questions.slice(0, 2)).toMatchObject([
      { kind: 'yes-no' },
      {
        required: false,
        when: {
          all: [{ question: 'mfa', is: 'yes' }, { not: { circumstance: 'headcount', atLeast: 50 } }],
        },
      },
    ])
  })

  it.each<[string, Record<string, exceljs.CellValue>, string]>([
    ['an empty cell', { 'Questions!E3': null }, 'Questions!E3: “Question” is empty. Fill it in.'],
    [
      'an unknown kind',
      { 'Questions!C3': 'maybe' },
      'Questions!C3: “Kind” must be one of: yes-no, single-choice,',
    ],
    [
      'a bad id',
      { 'Questions!B3': 'Has Spaces' },
      'Questions!B3: “Id”: Use lower-case words joined by hyphens.',
    ],
    [
      'an unknown section',
      { 'Questions!A3': 'nowhere' },
      'Questions!A3: There is no “nowhere” on the sheet Sections.',
    ],
    [
      'an unknown owner',
      { 'Options!A3': 'nobody' },
      'Options!A3: There is no “nobody” on the sheet Questions.',
    ],
    [
      'a part of another kind',
      { 'Options!A3': 'plan' },
      'Options!A3: “plan” is of a kind that has no options.',
    ],
    [
      'a field of another kind',
      { 'Questions!AM3': 'USD' },
      'Questions!AM3: “Currency” does not belong to the kind yes-no.',
    ],
    [
      'a broken condition',
      { 'Questions!J4': 'mfa = ' },
      'Questions!J4: At character 7: Write the id of an answer here, not the end.',
    ],
    [
      'a condition on nothing',
      { 'Questions!J4': 'mfas = yes' },
      'Questions!J4: There is no question "mfas".',
    ],
    [
      'a condition on no answer',
      { 'Questions!J4': 'mfa = never' },
      'Questions!J4: "never" is not an answer to "mfa".',
    ],
    ['an id twice', { 'Questions!B4': 'mfa' }, 'Questions!B4: There is already a question "mfa".'],
    [
      'a formula',
      { 'Questions!E3': { formula: '1+1', result: 'Is it?', date1904: false } },
      'Questions!E3: This cell holds a formula',
    ],
    ['no number', { 'Form!B16': 'thirty' }, 'Form!B16: “thirty” is not a number.'],
    ['no yes or no', { 'Questions!H3': 'perhaps' }, 'Questions!H3: Write yes or no.'],
    ['no date', { 'Form!B9': 'soon' }, 'Form!B9: Type a date'],
    [
      'a strange heading',
      { 'Terms!D2': 'Colour', 'Terms!D3': 'green' },
      'Terms!D2: “colour” is no column of this sheet.',
    ],
    [
      'no signer',
      { 'Signers!A3': null, 'Signers!B3': null },
      'Signers!A1: Name at least one role that may sign',
    ],
    ['one option', { 'Options!A10': 'protections' }, 'Questions!B7: This needs at least two options.'],
  ])('points at %s', async (_, cells, problem) => {
    const found = await changed(cells)
    expect(Array.isArray(found) ? found.join('\n') : 'no problem').toContain(problem)
  })

  it('says which sheet is missing', async () => {
    const path = file('missing.xlsx')
    const workbook = new exceljs.Workbook()
    workbook.addWorksheet('Form')
    await workbook.xlsx.writeFile(path)
    expect(await readDefinitionWorkbook({ path })).toMatchObject({
      ok: false,
      problems: [{ sheet: 'Sections' }, { sheet: 'Questions' }],
    })
  })

  it('may hold remarks, empty rows and columns in another order', async () => {
    const path = file('remarks.xlsx')
    await writeDefinitionTemplate({ path, edition: EDITED })
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.readFile(path)
    const questions = workbook.getWorksheet('Questions')
    questions?.spliceColumns(2, 0, ['', 'Note to myself', 'ask Bo'])
    questions?.spliceRows(4, 0, [], [])
    workbook.addWorksheet('My calculations').getCell('A1').value = 5
    await workbook.xlsx.writeFile(path)
    expect(await readDefinitionWorkbook({ path })).toEqual({ ok: true, edition: EDITED })
  })
})
