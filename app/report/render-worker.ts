/** Worker thread that renders one statement: seconds of layout never hold up a request. */
import { parentPort, workerData } from 'node:worker_threads'
import { renderToBuffer } from '@react-pdf/renderer'
import { registerFonts } from './pdf/fonts.server.ts'
import { ReadinessReport } from './pdf/readiness-report.tsx'
import type { Statement } from './statement.ts'

registerFonts()
const pdf = await renderToBuffer(ReadinessReport({ statement: workerData as Statement }))
// A buffer from Node's pool cannot be transferred; copied once, it then moves without a copy.
const bytes = new Uint8Array(pdf)
parentPort?.postMessage(bytes, [bytes.buffer])
