/** Archives a signed report off the request thread: a large file is read, written and hashed there. */
import type { ArchiveContents } from './archive.server.ts'
import type { SigningIdentity } from './keys.server.ts'
import { runReportThread } from './report-thread.server.ts'
import { SigningThreadError } from './sign-in-thread.server.ts'
import type { Statement } from './statement.ts'
import type { Attesting } from './twins/readiness-predicate.ts'

export interface ArchiveTask {
  /** With all its signatures. */
  pdf: Uint8Array
  contents: ArchiveContents
  timestampUrl: string
  /** The earliest time that fits what is stamped. */
  notBefore: Date
  /** The envelope beside the file is made anew, because it names the file's digest. */
  envelope: { statement: Statement; identity: SigningIdentity; attesting: Attesting }
}

export type ArchiveOutcome =
  | {
      outcome: 'archived'
      pdf: Uint8Array
      detached: string
      timestamp: { at: Date; authority: string; token: Uint8Array }
    }
  /** The authority gave none, or none that holds; the sentence says why. */
  | { outcome: 'no-timestamp'; failure: string }
  /** The report was begun where no authority was configured, or by an earlier version. */
  | { outcome: 'no-place' }

const TIMEOUT_MS = 180_000

/** @throws SigningThreadError */
export function archiveInThread(task: ArchiveTask): Promise<ArchiveOutcome> {
  return runReportThread('app/report/archive-worker.ts', task, {
    timeoutMs: TIMEOUT_MS,
    receive: (outcome: ArchiveOutcome) => outcome,
    failed: (cause) =>
      new SigningThreadError(`The report could not be archived: ${cause.message}`, { cause }),
    ended: () => new SigningThreadError('The report could not be archived. Try again.'),
    late: () =>
      new SigningThreadError(
        `Archiving took longer than ${TIMEOUT_MS / 1000} seconds. Try again when the machine is less busy.`,
      ),
  })
}
