/** The looks and the rules of one worksheet part: styles by cell, protection, and what a cell accepts. */
import { type Area, cellName, parseArea, parseCellName } from './workbook-cell.ts'
import { WorkbookError } from './workbook-error.ts'
import { decodeCellText, readXml } from './workbook-xml.ts'

export interface CellRule {
  /** `list`, `whole`, `decimal`, `date`, `textLength`, `custom` … (ECMA-376 18.18.21). */
  type: string
  operator: string
  areas: Area[]
  formulas: [string, string]
  /** Excel refuses what breaks the rule, instead of only warning. */
  isStrict: boolean
}

export interface SheetLayout {
  styles: Map<string, number>
  rules: CellRule[]
  isProtected: boolean
  last: { row: number; column: number }
}

const MOST_RULES = 5000

/** @throws WorkbookError damaged, too-large */
export function readSheetLayout(bytes: Uint8Array, maximumCells: number): SheetLayout {
  const styles = new Map<string, number>()
  const rules: CellRule[] = []
  const last = { row: 0, column: 0 }
  let isProtected = false
  let row = 0
  let column = 0
  let rule: CellRule | null = null
  let formula: 0 | 1 | null = null

  const visit = (attributes: Readonly<Record<string, string>>) => {
    const place = attributes.r === undefined ? null : parseCellName(attributes.r)
    column = place?.column ?? column + 1
    const at = place?.row ?? row
    styles.set(cellName(column, at), Number(attributes.s ?? 0))
    if (styles.size > maximumCells) {
      throw new WorkbookError(
        'too-large',
        'The workbook has more cells than a form can. Remove empty rows and sheets.',
      )
    }
    last.row = Math.max(last.row, at)
    last.column = Math.max(last.column, column)
  }
  const addAreas = (text: string) =>
    rule?.areas.push(
      ...text
        .trim()
        .split(/\s+/)
        .map(parseArea)
        .filter((area) => area !== null),
    )

  readXml(bytes, {
    open(name, attributes) {
      if (name === 'row') {
        row = Number(attributes.r) || row + 1
        column = 0
      }
      if (name === 'c') visit(attributes)
      if (name === 'sheetProtection') isProtected = /^(1|true)$/.test(attributes.sheet ?? '')
      if (name === 'dataValidation') {
        const { type = 'none', operator = 'between', sqref = '' } = attributes
        const isStrict =
          /^(1|true)$/.test(attributes.showErrorMessage ?? '') && (attributes.errorStyle ?? 'stop') === 'stop'
        rule = { type, operator, areas: [], formulas: ['', ''], isStrict }
        if (sqref) addAreas(sqref)
      }
      if (name === 'formula1') formula = 0
      if (name === 'formula2') formula = 1
    },
    close(name, text) {
      // Rules that point to other sheets stand in an extension, with elements where others have attributes.
      if (rule && formula !== null && (name === 'formula1' || name === 'formula2' || name === 'f')) {
        if (text.trim() !== '') rule.formulas[formula] = decodeCellText(text)
      }
      if (name === 'formula1' || name === 'formula2') formula = null
      if (rule && name === 'sqref') addAreas(text)
      if (name === 'dataValidation' && rule) {
        if (rules.length < MOST_RULES) rules.push(rule)
        rule = null
      }
    },
  })
  return { styles, rules, isProtected, last }
}
