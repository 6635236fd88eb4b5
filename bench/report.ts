/** Making a report: rendering in a worker thread and two signatures, beside react-pdf alone on the main thread. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { renderToBuffer } from '@react-pdf/renderer'
import { createAuthority, issueSigner } from '#app/report/keys.server.ts'
import { registerFonts } from '#app/report/pdf/fonts.server.ts'
import { ReadinessReport } from '#app/report/pdf/readiness-report.tsx'
import { renderReport } from '#app/report/render.server.ts'
import { signReport } from '#app/report/sign.server.ts'
import { makeAttachments, signEnvelope } from '#app/report/sign-envelope.server.ts'
import type { Statement } from '#app/report/statement.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { exampleStatement } from '#tests/report/example-statement.ts'
import type { Options, Outcome } from './measurement.ts'
import { alternate, compare, type Sample } from './rounds.ts'

const PASSPHRASE = 'a passphrase of the measurement only'
/** How often the loop is looked at, and so the least delay that can be seen. */
const RESOLUTION_MS = 1
const IDLE_MS = 3000
const NANOSECONDS = 1_000_000

export async function measure({ quick, rounds, say }: Options): Promise<Outcome> {
  const statement = realisticStatement(quick ? 1 : 6)
  const authority = await makeAuthority(statement)
  registerFonts()
  say(`  ${statement.answers.length} answers, ${rounds} rounds`)
  const plain = () => renderToBuffer(ReadinessReport({ statement }))
  // The first rendering of a process compiles and loads fonts; the baseline gets it for nothing.
  const pages = countPages(await plain())
  let signedBytes = 0
  const taken = await alternate(rounds, {
    ours: () =>
      watched(async () => {
        signedBytes = (await makeSignedReport(statement, authority)).byteLength
      }),
    plain: () => watched(plain),
    idle: () => watched(() => new Promise((resolve) => setTimeout(resolve, quick ? 200 : IDLE_MS))),
  })
  return {
    rows: [
      {
        what: 'Time, with two signatures',
        unit: 's',
        baseline: '@react-pdf/renderer alone, same document, warm, main thread',
        ...compare(taken, 'seconds', 'ours', 'plain'),
      },
      {
        what: 'Event-loop delay meanwhile, p99',
        unit: 'ms',
        baseline: 'the same loop, idle',
        ...compare(taken, 'p99', 'ours', 'idle'),
      },
      {
        what: 'Event-loop delay meanwhile, longest',
        unit: 'ms',
        baseline: '@react-pdf/renderer on the main thread',
        ...compare(taken, 'longest', 'ours', 'plain'),
      },
    ],
    notes: [
      `${statement.answers.length} answers, ${pages} pages, ${(signedBytes / 1000).toFixed(0)} kB signed, with the statement and its twins attached; medians of ${rounds} rounds. Ours starts a new worker thread for each report, which is part of its time.`,
      `Delays are seen from ${RESOLUTION_MS} ms up; signing runs on the main thread and is part of them.`,
    ],
  }
}

/** The example's answers repeated, up to the size of the core form. */
function realisticStatement(times: number): Statement {
  const example = exampleStatement()
  const copies = Array.from({ length: times }, (_, copy) =>
    example.answers.map((answer) => ({
      ...answer,
      questionId: copy === 0 ? answer.questionId : `${answer.questionId}-${copy}`,
      item: copy === 0 ? answer.item : `${answer.item}.${copy}`,
      exceptionId: copy === 0 ? answer.exceptionId : null,
    })),
  )
  return { ...example, answers: copies.flat() }
}

function makeAuthority(statement: Statement) {
  return createAuthority({
    organisationName: statement.preparedBy.name,
    organisationId: statement.preparedBy.organisationId,
    passphrase: PASSPHRASE,
    now: new Date(statement.createdAt),
  })
}

type Authority = Awaited<ReturnType<typeof makeAuthority>>

/** As the report job does it: render, attach, certify, attest, each signature with a key of its own, and the envelope beside it. */
async function makeSignedReport(statement: Statement, authority: Authority): Promise<Uint8Array> {
  const at = new Date(statement.createdAt)
  let pdf = await renderReport(statement)
  for (const [index, signer] of statement.signers.entries()) {
    const identity = await issueSigner({ authority, passphrase: PASSPHRASE, signer, now: at })
    const attachments = index === 0 ? await makeAttachments(statement, identity, at) : undefined
    pdf = await signReport({
      pdf,
      attachments,
      identity,
      signer,
      reason: signer.declaration.slice(0, 80),
      at,
    })
    if (index > 0)
      await signEnvelope(statement, identity, { role: signer.role, at, pdfSha256: sha256Hex(pdf) })
  }
  return pdf
}

async function watched(work: () => Promise<unknown>): Promise<Sample> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  // Delays are counted from the loop's first look on: work that blocks before it would go unseen.
  await new Promise((resolve) => setTimeout(resolve, 5 * RESOLUTION_MS))
  const before = performance.now()
  await work()
  const seconds = (performance.now() - before) / 1000
  // A loop that was held up to the very end notices it only on its next turn.
  await new Promise((resolve) => setTimeout(resolve, 5 * RESOLUTION_MS))
  delay.disable()
  return { seconds, p99: delay.percentile(99) / NANOSECONDS, longest: delay.max / NANOSECONDS }
}

function countPages(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length ?? 0
  )
}
