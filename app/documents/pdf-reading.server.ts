/** The fields of an insurer's PDF in reading order, with what a person needs to recognise each. */
import { type DocumentField, type DocumentReading, MOST_OPTIONS } from './carrier-document.ts'
import { isTelling, readableName, tooltipOf } from './field-label.ts'
import { fieldFormat } from './pdf-field-format.ts'
import { inherited, type OpenForm, openForm, pagesOfWidgets } from './pdf-form.server.ts'
import type { FormField, PDF } from './pdf-library.server.ts'
import { PdfNumber, PdfString } from './pdf-library.server.ts'
import { type Box, labelBeside, type PageWords, wordsOfPage } from './pdf-nearby-text.ts'
import { optionsOfField } from './pdf-options.server.ts'
import { printable } from './workbook-cell.ts'

interface Found {
  page: number
  box: Box
  field: DocumentField
}

/** @throws DocumentError as `openForm` */
export async function readPdf(path: string): Promise<DocumentReading> {
  const open = await openForm(path)
  const pages = pagesOfWidgets(open.pdf)
  const wordsOn = pageReader(open.pdf)
  const found: Found[] = []
  let unseen = 0
  for (const [name, [field]] of open.fields) {
    if (!field || field.type === 'button') continue
    const seen = placeOf(field, pages)
    if (seen) found.push({ ...seen, field: describe(open, { name, field, wordsOn, ...seen }) })
    else unseen += 1
  }
  const notices = [...open.notices]
  if (unseen > 0) notices.push(`${unseen} hidden ${unseen === 1 ? 'field is' : 'fields are'} left alone.`)
  return {
    kind: 'pdf',
    pages: open.pdf.getPageCount(),
    notices,
    fields: found.sort(inReadingOrder).map(({ field }) => field),
  }
}

/** The first place where the field shows, or null for one that nobody sees. */
function placeOf(field: FormField, pages: ReadonlyMap<number, number>): { page: number; box: Box } | null {
  for (const widget of field.getWidgets()) {
    const page = widget.ref ? pages.get(widget.ref.objectNumber) : undefined
    const [x1, y1, x2, y2] = widget.rect
    // Bit 6 (NoView): printed or sent along, never shown.
    const isShown = !widget.isHidden() && (widget.flags & 32) === 0 && x1 !== x2 && y1 !== y2
    if (page !== undefined && isShown) {
      const box = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: widget.width, height: widget.height }
      return { page, box }
    }
  }
  return null
}

// Fields of one line seldom stand on exactly one height.
const SAME_LINE_POINTS = 6

function inReadingOrder(a: Found, b: Found): number {
  if (a.page !== b.page) return a.page - b.page
  const lineOf = ({ box }: Found) => Math.round((box.y + box.height / 2) / SAME_LINE_POINTS)
  return lineOf(b) - lineOf(a) || a.box.x - b.box.x
}

interface Described {
  name: string
  field: FormField
  page: number
  box: Box
  wordsOn(page: number): PageWords
}

function describe({ pdf }: OpenForm, { name, field, page, box, wordsOn }: Described): DocumentField {
  const kind = kindOf(field)
  const tooltip = tooltipOf(printable(field.alternateName ?? ''), field.partialName)
  const called = readableName(printable(field.name))
  const beside = () => labelBeside(wordsOn(page), box, kind === 'checkbox', isTelling(called) ? called : '')
  const label = tooltip || beside() || called
  const maxLength = inherited(pdf, field, 'MaxLen')
  return {
    name,
    label: label.slice(0, 400),
    kind,
    readOnly: field.isReadOnly() || kind === 'other',
    options: optionsOfField(pdf, field, (widgetBox) => labelBeside(wordsOn(page), widgetBox, true))
      .map(({ shown }) => shown)
      .slice(0, MOST_OPTIONS),
    ...(kind === 'text' && maxLength instanceof PdfNumber && maxLength.value > 0
      ? { maxLength: Math.floor(maxLength.value) }
      : {}),
    ...(kind === 'text' ? fieldFormat(scriptsOf(pdf, field), `${label} ${tooltip}`) : {}),
    place: { page },
  }
}

function kindOf(field: FormField): DocumentField['kind'] {
  switch (field.type) {
    case 'text': {
      const { isPassword, isFileSelect } = field as FormField & { isPassword: boolean; isFileSelect: boolean }
      return isPassword || isFileSelect ? 'other' : 'text'
    }
    case 'checkbox':
    case 'radio':
    case 'dropdown':
    case 'signature':
    case 'button':
      return field.type
    case 'listbox':
      return 'list'
    default:
      return 'other'
  }
}

/** The scripts that format a field say how it wants its value; they are read and never run. */
function scriptsOf(pdf: PDF, field: FormField): string {
  const resolve = (ref: Parameters<PDF['getObject']>[0]) => pdf.getObject(ref)
  const actions = field.acroField().getDict('AA', resolve)
  return ['F', 'K']
    .map((key) => actions?.getDict(key, resolve)?.get('JS', resolve))
    .map((script) => (script instanceof PdfString ? script.asString().slice(0, 500) : ''))
    .join(' ')
}

// Text far into a long document costs more than it tells.
const MOST_PAGES_READ = 60

function pageReader(pdf: PDF): (page: number) => PageWords {
  const read = new Map<number, PageWords>()
  return (page) => {
    const known = read.get(page)
    if (known) return known
    const words = page <= MOST_PAGES_READ ? wordsOfPage(pdf.getPage(page - 1)) : []
    read.set(page, words)
    return words
  }
}
