/** Finds the tags of well-formed XML by their places, for changes that leave the rest of the text alone. */
import { WorkbookError } from './workbook-error.ts'

export interface Tag {
  /** With its prefix. */
  name: string
  kind: 'open' | 'close' | 'empty'
  start: number
  end: number
  attribute(name: string): string | undefined
}

// Comments, CDATA and instructions are passed over as wholes: what looks like a tag in them is none.
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s/>!?]+)((?:"[^"]*"|'[^']*'|[^"'>])*?)(\/?)>/g

export function* tagsOf(xml: string, from = 0): Generator<Tag> {
  const markup = new RegExp(MARKUP)
  markup.lastIndex = from
  for (let match = markup.exec(xml); match; match = markup.exec(xml)) {
    const [whole, slash, name, attributes = '', empty] = match
    if (name === undefined) continue
    yield {
      name,
      kind: slash ? 'close' : empty ? 'empty' : 'open',
      start: match.index,
      end: match.index + whole.length,
      attribute: (wanted) => attributeIn(attributes, wanted),
    }
  }
}

function attributeIn(attributes: string, wanted: string): string | undefined {
  for (const [, name, double, single] of attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name === wanted) return double ?? single
  }
  return undefined
}

/** The next closing tag of this name; cells do not nest. @throws WorkbookError damaged */
export function tagAt(xml: string, from: number, name: string): Tag {
  for (const tag of tagsOf(xml, from)) if (tag.name === name && tag.kind === 'close') return tag
  throw new WorkbookError('damaged', 'A sheet of the workbook is damaged. Save it again in Excel.')
}

/** @param start the beginning of a tag, not yet closed */
export function withAttribute(start: string, name: string, value: string): string {
  return `${start} ${name}="${escapeXml(value)}"`
}

export function withoutAttribute(tag: string, name: string): string {
  return tag.replace(new RegExp(`\\s${name}\\s*=\\s*("[^"]*"|'[^']*')`), '')
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}

/** @throws WorkbookError damaged for anything but UTF-8, which every program writes */
export function decodePart(bytes: Uint8Array): string {
  try {
    const xml = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const declared = /^\uFEFF?<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/i.exec(xml)?.[1] ?? 'utf-8'
    if (/^(utf-?8|us-ascii)$/i.test(declared)) return xml
  } catch {
    // Said below.
  }
  throw new WorkbookError(
    'damaged',
    'The workbook is written in an unusual encoding. Save it again in Excel.',
  )
}
