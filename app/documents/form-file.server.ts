/** An insurer's form by what its file begins with, not by its name: a PDF or a workbook, read and filled alike. */
import { open } from 'node:fs/promises'
import { DocumentError, type DocumentReading, type FilledDocument } from './carrier-document.ts'
import type { Filling } from './documents.server.ts'
import { fillPdf } from './pdf-filling.server.ts'
import { readPdf } from './pdf-reading.server.ts'
import { planFilling } from './plan-filling.ts'
import { fillXlsx } from './xlsx-filling.server.ts'
import { readXlsx } from './xlsx-reading.server.ts'

/** @throws DocumentError, WorkbookError */
export async function readForm({ path, name }: { path: string; name: string }): Promise<DocumentReading> {
  return (await kindOf(path, name)) === 'pdf' ? readPdf(path) : readXlsx(path)
}

/** @throws DocumentError, WorkbookError */
export async function fillForm(filling: Filling): Promise<FilledDocument> {
  const { path, outPath, reading, mapping } = filling
  const plan = planFilling(reading, mapping, filling)
  return reading.kind === 'pdf' ? fillPdf(path, outPath, plan) : fillXlsx(path, outPath, plan)
}

async function kindOf(path: string, name: string): Promise<DocumentReading['kind']> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
    const head = buffer.subarray(0, bytesRead)
    // Readers take a PDF whose header comes within the first kilobyte.
    if (head.includes('%PDF-')) return 'pdf'
    const start = head.toString('hex', 0, 4)
    if (start === '504b0304' && !/\.(docx|docm|odt|ods|pptx|zip)$/i.test(name)) return 'xlsx'
    // Office keeps locked workbooks in the container of the old formats; what it is, is said there.
    if (start === 'd0cf11e0' && !/\.(doc|dot|ppt)$/i.test(name)) return 'xlsx'
  } finally {
    await file.close()
  }
  throw new DocumentError(
    'not-a-form',
    /\.(docx?|docm|odt|rtf|pages)$/i.test(name)
      ? 'This is a text document. Save it as a PDF with form fields, or ask the insurer for a fillable PDF or a spreadsheet.'
      : 'This file is neither a PDF nor an Excel workbook (.xlsx). Upload the insurer’s fillable form as one of these.',
  )
}
