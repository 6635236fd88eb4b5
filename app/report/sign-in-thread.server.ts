/** Signs a report off the request thread: reading and writing a large PDF takes a second or more. */
import type { SigningIdentity } from './keys.server.ts'
import { startReportThread } from './report-thread.server.ts'
import type { SignRequest } from './sign.server.ts'
import type { Signer, Statement } from './statement.ts'

/** What the thread is given. The key is handed over as it is: it can be used there and exported nowhere. */
export interface SigningTask {
  pdf: Uint8Array
  statement: Statement
  identity: SigningIdentity
  signer: Signer
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
export async function signInThread(
  request: Omit<SigningTask, 'asksTimestamp'> & Pick<SignRequest, 'timestamp'>,
): Promise<SignedPart> {
  const { timestamp, ...task } = request
  const worker = startReportThread('app/report/sign-worker.ts', {
    ...task,
    asksTimestamp: timestamp !== undefined,
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<SignedPart>((resolve, reject) => {
      worker.on('message', (message: ThreadAsks) => {
        if (message.kind === 'signed') resolve(message.part)
        else
          Promise.resolve(timestamp?.(message.signature) ?? null).then(
            (token) => worker.postMessage({ token } satisfies TokenReply),
            reject,
          )
      })
      worker.once('error', (cause: Error) =>
        reject(new SigningThreadError(`The report could not be signed: ${cause.message}`, { cause })),
      )
      worker.once('exit', () => reject(new SigningThreadError('The report could not be signed. Try again.')))
      timer = setTimeout(
        () =>
          reject(
            new SigningThreadError(
              `Signing took longer than ${TIMEOUT_MS / 1000} seconds. Try again when the machine is less busy.`,
            ),
          ),
        TIMEOUT_MS,
      )
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
