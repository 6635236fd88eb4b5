/** The one door to the PDF library for forms: what is used of it, and how a file from strangers is opened with it. */
import { readFile, stat } from 'node:fs/promises'
import { PDF } from '@libpdf/core'
import { DocumentError } from './carrier-document.ts'

export {
  type CheckboxField,
  type DropdownField,
  type EmbeddedFont,
  type FormField,
  type ListBoxField,
  type PDF,
  type PDFForm,
  PdfArray,
  PdfBool,
  PdfDict,
  PdfName,
  PdfNumber,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
  type RadioField,
  type TextField,
} from '@libpdf/core'

// The forms of insurers are below 5 MB; beyond this, somebody scanned or attached something.
const MAXIMUM_FILE_BYTES = 25 * 1024 * 1024
const MAXIMUM_PAGES = 500

/**
 * Opens with the empty user password, which is what "encrypted" means for most forms.
 * @throws DocumentError too-large, password, damaged
 */
export async function loadPdf(path: string): Promise<PDF> {
  const { size } = await stat(path)
  if (size > MAXIMUM_FILE_BYTES) throw tooLarge()
  const bytes = await readFile(path)
  const pdf = await parsePdf(bytes)
  if (pdf.isEncrypted && !pdf.isAuthenticated) throw locked()
  if (pdf.getPageCount() > MAXIMUM_PAGES) throw tooLarge()
  if (pdf.getPageCount() === 0) throw damaged()
  return pdf
}

/** @throws DocumentError password, damaged */
export async function parsePdf(bytes: Uint8Array): Promise<PDF> {
  try {
    return await PDF.load(bytes)
  } catch (cause) {
    // Locked object streams look like damage; the trailer that says so is never locked itself.
    if (
      /\/Encrypt\s+\d+\s+\d+\s+R/.test(
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
      )
    ) {
      throw locked(cause)
    }
    throw damaged(cause)
  }
}

/**
 * Written anew, with the encryption it came with. The library writes a name where plain metadata is announced by a
 * boolean, so that no reader finds the key; a space instead of the slash makes it one without moving a byte.
 */
export async function savePdf(pdf: PDF): Promise<Uint8Array> {
  const bytes = await pdf.save()
  const wrong = Buffer.from('/EncryptMetadata /false')
  const at = pdf.isEncrypted
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(wrong)
    : -1
  if (at >= 0) bytes[at + wrong.indexOf('/false')] = 0x20
  return bytes
}

/** The library reports damage as plain errors from wherever it meets it. */
export function damaged(cause?: unknown): DocumentError {
  return new DocumentError(
    'damaged',
    'The PDF is damaged and cannot be read. Open it in a PDF program and save it again, or ask the insurer for it once more.',
    { cause },
  )
}

function locked(cause?: unknown): DocumentError {
  return new DocumentError(
    'password',
    'The PDF asks for a password before it opens. Ask the insurer for a copy without one.',
    { cause },
  )
}

function tooLarge(): DocumentError {
  return new DocumentError(
    'too-large',
    'The PDF is far larger than a form can be. Upload the form alone, without attachments.',
  )
}
