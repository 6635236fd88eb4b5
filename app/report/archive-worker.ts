/** Worker thread that archives one report and makes the envelope that stands beside it. */
import { parentPort, workerData } from 'node:worker_threads'
import { sha256Hex } from '#evidence/canonical.ts'
import { archiveReport } from './archive.server.ts'
import type { ArchiveOutcome, ArchiveTask } from './archive-in-thread.server.ts'
import { signEnvelope } from './sign-envelope.server.ts'
import { SignError } from './sign-error.ts'
import { requestReportToken, TimestampError } from './timestamp.server.ts'
import { verifyReport } from './verify.ts'

const task = workerData as ArchiveTask

parentPort?.postMessage(await archive())

async function archive(): Promise<ArchiveOutcome> {
  const { pdf, contents, timestampUrl, notBefore, envelope } = task
  let stamped: Awaited<ReturnType<typeof requestReportToken>> | undefined
  try {
    const archived = await archiveReport({
      pdf,
      contents,
      timestamp: async (covered) => {
        stamped = await requestReportToken(timestampUrl, Buffer.concat(covered), notBefore)
        return stamped.token
      },
    })
    if (!stamped) throw new Error('An archive without a timestamp')
    const { statement, identity, attesting } = envelope
    const detached = await signEnvelope(statement, identity, { ...attesting, pdfSha256: sha256Hex(archived) })
    // What the authority or its issuer sent must not take the place of a report that verifies.
    const { checks } = await verifyReport(archived, { detachedEnvelope: detached })
    const failed = checks.find(({ ok }) => !ok)
    if (failed) return { outcome: 'no-timestamp', failure: `The archive would not verify: ${failed.detail}` }
    const { at, authority, token } = stamped
    return { outcome: 'archived', pdf: archived, detached, timestamp: { at, authority, token } }
  } catch (error) {
    if (error instanceof TimestampError) return { outcome: 'no-timestamp', failure: error.message }
    if (error instanceof SignError && error.code === 'field-missing') return { outcome: 'no-place' }
    throw error
  }
}
