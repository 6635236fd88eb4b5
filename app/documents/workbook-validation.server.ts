/** Lists and limits that Excel checks while somebody types; what comes back is checked again, whatever Excel let through. */
import type exceljs from 'exceljs'
import { columnName } from './workbook-cell.ts'
import { setText, type Workbook, type Worksheet } from './workbook-look.server.ts'

export type Limit =
  | { type: 'list'; labels: readonly string[]; strict: boolean }
  | { type: 'number'; whole: boolean; min?: number; max?: number }
  | { type: 'date' }
  | { type: 'length'; max: number }

/** Keeps the labels of all lists on one hidden sheet: a list inside a cell ends at 255 characters and at each comma. */
export class ListSheet {
  readonly #known = new Map<string, string>()

  constructor(
    private readonly sheet: Worksheet,
    private readonly name: string,
  ) {}

  /** @returns the area that holds these labels */
  place(labels: readonly string[]): string {
    const key = JSON.stringify(labels)
    const known = this.#known.get(key)
    if (known) return known
    const column = columnName(this.#known.size + 1)
    labels.forEach((label, index) => {
      setText(this.sheet.getCell(`${column}${index + 1}`), label, 'plain')
    })
    const area = `${this.name}!$${column}$1:$${column}$${labels.length}`
    this.#known.set(key, area)
    return area
  }
}

export function addListSheet(workbook: Workbook, name: string): ListSheet {
  return new ListSheet(workbook.addWorksheet(name, { state: 'hidden' }), name)
}

interface Validated {
  sheet: Worksheet
  /** `F5:F9`; areas of one sheet may not overlap. */
  area: string
  limit: Limit
  /** Shown beside the selected cell. */
  hint: string
}

export function addValidation(lists: ListSheet, { sheet, area, limit, hint }: Validated): void {
  const common = {
    allowBlank: true,
    showInputMessage: hint !== '',
    prompt: hint.replace(/[\s\p{C}]+/gu, ' ').slice(0, 250),
    showErrorMessage: true,
    errorTitle: 'Not as the form asks',
  }
  // The library has this door, but its types do not.
  const { dataValidations } = sheet as unknown as {
    dataValidations: { add(area: string, validation: exceljs.DataValidation): void }
  }
  dataValidations.add(area, { ...common, ...ruleOf(lists, limit) })
}

// Excel's largest and smallest limits that it shows without an exponent.
const ANY = 1e15
const WARNING = 'warning'

function ruleOf(lists: ListSheet, limit: Limit) {
  switch (limit.type) {
    case 'list':
      return {
        type: 'list' as const,
        formulae: [lists.place(limit.labels)],
        errorStyle: limit.strict ? 'stop' : 'information',
        showErrorMessage: limit.strict,
        error: 'Choose one of the answers in the list.',
      }
    case 'number':
      return {
        type: limit.whole ? ('whole' as const) : ('decimal' as const),
        operator: 'between' as const,
        formulae: [limit.min ?? -ANY, limit.max ?? ANY],
        errorStyle: WARNING,
        error: 'The form asks for another number. Keep what you typed?',
      }
    case 'date':
      return {
        type: 'date' as const,
        operator: 'greaterThanOrEqual' as const,
        formulae: [new Date('1900-03-01T00:00:00Z')],
        errorStyle: WARNING,
        error: 'The form asks for a date, such as 2026-11-24. Keep what you typed?',
      }
    case 'length':
      return {
        type: 'textLength' as const,
        operator: 'lessThanOrEqual' as const,
        formulae: [limit.max],
        errorStyle: WARNING,
        error: `The form takes at most ${limit.max} characters here. Keep what you typed?`,
      }
  }
}
