/** Worker thread that makes the one signature of a document that is no report. */
import { workerData } from 'node:worker_threads'
import { signDocument } from './sign.server.ts'
import type { DocumentTask } from './sign-in-thread.server.ts'
import { askForToken, tellThread } from './signing-thread.server.ts'

const { asksTimestamp, ...request } = workerData as DocumentTask
const pdf = await signDocument({ ...request, timestamp: asksTimestamp ? askForToken : undefined })
tellThread({ kind: 'signed', part: { pdf, twins: {} } })
