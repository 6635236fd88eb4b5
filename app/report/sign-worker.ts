/** Worker thread that makes one signature of a report, with the twins that belong to it. */
import { workerData } from 'node:worker_threads'
import { sha256Hex } from '#evidence/canonical.ts'
import { signReport } from './sign.server.ts'
import { makeAttachments, signEnvelope } from './sign-envelope.server.ts'
import type { SignedPart, SigningTask } from './sign-in-thread.server.ts'
import { slotsOf } from './signing-order.ts'
import { askForToken, tellThread } from './signing-thread.server.ts'

const task = workerData as SigningTask
const { pdf, statement, identity, slot, reason, at, asksTimestamp } = task
const { id: field, signer } = slot
const fields = slotsOf(statement.signers).map(({ id }) => id)

const isFirst = signer.role === 'technical-contributor'
const attachments = isFirst ? await makeAttachments(statement, identity, at) : undefined
const timestamp = asksTimestamp ? askForToken : undefined
const signed = await signReport({
  ...{ pdf, attachments, identity, signer, field, fields, reason, at, timestamp },
  hasArchive: asksTimestamp,
})
tellThread({ kind: 'signed', part: { pdf: signed, twins: await makeTwins() } })

async function makeTwins(): Promise<SignedPart['twins']> {
  if (attachments) return { oscal: attachments.oscal, envelope: attachments.envelope }
  if (signer.role !== 'insured-officer') return {}
  // While the key of this signature is in memory; an archive makes it once more, and then the key is gone.
  const attesting = { role: signer.role, at, pdfSha256: sha256Hex(signed) }
  return { detached: await signEnvelope(statement, identity, attesting) }
}
