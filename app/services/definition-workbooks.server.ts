/** Questionnaires as spreadsheets, and uploads that become drafts. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runWorkbookTask } from '#app/documents/workbook-tasks.server.ts'
import { writeDefinition } from '#questionnaires/write-definition.ts'
import { checkDefinitionText } from './check-definition.server.ts'
import { createDefinitionDraft } from './definitions.server.ts'
import { type EditionPick, getListedEdition } from './editions.server.ts'
import { RefusedError } from './errors.ts'
import { tidyFileName } from './file-name.ts'
import type { Member } from './member.ts'
import { readWhole, withFolder } from './temporary-files.server.ts'

export async function exportDefinitionTemplate(): Promise<Buffer> {
  return withFolder(async (folder) => {
    const path = join(folder, 'template.xlsx')
    await runWorkbookTask({ task: 'write-template', path })
    return readWhole(path)
  })
}

/** @throws NotFoundError */
export async function exportDefinitionWorkbook(member: Member, pick: EditionPick): Promise<Buffer> {
  const { found } = await getListedEdition(member, pick)
  return withFolder(async (folder) => {
    const path = join(folder, 'definition.xlsx')
    await runWorkbookTask({ task: 'write-template', path, edition: found.edition })
    return readWhole(path)
  })
}

export type UploadedDraft =
  | { outcome: 'draft'; draftId: string }
  /** A spreadsheet whose cells cannot be read as a form: there is no text that could be corrected here. */
  | { outcome: 'unreadable'; problems: { sheet: string; cell: string; message: string }[] }

/**
 * Makes a draft of a definition file, right or wrong: its problems are shown where it is corrected.
 * @throws RefusedError `not-text` for a file that is neither text nor a workbook, WorkbookError's codes
 */
export async function draftFromUpload(
  member: Member,
  file: { fileName: string; bytes: Buffer },
): Promise<UploadedDraft> {
  const name =
    tidyFileName(file.fileName)
      .replace(/\.[a-z]+$/i, '')
      .slice(0, 120) || 'Questionnaire'
  if (isZip(file.bytes)) return draftFromWorkbook(member, name, file.bytes)
  const text = readText(file.bytes)
  const checked = checkDefinitionText(text, file.fileName)
  const title = checked.ok ? `${checked.edition.form.title}, edition ${checked.edition.edition}` : name
  return { outcome: 'draft', draftId: await createDefinitionDraft(member, { name: title, text }) }
}

async function draftFromWorkbook(member: Member, name: string, bytes: Buffer): Promise<UploadedDraft> {
  return withFolder(async (folder) => {
    const path = join(folder, 'upload.xlsx')
    await writeFile(path, bytes)
    const read = await runWorkbookTask({ task: 'read-definition', path })
    if (!read.ok) return { outcome: 'unreadable', problems: read.problems }
    const text = writeDefinition(read.edition)
    return { outcome: 'draft', draftId: await createDefinitionDraft(member, { name, text }) }
  })
}

/** Every workbook of today is a ZIP archive. */
function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))
}

function readText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new RefusedError(
      'not-text',
      'This is neither UTF-8 text nor a spreadsheet. Save it as one of them.',
    )
  }
}
