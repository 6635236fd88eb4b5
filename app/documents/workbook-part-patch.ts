/** Asks the program that opens a workbook to compute its formulas again, because cells below them changed. */
import { tagAt, tagsOf, withoutAttribute } from './xml-patch.ts'

export function recalculateOnLoad(xml: string): string {
  const tags = [...tagsOf(xml)]
  const local = (name: string) => name.replace(/^.*:/, '')
  const settings = tags.find(({ name, kind }) => local(name) === 'calcPr' && kind !== 'close')
  if (settings) {
    const tag = withoutAttribute(xml.slice(settings.start, settings.end), 'fullCalcOnLoad')
    const end = tag.endsWith('/>') ? -2 : -1
    return `${xml.slice(0, settings.start)}${tag.slice(0, end)} fullCalcOnLoad="1"${tag.slice(end)}${xml.slice(settings.end)}`
  }
  // Its place is behind these, whichever of them come last (ECMA-376 18.2.27).
  const before = tags
    .filter(({ name, kind }) => kind !== 'close' && BEFORE.includes(local(name)))
    .map((tag) => ({
      name: tag.name,
      end: tag.kind === 'empty' ? tag.end : tagAt(xml, tag.end, tag.name).end,
    }))
    .at(-1)
  if (!before) return xml
  const prefix = before.name.slice(0, before.name.length - local(before.name).length)
  return `${xml.slice(0, before.end)}<${prefix}calcPr fullCalcOnLoad="1"/>${xml.slice(before.end)}`
}

const BEFORE = ['sheets', 'functionGroups', 'externalReferences', 'definedNames']
