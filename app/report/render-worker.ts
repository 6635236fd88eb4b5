/** Worker thread that renders one document: seconds of layout never hold up a request. */
import { parentPort, workerData } from 'node:worker_threads'
import { renderToBuffer } from '@react-pdf/renderer'
import { ClaimCover } from './pdf/claim-cover.tsx'
import { ConditionResponse } from './pdf/condition-response.tsx'
import { loadFonts, registerFonts } from './pdf/fonts.server.ts'
import { ReadinessReport } from './pdf/readiness-report.tsx'
import { ResponsibilityMatrix } from './pdf/responsibility-matrix.tsx'
import { ReviewPack } from './pdf/review-pack.tsx'
import { familiesOf, printableTexts } from './pdf/typefaces.ts'
import { Waiver } from './pdf/waiver.tsx'
import type { RenderTask } from './render.server.ts'

registerFonts()
const task = workerData as RenderTask
// Only the faces that the texts need: the Chinese one alone has eight megabytes a weight.
const { words, drawn } = draw(task)
await loadFonts(familiesOf(JSON.stringify(printableTexts(words))))
const pdf = await renderToBuffer(drawn())
// A buffer from Node's pool cannot be transferred; copied once, it then moves without a copy.
const bytes = new Uint8Array(pdf)
parentPort?.postMessage(bytes, [bytes.buffer])

function draw(task: RenderTask) {
  switch (task.document) {
    case 'report':
      return { words: task.statement, drawn: () => ReadinessReport(task) }
    case 'claim-cover':
      return { words: task.cover, drawn: () => ClaimCover({ account: task.cover }) }
    case 'condition-response':
      return { words: task.response, drawn: () => ConditionResponse({ account: task.response }) }
    case 'responsibility-matrix':
      return { words: task.matrix, drawn: () => ResponsibilityMatrix({ account: task.matrix }) }
    case 'review-pack':
      return { words: task.pack, drawn: () => ReviewPack({ account: task.pack, logo: task.logo }) }
    case 'waiver':
      return { words: task.waiver, drawn: () => Waiver({ account: task.waiver }) }
  }
}
