/** Worker thread for one workbook: a foreign file cannot hold up a request or take the process with it. */
import { parentPort, workerData } from 'node:worker_threads'
import { readApplicationWorkbook, writeApplicationWorkbook } from './application-workbook.server.ts'
import { readDefinitionWorkbook, writeDefinitionTemplate } from './definition-workbook.server.ts'
import { WorkbookError } from './workbook-error.ts'
import type { WorkbookReply, WorkbookTask } from './workbook-tasks.server.ts'

async function perform(task: WorkbookTask): Promise<unknown> {
  switch (task.task) {
    case 'write-application':
      return writeApplicationWorkbook(task)
    case 'read-application':
      return readApplicationWorkbook(task)
    case 'write-template':
      return writeDefinitionTemplate(task)
    case 'read-definition':
      return readDefinitionWorkbook(task)
  }
}

async function answer(): Promise<WorkbookReply> {
  try {
    return { ok: true, result: await perform(workerData as WorkbookTask) }
  } catch (error) {
    if (error instanceof WorkbookError) return { ok: false, code: error.code, message: error.message }
    throw error
  }
}

parentPort?.postMessage(await answer())
