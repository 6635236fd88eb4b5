/** Reads and fills insurers' own forms off the request thread, each in a worker with bounded time and memory. */
import type { Answered } from './answer-part.ts'
import {
  DocumentError,
  type DocumentErrorCode,
  type DocumentMapping,
  type DocumentReading,
  type FilledDocument,
} from './carrier-document.ts'
import { runWorker, type WorkerFailure } from './run-worker.server.ts'
import { WorkbookError, type WorkbookErrorCode } from './workbook-error.ts'

export interface Filling extends Answered {
  path: string
  outPath: string
  reading: DocumentReading
  mapping: DocumentMapping
}

export type DocumentTask = { task: 'read'; path: string; name: string } | ({ task: 'fill' } & Filling)

/** What the worker says: the result, or an error as plain data, for errors lose their class between threads. */
export type DocumentReply =
  | { ok: true; result: unknown }
  | { ok: false; kind: 'document'; code: DocumentErrorCode; message: string }
  | { ok: false; kind: 'workbook'; code: WorkbookErrorCode; message: string }

// A form of 400 fields takes two seconds; whatever needs a minute has gone wrong.
const LIMITS = { source: 'app/documents/document-worker.ts', timeoutMs: 60_000, memoryMb: 512 }

/**
 * Lists the fields of a form, whatever its file is called.
 * @param name what people call the file
 * @throws DocumentError not-a-form, flat, password, xfa, signed, forbidden, damaged, too-large, timeout
 * @throws WorkbookError encrypted, damaged, too-large, macros
 */
export async function readDocument(path: string, { name }: { name: string }): Promise<DocumentReading> {
  return run({ task: 'read', path, name })
}

/**
 * Writes a filled copy. Only confirmed answers of questions that apply are put in; what is left empty is listed.
 * @throws DocumentError, WorkbookError as `readDocument`
 */
export async function fillDocument(filling: Filling): Promise<FilledDocument> {
  return run({ task: 'fill', ...filling })
}

async function run<Result>(task: DocumentTask): Promise<Result> {
  const reply = await runWorker<DocumentReply>(LIMITS, task, explain)
  if (reply.ok) return reply.result as Result
  if (reply.kind === 'workbook') throw new WorkbookError(reply.code, reply.message)
  throw new DocumentError(reply.code, reply.message)
}

function explain(failure: WorkerFailure, cause?: Error): DocumentError {
  switch (failure) {
    case 'timeout':
      return new DocumentError('timeout', 'The form takes too long to read. Upload a simpler copy of it.', {
        cause,
      })
    case 'memory':
      return new DocumentError(
        'too-large',
        'The form needs more memory than it may use. Upload it without pictures and attachments.',
        { cause },
      )
    case 'crash':
      return new DocumentError(
        'damaged',
        'The form could not be read. Open it in the program it was made with, save it again and try once more.',
        { cause },
      )
  }
}
