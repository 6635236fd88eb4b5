import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { readApplicationWorkbook } from '#app/documents/application-workbook.server.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { editWorkbook, type OpenedSheets } from './edited-workbook.ts'
import {
  ANSWERS,
  APPLICATION,
  exportForm,
  FORM,
  importForm,
  NOW,
  SHA256,
  temporaryFiles,
} from './workbook-forms.ts'
import { readParts, writeParts } from './zip-files.ts'

const file = temporaryFiles()
let count = 0

/** Exports the form, lets somebody edit it, and reads it back. */
async function edited(edit: (opened: OpenedSheets) => void, answers = ANSWERS) {
  count += 1
  const path = await exportForm(file(`edited-${count}.xlsx`), answers)
  return importForm(await editWorkbook(path, edit))
}

const value = (answer: Answer | null | undefined) =>
  answer?.state === 'answered' ? answer.value : (answer ?? undefined)

describe('an application that goes out as a workbook', () => {
  it('comes back with the same answers and nothing to say', async () => {
    const reading = await importForm(await exportForm(file('same.xlsx')))
    expect(reading).toEqual({ answers: ANSWERS, problems: [], notices: [], notes: {} })
  })

  it('comes back the same from a program that writes it anew', async () => {
    expect(await edited(() => {})).toEqual({ answers: ANSWERS, problems: [], notices: [], notes: {} })
  })

  it('writes everything as data: no cell of it is a formula', async () => {
    const parts = await readParts(await exportForm(file('data.xlsx')))
    const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/sheet'))
    expect(sheets.length).toBeGreaterThan(4)
    for (const [name, xml] of sheets) expect(xml, name).not.toMatch(/<f[ >]/)
    expect(parts.get('xl/sharedStrings.xml')).toContain('=HYPERLINK(&quot;http://example.org&quot;')
  })

  it('locks everything but the answers, without a password', async () => {
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.readFile(await exportForm(file('locked.xlsx')))
    for (const sheet of workbook.worksheets.filter(({ state }) => state === 'visible')) {
      const { sheetProtection } = sheet as unknown as { sheetProtection: Record<string, unknown> }
      expect(sheetProtection, sheet.name).toMatchObject({ sheet: true })
      expect(sheetProtection).not.toHaveProperty('hashValue')
    }
    const section = workbook.worksheets.find(({ name }) => name.startsWith('1 '))
    expect(section?.getCell('F5').protection?.locked).toBe(false)
    expect(section?.getCell('C5').protection?.locked ?? true).toBe(true)
    expect(section?.getColumn(1).hidden).toBe(true)
    expect(section?.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 })
    expect(section?.pageSetup).toMatchObject({ fitToPage: true, fitToWidth: 1, orientation: 'landscape' })
  })

  it('tells on its cover what to do and to whom it goes back', async () => {
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.readFile(await exportForm(file('cover.xlsx')))
    const words = workbook.worksheets[0]?.getSheetValues().flat().join('\n')
    expect(words).toContain('Every kind of question, edition 2.1')
    expect(words).toContain('Harbour & Sons Ltd')
    expect(words).toContain('send it back to Ana Ruiz, Northwind IT')
  })
})

describe('a workbook that somebody filled in', () => {
  it('says its answers in the ways people type them', async () => {
    const reading = await edited(({ cell }) => {
      cell('mfa').value = 'yes'
      cell('mfa', 'explanation').value = null
      cell('vpn').value = 'YES '
      cell('vpn', 'owner').value = null
      cell('vpn', 'due').value = null
      cell('interval').value = 'daily, or more often'
      cell('interval/description').value = null
      cell('protections/option/links').value = null
      cell('protections/option/sandbox').value = true
      cell('protections/option/other').value = 'x'
      cell('protections/description').value = 'A gateway'
      cell('records').value = 'few'
      cell('people').value = '1,250 people'
      cell('online-share').value = 0.3
      cell('online-share').numFmt = '0%'
      cell('edr/covered').value = '2,999'
      cell('revenue').value = 'USD 1,000.50'
      cell('tested').value = new Date('2026-06-01T00:00:00Z')
      cell('edr-product').value = 360
      cell('plan').value = { richText: [{ text: 'Bold ', font: { bold: true } }, { text: 'plan' }] }
    })
    expect(reading.problems).toEqual([])
    const got = Object.fromEntries(Object.entries(reading.answers).map(([id, answer]) => [id, value(answer)]))
    expect(got).toMatchObject({
      mfa: { choice: 'yes' },
      vpn: { choice: 'yes' },
      interval: { choice: 'daily' },
      protections: { choices: ['sandbox', 'other'], description: 'A gateway' },
      records: { choice: 'few' },
      people: { number: 1250 },
      'online-share': { number: 30 },
      edr: { covered: 2999, total: 3000 },
      revenue: { amountMinor: 100050 },
      tested: { date: '2026-06-01' },
      'edr-product': { product: '360' },
      plan: { text: 'Bold plan' },
    })
  })

  it('leaves alone what is blank, and takes back only what is ticked', async () => {
    const reading = await edited(({ cell }) => {
      cell('people').value = null
      cell('plan').value = '   '
      cell('revenue', 'remove').value = 'Yes'
    })
    expect(reading.problems).toEqual([])
    expect(reading.answers).not.toHaveProperty('people')
    expect(reading.answers).not.toHaveProperty('plan')
    expect(reading.answers.revenue).toBe(null)
  })

  it('says what is not known, and who will find out by when', async () => {
    const reading = await edited(({ cell }) => {
      cell('people').value = "I don't know"
      cell('people', 'owner').value = 'Bo'
      cell('people', 'due').value = '2027-01-15'
      cell('edr/covered').value = null
      cell('edr/total').value = null
      cell('edr', 'owner').value = 'Bo'
      cell('revenue').value = 'unknown'
      cell('tested', 'owner').value = 'Bo'
      cell('accounts', 'owner').value = 'Cy'
      cell('accounts', 'due').value = new Date('2027-01-15T00:00:00Z')
    })
    const gap = { owner: 'Bo', dueOn: '2027-01-15' }
    expect(reading.answers.people).toEqual({ state: 'dont-know', gap })
    expect(reading.answers.accounts).toMatchObject({ state: 'dont-know', gap: { owner: 'Cy' } })
    const named = reading.problems.map(({ questionId, cell }) => [questionId, cell.replace(/\d+/, '')])
    expect(named).toEqual([
      ['edr', 'I'],
      ['revenue', 'H'],
      ['revenue', 'I'],
      ['tested', 'H'],
    ])
    for (const id of ['edr', 'revenue', 'tested']) expect(reading.answers).not.toHaveProperty(id)
  })

  it('keeps remarks apart from the answers', async () => {
    const reading = await edited(({ cell }) => {
      cell('mfa', 'notes').value = 'Ask the\u0007 owner'
      cell('accounts', 'notes').value = { text: 'see here', hyperlink: 'http://example.org' }
    })
    expect(reading.notes).toEqual({ mfa: 'Ask the owner', accounts: 'see here' })
    expect(reading.answers).toEqual(ANSWERS)
  })

  it('names the cell of what is wrong and leaves that answer out', async () => {
    const reading = await edited(({ cell }) => {
      cell('mfa', 'explanation').value = null
      cell('interval').value = 'Never'
      cell('protections/option/none').value = 'Yes'
      cell('records').value = 12
      cell('people').value = 12.5
      cell('edr/covered').value = 4000
      cell('tested').value = '3/4/2026'
      cell('accounts', 'notes').value = 'x'
    })
    const found = Object.fromEntries(reading.problems.map((problem) => [problem.questionId, problem]))
    expect(found.mfa).toMatchObject({ sheet: '1 Sign-in who what a very long', cell: 'G5' })
    expect(found.interval).toMatchObject({ cell: 'F7', message: expect.stringMatching(/^“Never” is none/) })
    expect(found.protections).toMatchObject({ cell: 'F9' })
    expect(found.records).toMatchObject({ questionId: 'records' })
    expect(found.people).toMatchObject({ sheet: '2 Business', message: 'Enter a whole number.' })
    expect(found.edr).toMatchObject({ cell: 'F7', message: 'More are covered than there are.' })
    expect(found.tested).toMatchObject({ message: expect.stringMatching(/two dates/) })
    expect(Object.keys(reading.answers).sort()).toEqual(
      Object.keys(ANSWERS)
        .filter((id) => !(id in found))
        .sort(),
    )
  })

  it('says in its table what is wrong in which cell', async () => {
    const reading = await edited(({ row }) => {
      row('regions/row/2').getCell(3).value = 'Nowhere'
      row('regions/row/3').getCell(4).value = 2027
    })
    expect(reading.problems.map(({ sheet, cell }) => `${sheet} ${cell}`)).toContain('Table 12 C5')
    expect(reading.answers).not.toHaveProperty('regions')
    const none = await edited(({ cell, row }) => {
      cell('regions').value = 'nothing to list'
      for (const key of ['regions/row/1', 'regions/row/2']) {
        for (let column = 3; column < 9; column++) row(key).getCell(column).value = null
      }
    })
    expect(value(none.answers.regions)).toEqual({ kind: 'table', rows: [] })
  })
})

describe('a workbook that somebody changed', () => {
  it('has formulas whose results are not believed', async () => {
    const reading = await edited(({ cell }) => {
      cell('people').value = { formula: '1+1', result: 2, date1904: false }
      cell('mfa').value = { formula: 'WEBSERVICE("http://example.org")', result: 'Yes', date1904: false }
      cell('plan').value = { error: '#REF!' }
    })
    expect(reading.problems.map(({ questionId }) => questionId)).toEqual(['mfa', 'people', 'plan'])
    expect(reading.problems[0]?.message).toMatch(/formula/)
    for (const id of ['people', 'mfa', 'plan']) expect(reading.answers).not.toHaveProperty(id)
  })

  it('has rows moved, columns moved and sheets renamed', async () => {
    const reading = await edited(({ workbook }) => {
      const section = workbook.worksheets.find(({ name }) => name.startsWith('2 '))
      section?.spliceRows(4, 0, ['', 'a row of my own'], [])
      if (section) section.name = 'Für die Buchhaltung'
    })
    expect(reading.answers).toEqual(ANSWERS)
    expect(reading.problems).toEqual([])
    expect(reading.notices).toEqual([
      'On the sheet “Für die Buchhaltung”, row 4 is not part of the form and not read.',
    ])
    const moved = await edited(({ workbook }) => {
      for (const sheet of workbook.worksheets) {
        if (/^[12] /.test(sheet.name)) sheet.spliceColumns(2, 0, [], [])
      }
    })
    expect(moved.answers).toEqual(ANSWERS)
  })

  it('has its rows sorted', async () => {
    const sort = (parts: Map<string, string>, keepKeys: boolean) => {
      const xml = parts.get('xl/worksheets/sheet4.xml') ?? ''
      const rows = [...xml.matchAll(/<row r="(\d+)".*?<\/row>/gs)].map(([row]) => row)
      const body = rows.slice(3)
      const at = (row: string) => /<row r="(\d+)"/.exec(row)?.[1] ?? ''
      const turned = [...body.slice(1), ...body.slice(0, 1)].map((row, index) => {
        const place = at(body[index] ?? '')
        const shifted = row.replaceAll(new RegExp(`(r="[A-Z]*)${at(row)}"`, 'g'), `$1${place}"`)
        if (keepKeys) return shifted
        const key = /<c r="A\d+".*?<\/c>/s.exec(body[index] ?? '')?.[0] ?? ''
        return shifted.replace(/<c r="A\d+".*?<\/c>/s, key)
      })
      const sorted = xml.replace(
        /<sheetData>.*<\/sheetData>/s,
        `<sheetData>${rows.slice(0, 3).join('')}${turned.join('')}</sheetData>`,
      )
      return new Map([...parts, ['xl/worksheets/sheet4.xml', sorted]])
    }
    const path = await exportForm(file('sorted.xlsx'))
    const parts = await readParts(path)
    writeParts(path, sort(parts, true))
    expect((await importForm(path)).answers).toEqual(ANSWERS)

    // Only what can be seen was sorted: each answer now stands in the row of another question.
    writeParts(path, sort(parts, false))
    const reading = await importForm(path)
    const business = FORM.sections[1]?.questions.map(({ id }) => id) ?? []
    for (const id of business) expect(reading.answers).not.toHaveProperty(id)
    expect(reading.problems.length).toBeGreaterThan(5)
    expect(reading.answers.mfa).toEqual(ANSWERS.mfa)
  })

  it('has sheets, rows and cells of its own, which are named and not read', async () => {
    const reading = await edited(({ workbook, row, cell }) => {
      workbook.addWorksheet('Calculations').getCell('A1').value = 'mfa'
      const strange = row('people').worksheet
      strange.getCell('A60').value = 'salary'
      strange.getCell('F60').value = 5
      row('mfa').getCell(20).value = 'beside'
      row('mfa').worksheet.mergeCells('F10:F11')
      cell('people', 'help').value = 'Changed help'
    })
    expect(reading.notices).toEqual([
      'On the sheet “1 Sign-in who what a very long”, cells beside the form were not read.',
      'On the sheet “1 Sign-in who what a very long”, cells were merged. Only the first of them holds an answer; check the others.',
      'The sheet “Calculations” is not part of the form and was not read.',
      'Rows for questions that this form does not ask were not read.',
    ])
    expect(reading.answers.people).toEqual(ANSWERS.people)
  })

  it('asks something else than the form, and gets no answer through', async () => {
    const reading = await edited(({ cell }) => {
      cell('mfa', 'question').value = 'Is there a front door?'
      cell('people', 'item').value = '99'
    })
    expect(reading.problems.map(({ questionId }) => questionId)).toEqual(['mfa', 'people'])
    expect(reading.answers).not.toHaveProperty('mfa')
    expect(reading.answers).not.toHaveProperty('people')
  })

  it('lost rows, or has them twice', async () => {
    const reading = await edited(({ row }) => {
      const { worksheet, number } = row('protections/option/sandbox')
      worksheet.spliceRows(number, 1)
      const people = row('people')
      const copy = people.worksheet.getRow(70)
      people.eachCell({ includeEmpty: true }, (cell, column) => {
        copy.getCell(column).value = cell.value
      })
      copy.getCell(6).value = 5
      const plan = row('plan')
      plan.worksheet.spliceRows(plan.number, 1)
    })
    expect(reading.problems.map(({ questionId }) => questionId).sort()).toEqual(['people', 'protections'])
    expect(reading.notices).toContain('These items are no longer in the workbook and stay as they are: 11.')
    expect(reading.answers).not.toHaveProperty('people')
  })
})

describe('a workbook of something else', () => {
  const read = (path: string, expected: Partial<Parameters<typeof readApplicationWorkbook>[0]>) =>
    readApplicationWorkbook({
      path,
      edition: FORM,
      editionSha256: SHA256,
      applicationId: APPLICATION.id,
      now: NOW,
      ...expected,
    }).then(
      () => 'read',
      ({ code }) => code,
    )

  it('is refused by what it belongs to', async () => {
    const path = await exportForm(file('whose.xlsx'))
    expect(await read(path, {})).toBe('read')
    expect(await read(path, { applicationId: 'another' })).toBe('other-application')
    expect(await read(path, { editionSha256: 'cd'.repeat(32) })).toBe('other-edition')
    expect(await read(path, { edition: { ...FORM, edition: '3' } })).toBe('other-edition')
    await editWorkbook(path, ({ workbook }) => workbook.removeWorksheet('attested'))
    expect(await read(path, {})).toBe('not-ours')
    const foreign = file('foreign.xlsx')
    const workbook = new exceljs.Workbook()
    workbook.addWorksheet('Budget').getCell('A1').value = 5
    await workbook.xlsx.writeFile(foreign)
    expect(await read(foreign, {})).toBe('not-ours')
  })

  it('is refused when a later release wrote it', async () => {
    const path = await exportForm(file('later.xlsx'))
    await editWorkbook(path, ({ workbook }) => {
      const sheet = workbook.getWorksheet('attested')
      if (sheet) sheet.getCell('B1').value = '2'
    })
    expect(await read(path, {})).toBe('newer-layout')
  })
})
