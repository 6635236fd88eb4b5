/** Worker thread that renders one document: seconds of layout never hold up a request. */
import { parentPort, workerData } from 'node:worker_threads'
import { renderToBuffer } from '@react-pdf/renderer'
import { ClaimCover } from './pdf/claim-cover.tsx'
import { loadFonts, registerFonts } from './pdf/fonts.server.ts'
import { ReadinessReport } from './pdf/readiness-report.tsx'
import { familiesOf, printableTexts } from './pdf/typefaces.ts'
import type { RenderTask } from './render.server.ts'

registerFonts()
const task = workerData as RenderTask
// Only the faces that the texts need: the Chinese one alone has eight megabytes a weight.
const words = task.document === 'report' ? task.statement : task.cover
await loadFonts(familiesOf(JSON.stringify(printableTexts(words))))
const pdf = await renderToBuffer(
  task.document === 'report' ? ReadinessReport(task) : ClaimCover({ account: task.cover }),
)
// A buffer from Node's pool cannot be transferred; copied once, it then moves without a copy.
const bytes = new Uint8Array(pdf)
parentPort?.postMessage(bytes, [bytes.buffer])
