/** The offline path: an application goes out as a workbook and comes back; what changes is shown before it is taken. */
import { join } from 'node:path'
import { z } from 'zod'
import { compareAnswers } from '#app/documents/answer-changes.ts'
import { runWorkbookTask } from '#app/documents/workbook-tasks.server.ts'
import type { Tx } from '#db/client.server.ts'
import * as documents from '#db/queries/documents.server.ts'
import type { StoredFile } from '#evidence/store/store.ts'
import { Answer } from '#questionnaires/answers.ts'
import { recordAnswerIn } from './answers.server.ts'
import { frozen, NotFoundError, RefusedError } from './errors.ts'
import { tidyFileName } from './file-name.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { loadReadiness } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'
import { copyStored, readWhole, withFolder } from './temporary-files.server.ts'

/** What a workbook said when it was read; kept so that the preview and the decision see the same. */
const WorkbookReading = z.object({
  answers: z.record(z.string(), Answer.nullable()),
  problems: z.array(
    z.object({
      sheet: z.string(),
      cell: z.string(),
      questionId: z.string().nullable(),
      message: z.string(),
    }),
  ),
  notices: z.array(z.string()),
  notes: z.record(z.string(), z.string()),
})

/** The application as a workbook for somebody without an account. */
export async function exportWorkbook(
  member: Member,
  applicationId: string,
): Promise<{ name: string; bytes: Buffer }> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const loaded = await database.inOrganisation(organisationId, (tx) =>
    loadReadiness(tx, organisationId, applicationId, now),
  )
  const { application, client, edition, input } = loaded
  const bytes = await withFolder(async (folder) => {
    const path = join(folder, 'application.xlsx')
    await runWorkbookTask({
      task: 'write-application',
      path,
      application: {
        id: applicationId,
        clientName: client.legalName,
        preparedBy: `${member.name}, ${member.organisationName}`,
      },
      edition,
      editionSha256: application.editionSha256,
      answers: input.answers,
      circumstances: input.circumstances,
      now,
    })
    return readWhole(path)
  })
  await database.inOrganisation(organisationId, (tx) =>
    recordInLedger(tx, organisationId, {
      kind: 'workbook.exported',
      actor: actorOf(member),
      at: now,
      payload: { applicationId },
    }),
  )
  return { name: `${client.legalName} - ${edition.form.title}.xlsx`, bytes }
}

/**
 * Reads a workbook that came back; nothing is answered yet.
 * @returns the id of what was read
 * @throws WorkbookError for another application's or edition's workbook, macros, damage; RefusedError `frozen`
 */
export async function receiveWorkbook(
  member: Member,
  applicationId: string,
  stored: StoredFile,
  fileName: string,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const { application, edition } = await database.inOrganisation(organisationId, (tx) =>
    loadReadiness(tx, organisationId, applicationId, now),
  )
  if (application.state === 'frozen') throw frozen()
  const reading = await withFolder(async (folder) => {
    const path = await copyStored(folder, organisationId, { sha256: stored.sha256, name: 'workbook.xlsx' })
    return runWorkbookTask({
      task: 'read-application',
      path,
      edition,
      editionSha256: application.editionSha256,
      applicationId,
      now,
    })
  })
  const id = newId()
  await database.inOrganisation(organisationId, (tx) =>
    documents.insertWorkbookImport(tx, organisationId, {
      id,
      applicationId,
      sha256: stored.sha256,
      fileName: tidyFileName(fileName),
      reading: WorkbookReading.parse(reading),
      uploadedBy: member.userId,
      uploadedByName: member.name,
      uploadedAt: now,
    }),
  )
  return id
}

async function loadImport(tx: Tx, organisationId: string, workbookId: string, now: Date) {
  const row = await documents.findWorkbookImport(tx, organisationId, workbookId)
  if (!row) throw new NotFoundError('No such workbook')
  const loaded = await loadReadiness(tx, organisationId, row.applicationId, now)
  const reading = WorkbookReading.parse(row.reading)
  return {
    row,
    reading,
    loaded,
    changes: compareAnswers(loaded.edition, loaded.input.answers, reading.answers),
  }
}

/** What taking the workbook over would change, against the answers of this moment. */
export async function getWorkbook(member: Member, workbookId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const { row, reading, loaded, changes } = await loadImport(tx, organisationId, workbookId, clock())
    const versions = new Map(loaded.answerRows.map(({ questionId, version }) => [questionId, version]))
    return {
      workbook: {
        id: row.id,
        fileName: row.fileName,
        state: row.state,
        uploadedByName: row.uploadedByName,
        uploadedAt: row.uploadedAt,
        settledAt: row.settledAt,
      },
      application: { id: row.applicationId, state: loaded.application.state },
      client: { id: loaded.client.id, legalName: loaded.client.legalName },
      form: { title: loaded.edition.form.title, edition: loaded.edition.edition },
      changes: changes.map((change) => ({ ...change, seenVersion: versions.get(change.questionId) ?? 0 })),
      problems: reading.problems,
      notices: reading.notices,
      notes: reading.notes,
    }
  })
}

/**
 * Takes over the changes that were chosen, together or not at all.
 * @param chosen question ids with the version of the answer that the preview showed
 * @throws RefusedError `settled`, `frozen`, `answer-changed` when somebody answered in between
 */
export async function applyWorkbook(
  member: Member,
  workbookId: string,
  chosen: Readonly<Record<string, number>>,
): Promise<string> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { row, reading, changes } = await loadImport(tx, organisationId, workbookId, at)
    const isOpen = await documents.settleWorkbookImport(tx, organisationId, {
      id: workbookId,
      state: 'applied',
      settledAt: at,
    })
    if (!isOpen) throw new RefusedError('settled', 'This workbook was taken over or thrown away already.')
    const taken = changes.filter(({ questionId }) => Object.hasOwn(chosen, questionId))
    for (const { questionId, prompt } of taken) {
      const saved = await recordAnswerIn(
        tx,
        member,
        {
          applicationId: row.applicationId,
          questionId,
          answer: reading.answers[questionId] ?? null,
          seenVersion: chosen[questionId] ?? 0,
        },
        at,
      )
      if (saved.outcome === 'frozen') throw frozen()
      if (saved.outcome !== 'saved') {
        throw new RefusedError(
          'answer-changed',
          `“${prompt}” was answered by somebody else in the meantime. Nothing was taken over; reload the page and look again.`,
        )
      }
    }
    await recordInLedger(tx, organisationId, {
      kind: 'workbook.applied',
      actor: actorOf(member),
      at,
      payload: {
        workbookId,
        applicationId: row.applicationId,
        sha256: row.sha256,
        questions: taken.map(({ questionId }) => questionId),
      },
    })
    return row.applicationId
  })
}

export async function discardWorkbook(member: Member, workbookId: string): Promise<string> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await documents.findWorkbookImport(tx, organisationId, workbookId)
    if (!row) throw new NotFoundError('No such workbook')
    await documents.settleWorkbookImport(tx, organisationId, {
      id: workbookId,
      state: 'discarded',
      settledAt: clock(),
    })
    return row.applicationId
  })
}

export async function listWorkbooks(member: Member, applicationId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const rows = await documents.listWorkbookImports(tx, organisationId, applicationId)
    return rows.map(({ id, fileName, state, uploadedByName, uploadedAt }) => ({
      id,
      fileName,
      state,
      uploadedByName,
      uploadedAt,
    }))
  })
}
