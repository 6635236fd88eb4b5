/** Signs a report off the request thread: reading and writing a large PDF takes a second or more. */
import type { Worker } from 'node:worker_threads'
import type { SigningIdentity } from './keys.server.ts'
import { runReportThread } from './report-thread.server.ts'
import type { AttachedFile, SignRequest } from './sign.server.ts'
import type { SignatureSlot } from './signing-order.ts'
import type { Statement } from './statement.ts'

/** What the thread is given. The key is handed over as it is: it can be used there and exported nowhere. */
export interface SigningTask {
  pdf: Uint8Array
  statement: Statement
  identity: SigningIdentity
  /** Whose signature it is; one of the statement's. */
  slot: SignatureSlot
  reason: string
  at: Date
  asksTimestamp: boolean
}

/** As `SigningTask`, for a document that is no report. */
export interface DocumentTask {
  pdf: Uint8Array
  files: readonly AttachedFile[]
  identity: SigningIdentity
  signer: { name: string }
  /** The signature's field. */
  field: string
  reason: string
  at: Date
  asksTimestamp: boolean
}

/** The signed file, and the twins that were made with this signature. */
export interface SignedPart {
  pdf: Uint8Array
  twins: { oscal?: string; envelope?: string; detached?: string }
}

export type ThreadAsks = { kind: 'timestamp'; signature: Uint8Array } | { kind: 'signed'; part: SignedPart }

export interface TokenReply {
  token: Uint8Array | null
}

/** The thread could not finish; the sentence says why. */
export class SigningThreadError extends Error {
  override name = 'SigningThreadError'
  readonly code = 'signing-failed'
}

const TIMEOUT_MS = 180_000

/**
 * The first signer attaches the statement and its twins, the last one makes the envelope beside the file.
 * @throws SigningThreadError, and what `timestamp` throws
 */
export function signInThread(
  request: Omit<SigningTask, 'asksTimestamp'> & Pick<SignRequest, 'timestamp'>,
): Promise<SignedPart> {
  const { timestamp, ...given } = request
  const task: SigningTask = { ...given, asksTimestamp: timestamp !== undefined }
  return runSigningThread('app/report/sign-worker.ts', task, timestamp)
}

/** A document of one signer, with files of its own. @throws as `signInThread` */
export async function signDocumentInThread(
  request: Omit<DocumentTask, 'asksTimestamp'> & Pick<SignRequest, 'timestamp'>,
): Promise<Uint8Array> {
  const { timestamp, ...given } = request
  const task: DocumentTask = { ...given, asksTimestamp: timestamp !== undefined }
  return (await runSigningThread('app/report/document-worker.ts', task, timestamp)).pdf
}

function runSigningThread(
  script: 'app/report/sign-worker.ts' | 'app/report/document-worker.ts',
  task: SigningTask | DocumentTask,
  timestamp: SignRequest['timestamp'],
): Promise<SignedPart> {
  return runReportThread<ThreadAsks, SignedPart>(script, task, {
    timeoutMs: TIMEOUT_MS,
    receive: (message, thread) =>
      message.kind === 'signed' ? message.part : answer(thread, timestamp?.(message.signature)),
    failed: (cause) =>
      new SigningThreadError(`The document could not be signed: ${cause.message}`, { cause }),
    ended: () => new SigningThreadError('The document could not be signed. Try again.'),
    late: () =>
      new SigningThreadError(
        `Signing took longer than ${TIMEOUT_MS / 1000} seconds. Try again when the machine is less busy.`,
      ),
  })
}

async function answer(thread: Worker, asked: Promise<Uint8Array | null> | undefined): Promise<undefined> {
  thread.postMessage({ token: (await asked) ?? null } satisfies TokenReply)
}
