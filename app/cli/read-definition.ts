/** A form as the command line names it: a file of YAML or JSON, a workbook, or an edition of the built-in library. */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { WorkbookError } from '#app/documents/workbook-error.ts'
import { runWorkbookTask } from '#app/documents/workbook-tasks.server.ts'
import { checkDefinitionText, listKnownWords } from '#app/services/check-definition.server.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { editionFile } from '#questionnaires/editions.ts'
import { findLibraryFolder } from '#questionnaires/library.server.ts'
import { explainUnread } from './terminal-text.ts'

export type Problem =
  | { line: number; column: number; message: string }
  | { sheet: string; cell: string; message: string }

export type DefinitionReading =
  | { status: 'valid'; edition: Edition }
  | { status: 'invalid'; problems: Problem[] }
  | { status: 'unreadable'; reason: string }

/** Four bytes are the most that a character takes; a longer text is refused by its length, with a sentence. */
const MOST_BYTES = 4_000_004

export async function readDefinitionFile(file: string): Promise<DefinitionReading> {
  let bytes: Buffer
  try {
    bytes = await readStart(resolve(file))
  } catch (error) {
    return { status: 'unreadable', reason: explainUnread(error) }
  }
  if (bytes.subarray(0, 4).equals(ZIP)) return readWorkbook(resolve(file))
  return readText(bytes, file)
}

/** @param name a file, or `form-code@edition` for a built-in edition; `./` before it makes that a file as well */
export async function readDefinition(name: string): Promise<DefinitionReading> {
  const [, formCode, edition] = /^([a-z][a-z0-9-]*)@([0-9.]+)$/.exec(name) ?? []
  if (!formCode || !edition) return readDefinitionFile(name)
  const file = editionFile(formCode, edition)
  try {
    return readText(await readFile(join(findLibraryFolder(), file)), file)
  } catch {
    return { status: 'unreadable', reason: 'The built-in library has no such edition.' }
  }
}

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04])

/** No more than a form can have, whatever the file is; a pipe will do. */
async function readStart(path: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { end: MOST_BYTES - 1 })) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function readText(bytes: Buffer, file: string): DefinitionReading {
  const parsed = checkDefinitionText(new TextDecoder().decode(bytes), file)
  if (parsed.ok) return { status: 'valid', edition: parsed.edition }
  const problems = parsed.problems.map(({ line, column, message }) => ({ line, column, message }))
  return { status: 'invalid', problems }
}

async function readWorkbook(path: string): Promise<DefinitionReading> {
  try {
    const reading = await runWorkbookTask({ task: 'read-definition', path, words: listKnownWords() })
    if (reading.ok) return { status: 'valid', edition: reading.edition }
    const problems = reading.problems.map(({ sheet, cell, message }) => ({ sheet, cell, message }))
    return { status: 'invalid', problems }
  } catch (error) {
    if (error instanceof WorkbookError) return { status: 'unreadable', reason: error.message }
    throw error
  }
}

/** `form.yaml:12:3 …`, as editors and terminals open it; `form.xlsx:Questions!B3 …` */
export function problemInWords(file: string, problem: Problem): string {
  const place = 'line' in problem ? `${problem.line}:${problem.column}` : `${problem.sheet}!${problem.cell}`
  return `${file}:${place} ${problem.message}`
}
