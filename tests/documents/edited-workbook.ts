/** Changes a workbook the way somebody does in a spreadsheet program: saved by another library than ours. */
import exceljs from 'exceljs'

export interface OpenedSheets {
  workbook: exceljs.Workbook
  /** The row of a hidden key, such as `mfa` or `protections/option/links`. */
  row(key: string): exceljs.Row
  /** A cell of that row by the name of its column. */
  cell(key: string, role?: string): exceljs.Cell
}

export async function editWorkbook(path: string, edit: (opened: OpenedSheets) => void): Promise<string> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(path)
  const row = (key: string) => {
    for (const sheet of workbook.worksheets) {
      for (let number = 1; number <= sheet.rowCount; number++) {
        if (sheet.getCell(number, 1).value === key) return sheet.getRow(number)
      }
    }
    throw new Error(`No row ${key}`)
  }
  const cell = (key: string, role = 'answer') => {
    const found = row(key)
    const names = found.worksheet.getRow(1).values as unknown[]
    const column = names.indexOf(role)
    if (column < 1) throw new Error(`No column ${role}`)
    return found.getCell(column)
  }
  edit({ workbook, row, cell })
  await workbook.xlsx.writeFile(path)
  return path
}
