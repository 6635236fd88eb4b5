/** Worker thread that makes one signature of a report, with the twins that belong to it. */
import { parentPort, workerData } from 'node:worker_threads'
import { sha256Hex } from '#evidence/canonical.ts'
import { signReport } from './sign.server.ts'
import { makeAttachments, signEnvelope } from './sign-envelope.server.ts'
import type { SignedPart, SigningTask, ThreadAsks, TokenReply } from './sign-in-thread.server.ts'

const task = workerData as SigningTask
const { pdf, statement, identity, signer, reason, at, asksTimestamp } = task

const isFirst = signer.role === 'technical-contributor'
const attachments = isFirst ? await makeAttachments(statement, identity, at) : undefined
const timestamp = asksTimestamp ? askForToken : undefined
const signed = await signReport({ pdf, attachments, identity, signer, reason, at, timestamp })
const twins: SignedPart['twins'] = attachments
  ? { oscal: attachments.oscal, envelope: attachments.envelope }
  : // While the key of this signature is in memory: it is the last thing that it signs.
    {
      detached: await signEnvelope(statement, identity, {
        role: signer.role,
        at,
        pdfSha256: sha256Hex(signed),
      }),
    }
tell({ kind: 'signed', part: { pdf: signed, twins } })

/** The main thread asks the authority: it knows where, and keeps what the authority said. */
function askForToken(signature: Uint8Array): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    parentPort?.once('message', ({ token }: TokenReply) => resolve(token))
    tell({ kind: 'timestamp', signature })
  })
}

function tell(message: ThreadAsks): void {
  parentPort?.postMessage(message)
}
