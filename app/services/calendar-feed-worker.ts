/** Worker thread that writes one large calendar. */
import { parentPort, workerData } from 'node:worker_threads'
import { type FileEntry, writeFeed } from './calendar-file.server.ts'

const { name, entries } = workerData as { name: string; entries: FileEntry[] }
parentPort?.postMessage(writeFeed(name, entries))
