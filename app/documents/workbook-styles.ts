/** Which cell styles of a workbook show a number as a date or as a percentage. */
import { readXml } from './workbook-xml.ts'

export type NumberFormat = 'plain' | 'percent' | 'date'

/** By index of `cellXfs`, the number that a cell's `s` attribute gives. @throws WorkbookError damaged */
export function readNumberFormats(styles: Uint8Array): NumberFormat[] {
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCellFormats = false
  readXml(styles, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') inCellFormats = true
      if (name === 'xf' && inCellFormats) formats.push(Number(attributes.numFmtId ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return formats.map((id) => classify(id, codes.get(id)))
}

/** Built-in ids by ECMA-376 18.8.30; 27–36 and 50–58 are the dates of East Asian locales. */
function classify(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) {
    if (id === 9 || id === 10) return 'percent'
    const isDate = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47)
    return isDate || (id >= 50 && id <= 58) ? 'date' : 'plain'
  }
  // Quoted words, escaped letters, colours and locales say nothing about the kind.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  if (bare.includes('%')) return 'percent'
  return /[ymdhs]/i.test(bare.replace(/general/gi, '')) ? 'date' : 'plain'
}
