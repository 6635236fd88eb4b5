/** Worker thread that opens one PKCS #12 file: deriving its key can take seconds, and the file comes from outside. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Pkcs12Reply, Pkcs12Task } from './open-pkcs12.server.ts'
import { OwnCertificateError } from './own-certificate-error.ts'
import { readPkcs12 } from './read-pkcs12.server.ts'

const { file, password } = workerData as Pkcs12Task
tell(answer())

function answer(): Pkcs12Reply {
  try {
    return { ok: true, contents: readPkcs12(file, password) }
  } catch (error) {
    if (!(error instanceof OwnCertificateError)) throw error
    return { ok: false, code: error.code, message: error.message }
  }
}

function tell(reply: Pkcs12Reply): void {
  parentPort?.postMessage(reply)
}
