/** Opens a PKCS #12 file in a thread of its own, within a time. */
import { runReportThread } from '../report-thread.server.ts'
import { OwnCertificateError } from './own-certificate-error.ts'
import type { Pkcs12Contents } from './read-pkcs12.server.ts'

export interface Pkcs12Task {
  file: Uint8Array
  password: string
}

export type Pkcs12Reply =
  | { ok: true; contents: Pkcs12Contents }
  | { ok: false; code: OwnCertificateError['code']; message: string }

/** A key, a chain of six and what programs put around them stay below a quarter of it. */
export const MOST_PKCS12_BYTES = 64 * 1024
const TIMEOUT_MS = 60_000

export const tooLarge = () =>
  new OwnCertificateError(
    'p12-size',
    `The file is larger than ${MOST_PKCS12_BYTES / 1024} kB. Choose the .p12 or .pfx file with one key and its certificates only.`,
  )

/** @throws OwnCertificateError */
export async function openPkcs12(task: Pkcs12Task): Promise<Pkcs12Contents> {
  if (task.file.byteLength > MOST_PKCS12_BYTES) throw tooLarge()
  const reply = await runReportThread('app/report/own-certificate/pkcs12-worker.ts', task, {
    timeoutMs: TIMEOUT_MS,
    receive: (answer: Pkcs12Reply) => answer,
    failed: (cause) => cause,
    ended: () => new Error('The thread that opens PKCS #12 files ended without an answer'),
    late: () =>
      new OwnCertificateError(
        'p12-slow',
        'Opening the file took longer than a minute. Export it again with fewer rounds of its password, and try again.',
      ),
  })
  if (!reply.ok) throw new OwnCertificateError(reply.code, reply.message)
  return reply.contents
}
