/** The offline path: an application as a workbook that somebody without an account fills in, and back. */
import type { Answers } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import {
  addCoverSheet,
  addIdentitySheet,
  addWordsSheet,
  fillCoverSheet,
  type WorkbookOrigin,
} from './application-cover.server.ts'
import { checkIdentity } from './application-identity.ts'
import { readAnswers, type WorkbookReading } from './application-reading.ts'
import { addSectionSheet } from './application-sheets.server.ts'
import { createWorkbook } from './workbook-look.server.ts'
import { LISTS_SHEET } from './workbook-rows.ts'
import { readWorkbook } from './workbook-sheets.server.ts'
import { addListSheet } from './workbook-validation.server.ts'

export type { WorkbookProblem, WorkbookReading } from './application-reading.ts'

/**
 * Writes a sheet for each section and each table, with lists to choose from and everything but the answers locked.
 * Attached files are named and do not travel.
 */
export async function writeApplicationWorkbook(
  input: WorkbookOrigin & { path: string; answers: Answers; circumstances: Circumstances },
): Promise<void> {
  const { edition, answers, circumstances, now } = input
  const workbook = createWorkbook(now, `${edition.form.title}: ${input.application.clientName}`)
  const cover = addCoverSheet(workbook)
  const lists = addListSheet(workbook, LISTS_SHEET)
  const content = { edition, answers, applicable: applicableQuestions(edition, answers, circumstances) }
  const sections = []
  for (const [index, section] of edition.sections.entries()) {
    const sheetName = await addSectionSheet(workbook, lists, content, { section, number: index + 1 })
    sections.push({ title: section.title, sheetName, questions: section.questions.length })
  }
  await addWordsSheet(workbook, edition)
  await fillCoverSheet(cover, input, sections)
  addIdentitySheet(workbook, input)
  await workbook.xlsx.writeFile(input.path)
}

/**
 * Reads a workbook that came back. Nothing in it is computed, run or followed; each answer is held against its
 * question, and one that does not fit is a problem at its cell instead of an answer.
 * @throws WorkbookError not-a-workbook, encrypted, damaged, too-large, not-ours, newer-layout, other-application,
 *   other-edition
 */
export async function readApplicationWorkbook(input: {
  path: string
  edition: WorkbookOrigin['edition']
  editionSha256: string
  applicationId: string
  now: Date
}): Promise<WorkbookReading> {
  const { sheets, extras } = await readWorkbook(input.path)
  checkIdentity(sheets, input)
  const notices = []
  if (extras.macros)
    notices.push('The workbook carries macros. They were not run, and nothing of them is kept.')
  if (extras.externalLinks) notices.push('The workbook links to other files. No link was followed.')
  if (extras.embeddedFiles) notices.push('The workbook carries other files inside. They were left alone.')
  const reading = readAnswers({ sheets, edition: input.edition, now: input.now })
  return { ...reading, notices: [...notices, ...reading.notices] }
}
