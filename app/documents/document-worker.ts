/** Worker thread for one insurer's form: a foreign file cannot hold up a request or take the process with it. */
import { parentPort, workerData } from 'node:worker_threads'
import { DocumentError } from './carrier-document.ts'
import type { DocumentReply, DocumentTask } from './documents.server.ts'
import { fillForm, readForm } from './form-file.server.ts'
import { WorkbookError } from './workbook-error.ts'

async function answer(task: DocumentTask): Promise<DocumentReply> {
  try {
    return { ok: true, result: task.task === 'read' ? await readForm(task) : await fillForm(task) }
  } catch (error) {
    if (error instanceof DocumentError) {
      return { ok: false, kind: 'document', code: error.code, message: error.message }
    }
    if (error instanceof WorkbookError) {
      return { ok: false, kind: 'workbook', code: error.code, message: error.message }
    }
    throw error
  }
}

parentPort?.postMessage(await answer(workerData as DocumentTask))
