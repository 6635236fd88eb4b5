/** The XML inside workbooks: how text is escaped there, and how a part is walked through. */
import { ImportError } from '#evidence/importers/importer.ts'
import { createXmlReader, type XmlHandlers } from '#evidence/importers/xml-reader.ts'
import { WorkbookError } from './workbook-error.ts'

// What XML 1.0 cannot hold or would change, and what already looks like an escape.
const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|_(?=x[0-9A-Fa-f]{4})/g

/** Office writes `_x000D_` for a character that XML cannot hold (ECMA-376 22.9.2.19, ST_Xstring). */
export function encodeCellText(text: string): string {
  return text.replace(
    UNWRITABLE,
    (found) => `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  )
}

export function decodeCellText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** Hears elements with their text; `text` is what stood in the element itself, given when it closes. */
export interface PartHandlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string, text: string): void
}

/** @throws WorkbookError damaged, too-large */
export function readXml(bytes: Uint8Array, handlers: PartHandlers): void {
  const open: { name: string; text: string }[] = []
  const walk: XmlHandlers = {
    open(name, attributes) {
      open.push({ name, text: '' })
      handlers.open?.(name, attributes)
    },
    close() {
      const closed = open.pop()
      if (closed) handlers.close?.(closed.name, closed.text)
    },
    text(text) {
      const top = open.at(-1)
      if (top) top.text += text
    },
  }
  try {
    const reader = createXmlReader((collectText) => {
      collectText(true)
      return walk
    })
    reader.write(bytes)
    reader.end()
  } catch (cause) {
    if (!(cause instanceof ImportError)) throw cause
    throw new WorkbookError(
      cause.code === 'too-large' ? 'too-large' : 'damaged',
      'A part of the workbook cannot be read. Save it again as .xlsx, or ask for it once more.',
      { cause },
    )
  }
}

/** An attribute by its name without the prefix. */
export function attribute(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name]
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`))
  return prefixed === undefined ? undefined : attributes[prefixed]
}
