/** Looks that show a day number as a date, added to a workbook's own for cells that had none. */
import { WorkbookError } from './workbook-error.ts'
import { tagAt, tagsOf, withoutAttribute } from './xml-patch.ts'

// The built-in short date, shown in the order of the reader's own country (ECMA-376 18.8.30).
const SHORT_DATE = 14

/**
 * Adds, for each style asked for, a copy that shows dates.
 * @returns the changed part, and by old style the new one
 */
export function addDateStyles(
  xml: string,
  asked: readonly number[],
): { xml: string; styles: ReadonlyMap<number, number> } {
  const list = [...tagsOf(xml)].find(({ name, kind }) => /(^|:)cellXfs$/.test(name) && kind === 'open')
  if (!list) throw new WorkbookError('damaged', 'The workbook has no cell styles. Save it again in Excel.')
  const close = tagAt(xml, list.end, list.name)
  const own = formatsIn(xml.slice(list.end, close.start))
  const wanted = [...new Set(asked)]
  const added = wanted.map((style) => asDate(own[style] ?? own[0] ?? '<xf xfId="0"/>'))
  const count = own.length + added.length
  const head = `${withoutAttribute(xml.slice(list.start, list.end), 'count').slice(0, -1)} count="${count}">`
  return {
    xml:
      xml.slice(0, list.start) +
      head +
      xml.slice(list.end, close.start) +
      added.join('') +
      xml.slice(close.start),
    styles: new Map(wanted.map((style, index) => [style, own.length + index])),
  }
}

/** The text of each format in the list. */
function formatsIn(xml: string): string[] {
  const formats: string[] = []
  let start = -1
  for (const { name, kind, start: at, end } of tagsOf(xml)) {
    if (!/(^|:)xf$/.test(name)) continue
    if (kind === 'empty') formats.push(xml.slice(at, end))
    else if (kind === 'open') start = at
    else formats.push(xml.slice(start, end))
  }
  return formats
}

function asDate(format: string): string {
  const end = format.indexOf('>')
  const isEmpty = format[end - 1] === '/'
  const head = format.slice(0, isEmpty ? end - 1 : end)
  const bare = withoutAttribute(withoutAttribute(head, 'numFmtId'), 'applyNumberFormat')
  return `${bare} numFmtId="${SHORT_DATE}" applyNumberFormat="1"${format.slice(isEmpty ? end - 1 : end)}`
}
