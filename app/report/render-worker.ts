/** Worker thread that renders one document: seconds of layout never hold up a request. */
import { parentPort, workerData } from 'node:worker_threads'
import { renderToBuffer } from '@react-pdf/renderer'
import { ClaimCover } from './pdf/claim-cover.tsx'
import { registerFonts } from './pdf/fonts.server.ts'
import { ReadinessReport } from './pdf/readiness-report.tsx'
import type { RenderTask } from './render.server.ts'

registerFonts()
const task = workerData as RenderTask
const pdf = await renderToBuffer(
  task.document === 'report' ? ReadinessReport(task) : ClaimCover({ account: task.cover }),
)
// A buffer from Node's pool cannot be transferred; copied once, it then moves without a copy.
const bytes = new Uint8Array(pdf)
parentPort?.postMessage(bytes, [bytes.buffer])
