/** Opens an insurer's PDF as a form, or says clearly why it cannot be filled: the same door for reading and filling. */
import { DocumentError, MOST_FIELDS } from './carrier-document.ts'
import {
  damaged,
  type FormField,
  loadPdf,
  type PDF,
  type PDFForm,
  PdfArray,
  PdfDict,
  PdfRef,
} from './pdf-library.server.ts'
import { printable } from './workbook-cell.ts'

export interface OpenForm {
  pdf: PDF
  form: PDFForm
  /** Under the names that the reading gives them; two fields of one name are filled together. */
  fields: ReadonlyMap<string, FormField[]>
  notices: string[]
}

/** @throws DocumentError password, damaged, too-large, xfa, flat, signed, forbidden */
export async function openForm(path: string): Promise<OpenForm> {
  const pdf = await loadPdf(path)
  try {
    return judge(pdf)
  } catch (cause) {
    throw cause instanceof DocumentError ? cause : damaged(cause)
  }
}

function judge(pdf: PDF): OpenForm {
  const catalog = pdf.getCatalog()
  const resolve = resolverOf(pdf)
  const form = pdf.getForm()
  const fields = form?.getFields() ?? []
  const hasXfa = form?.acroForm().getDict().has('XFA') ?? false
  const isDrawn = fields.some((field) => field.getWidgets().length > 0)
  if (catalog.getBool('NeedsRendering', resolve)?.value === true || (hasXfa && !isDrawn)) {
    throw new DocumentError(
      'xfa',
      'This form exists only as XFA, which nothing but Adobe’s own programs can show or fill. Ask the insurer for a PDF with ordinary form fields, or for a spreadsheet.',
    )
  }
  const isFillable = ({ type }: FormField) => type !== 'button' && type !== 'signature' && type !== 'unknown'
  if (!form || !fields.some(isFillable)) {
    throw new DocumentError(
      'flat',
      'This PDF has no form fields, only lines to write on. Ask the insurer for the fillable form, or print it.',
    )
  }
  if (fields.length > MOST_FIELDS) {
    throw new DocumentError(
      'too-large',
      `The form has more than ${MOST_FIELDS} fields. Upload its parts one by one.`,
    )
  }
  if (isSigned(pdf, fields)) {
    throw new DocumentError(
      'signed',
      'This PDF is digitally signed, and filling it in would break the signature. Ask the insurer for the form before it was signed.',
    )
  }
  checkPermission(pdf)
  return { pdf, form, fields: nameFields(fields), notices: noticesOf(pdf, form, hasXfa) }
}

/** Not by /SigFlags: programs set it as soon as there is a field to sign in. */
function isSigned(pdf: PDF, fields: readonly FormField[]): boolean {
  const resolve = resolverOf(pdf)
  if (pdf.getCatalog().getDict('Perms', resolve)?.has('DocMDP')) return true
  return fields.some((field) => field.type === 'signature' && inherited(pdf, field, 'V') instanceof PdfDict)
}

/**
 * An author who forbids filling means it, although no key protects that wish: a form that comes back filled against
 * it may be refused by the insurer, so it is refused here. PDF 2.0 §7.6.4.2: bit 9 allows filling, also where bit 6
 * does not; before revision 3 there is only bit 6.
 */
function checkPermission(pdf: PDF): void {
  const { revision = 3, permissions } = pdf.getSecurity()
  const isAllowed = permissions.annotate || (revision >= 3 && permissions.fillForms)
  if (isAllowed) return
  throw new DocumentError(
    'forbidden',
    'The author of this PDF has forbidden to fill it in. Ask the insurer for a copy that may be filled.',
  )
}

function noticesOf(pdf: PDF, form: PDFForm, hasXfa: boolean): string[] {
  const resolve = resolverOf(pdf)
  const acroForm = form.acroForm().getDict()
  const notices: string[] = []
  if (hasXfa) {
    notices.push(
      'The form has a second layer of fields (XFA) beside the ordinary ones. The ordinary ones are filled and the second layer is removed from the filled copy, so that every program shows the same.',
    )
  }
  if (pdf.isEncrypted) {
    notices.push('The form is encrypted without a password. Filled copies stay encrypted in the same way.')
  }
  if (hasUsageRights(pdf)) {
    notices.push(
      'Adobe Reader’s extra rights for this form are removed from filled copies, because a changed file makes them invalid.',
    )
  }
  if ((acroForm.getArray('CO', resolve)?.length ?? 0) > 0) {
    notices.push(
      'The form computes some of its fields itself. It does so when the filled copy is opened, not here.',
    )
  }
  return notices
}

/** Rights that Adobe granted by a signature over the whole file; Reader refuses a form where it no longer fits. */
export function hasUsageRights(pdf: PDF): boolean {
  const perms = pdf.getCatalog().getDict('Perms', resolverOf(pdf))
  return perms !== undefined && (perms.has('UR') || perms.has('UR3'))
}

/** What databases refuse leaves the name; fields without any are counted. */
function nameFields(fields: readonly FormField[]): Map<string, FormField[]> {
  const named = new Map<string, FormField[]>()
  for (const [index, field] of fields.entries()) {
    const name = printable(field.name).slice(0, 900).trim() || `Field ${index + 1}`
    const before = named.get(name)
    if (!before) named.set(name, [field])
    else if (before[0]?.type === field.type) before.push(field)
    else named.set(`${name} (${index + 1})`, [field])
  }
  return named
}

export function resolverOf(pdf: PDF) {
  return (ref: PdfRef) => pdf.getObject(ref)
}

/** An entry of the field or of the nearest ancestor that has it (PDF 2.0 §12.7.4.1). */
export function inherited(pdf: PDF, field: FormField, key: string) {
  const resolve = resolverOf(pdf)
  let dict: PdfDict | undefined = field.acroField()
  // A circle of parents is longer than any real form is deep.
  for (let depth = 0; dict && depth < 64; depth++) {
    const value = dict.get(key, resolve)
    if (value !== undefined) return value
    dict = dict.getDict('Parent', resolve)
  }
  return undefined
}

/** By object number, the 1-based page of every annotation. */
export function pagesOfWidgets(pdf: PDF): ReadonlyMap<number, number> {
  const resolve = resolverOf(pdf)
  const pages = new Map<number, number>()
  for (const page of pdf.getPages()) {
    const annotations = page.dict.get('Annots', resolve)
    if (!(annotations instanceof PdfArray)) continue
    for (const item of annotations) {
      if (item instanceof PdfRef) pages.set(item.objectNumber, page.index + 1)
    }
  }
  return pages
}
