/** Writes and reads workbooks off the request thread, each in a worker with bounded time and memory. */
import type { Answers } from '#questionnaires/answers.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import type { Edition } from '#questionnaires/definition.ts'
import type { KnownWords } from '#questionnaires/question-checks.ts'
import type { WorkbookReading } from './application-workbook.server.ts'
import type { DefinitionReading } from './definition-workbook.server.ts'
import { runWorker, type WorkerFailure } from './run-worker.server.ts'
import { WorkbookError, type WorkbookErrorCode } from './workbook-error.ts'

interface Asked {
  edition: Edition
  editionSha256: string
  now: Date
}

export type WorkbookTask =
  | ({
      task: 'write-application'
      path: string
      application: { id: string; clientName: string; preparedBy: string }
      answers: Answers
      circumstances: Circumstances
    } & Asked)
  | ({ task: 'read-application'; path: string; applicationId: string } & Asked)
  | { task: 'write-template'; path: string; edition?: Edition }
  | { task: 'read-definition'; path: string; words?: KnownWords }

interface Results {
  'write-application': undefined
  'read-application': WorkbookReading
  'write-template': undefined
  'read-definition': DefinitionReading
}

/** What the worker says: the result, or an error as plain data, for errors lose their class between threads. */
export type WorkbookReply =
  | { ok: true; result: unknown }
  | { ok: false; code: WorkbookErrorCode; message: string }

// A workbook of 300 questions takes about a second; whatever needs a minute has gone wrong.
const LIMITS = { source: 'app/documents/workbook-worker.ts', timeoutMs: 60_000, memoryMb: 512 }

/** @throws WorkbookError whatever is wrong with the file; `timeout` and `damaged` also for files made to exhaust us */
export async function runWorkbookTask<Task extends WorkbookTask>(task: Task): Promise<Results[Task['task']]> {
  const reply = await runWorker<WorkbookReply>(LIMITS, task, explain)
  if (!reply.ok) throw new WorkbookError(reply.code, reply.message)
  return reply.result as Results[Task['task']]
}

function explain(failure: WorkerFailure, cause?: Error): WorkbookError {
  if (failure === 'timeout') {
    return new WorkbookError('timeout', 'The workbook takes too long to read. Send a smaller one.')
  }
  const message =
    failure === 'memory'
      ? 'The workbook needs more memory than it may use. Send a smaller one.'
      : 'The workbook could not be read. Save it again as .xlsx and try once more.'
  return new WorkbookError('damaged', message, { cause })
}
