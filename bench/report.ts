/** Making a report: rendering in a worker thread and two signatures, beside react-pdf alone on the main thread. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { renderToBuffer } from '@react-pdf/renderer'
import { makeEncryptedKey } from '#app/report/authority-keys/encrypted-key.server.ts'
import { createAuthority, issueSigner } from '#app/report/keys.server.ts'
import { registerFonts } from '#app/report/pdf/fonts.server.ts'
import { ReadinessReport } from '#app/report/pdf/readiness-report.tsx'
import { renderReport } from '#app/report/render.server.ts'
import { signInThread } from '#app/report/sign-in-thread.server.ts'
import { slotsOf } from '#app/report/signing-order.ts'
import type { Statement } from '#app/report/statement.ts'
import { largeStatement } from '#tests/report/large-statement.ts'
import type { Options, Outcome } from './measurement.ts'
import { forgetPeakMemory, ownPeakMemory } from './memory.ts'
import { alternate, compare, type Sample } from './rounds.ts'

const PASSPHRASE = 'a passphrase of the measurement only'
/** How often the loop is looked at, and so the least delay that can be seen. */
const RESOLUTION_MS = 1
const IDLE_MS = 3000
const NANOSECONDS = 1_000_000
const MEGABYTE = 1_000_000

export async function measure({ quick, rounds, say }: Options): Promise<Outcome> {
  const statement = largeStatement(quick ? { questions: 11, evidence: 5 } : {})
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
        what: 'Peak memory of the process, threads included',
        unit: 'MB',
        baseline: '@react-pdf/renderer alone, same document',
        ...compare(taken, 'memory', 'ours', 'plain'),
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
      `${statement.answers.length} answers, ${statement.evidence.length} pieces of evidence, ${pages} pages, ${(signedBytes / 1000).toFixed(0)} kB signed, with the statement and its twins attached; medians of ${rounds} rounds. Ours starts a new thread for the drawing and for each signature, which is part of its time.`,
      `Delays are seen from ${RESOLUTION_MS} ms up; drawing and signing run in threads of their own.`,
    ],
  }
}

async function makeAuthority(statement: Statement) {
  const { key } = await makeEncryptedKey('ec-p256', PASSPHRASE)
  return createAuthority({
    organisationName: statement.preparedBy.name,
    organisationId: statement.preparedBy.organisationId,
    key,
    now: new Date(statement.createdAt),
  })
}

type Authority = Awaited<ReturnType<typeof makeAuthority>>

/** As the report job does it: render, attach, certify, attest, each signature with a key of its own, and the envelope beside it. */
async function makeSignedReport(statement: Statement, authority: Authority): Promise<Uint8Array> {
  const at = new Date(statement.createdAt)
  let pdf = await renderReport(statement)
  for (const slot of slotsOf(statement.signers)) {
    const { signer } = slot
    const identity = await issueSigner({ authority, signer, now: at })
    const reason = signer.declaration.slice(0, 80)
    const part = await signInThread({ pdf, statement, identity, slot, reason, at })
    pdf = part.pdf
  }
  return pdf
}

async function watched(work: () => Promise<unknown>): Promise<Sample> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  forgetPeakMemory(process.pid)
  delay.enable()
  // Delays are counted from the loop's first look on: work that blocks before it would go unseen.
  await new Promise((resolve) => setTimeout(resolve, 5 * RESOLUTION_MS))
  const before = performance.now()
  await work()
  const seconds = (performance.now() - before) / 1000
  // A loop that was held up to the very end notices it only on its next turn.
  await new Promise((resolve) => setTimeout(resolve, 5 * RESOLUTION_MS))
  delay.disable()
  const memory = ownPeakMemory() / MEGABYTE
  return { seconds, memory, p99: delay.percentile(99) / NANOSECONDS, longest: delay.max / NANOSECONDS }
}

function countPages(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b/g)?.length ?? 0
  )
}
