/** Worker thread that imports one scan file: parsing never holds up a request. */
import { parentPort, workerData } from 'node:worker_threads'
import { getRuntime, setRuntime } from '#app/services/runtime.server.ts'
import { readScan } from '#app/services/scan-reading.server.ts'
import { openDatabase } from '#db/client.server.ts'
import { ImportError } from '#evidence/importers/importer.ts'
import { openEvidenceStore } from '#evidence/store/open.server.ts'
import type { S3Settings } from '#evidence/store/s3-settings.ts'

export interface ImportTask {
  organisationId: string
  importId: string
  databaseUrl: string
  dataDir: string
  s3: S3Settings | null
  /** Hex, of this organisation: the worker reads strangers' files and does not get the secret. */
  ledgerHeadKey: string
}

export type ImportWorkerMessage =
  | { type: 'progress'; bytesRead: number }
  | { type: 'done' }
  | { type: 'refused'; reason: string }

const task = workerData as ImportTask
const tell = (message: ImportWorkerMessage) => parentPort?.postMessage(message)

const database = await openDatabase({ url: task.databaseUrl, dataDir: task.dataDir, migrate: false })
try {
  setRuntime({
    database,
    store: await openEvidenceStore(task, { cleanLeftovers: false }),
    settings: {
      root: process.cwd(),
      dataDir: task.dataDir,
      secret: '',
      ledgerHeadKey: task.ledgerHeadKey,
      maxUploadBytes: 0,
      publicUrl: null,
      demoAlways: false,
    },
    clock: () => new Date(),
    newId: () => crypto.randomUUID(),
    jobs: {
      enqueue: async () => {
        throw new Error('An import starts no further jobs')
      },
    },
  })
  await readScan(task.organisationId, task.importId, (bytesRead) => tell({ type: 'progress', bytesRead }))
  tell({ type: 'done' })
} catch (error) {
  if (!(error instanceof ImportError)) throw error
  const place = error.place ? ` (line ${error.place.line}, column ${error.place.column})` : ''
  tell({ type: 'refused', reason: `${error.message}${place}` })
} finally {
  await getRuntime().database.close()
}
