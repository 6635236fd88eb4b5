/** Verifies one report in a browser's worker; the server gives this script a policy that forbids every connection. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { sha256Hex } from '#evidence/canonical.ts'
import type { VerifyAnswer, VerifyRequest } from './verify/worker-messages.ts'
import { type VerifyOptions, verifyReport } from './verify.ts'

addEventListener('message', async ({ data }: MessageEvent<VerifyRequest>) => {
  postMessage(await answer(data))
})

async function answer({ report, besides }: VerifyRequest): Promise<VerifyAnswer> {
  let bytes: Uint8Array
  let options: VerifyOptions
  try {
    bytes = await bytesOf(report)
    const { authority, revocationList, envelope, evidence } = besides
    options = {
      trustedAuthorityPem: await authority?.text(),
      revocationList: revocationList ? await bytesOf(revocationList) : undefined,
      detachedEnvelope: await envelope?.text(),
      evidenceFiles: await Promise.all(
        evidence.map(async (file) => ({ name: file.name, sha256: await digestOf(file) })),
      ),
    }
  } catch {
    return { outcome: 'unread' }
  }
  const verification = await verifyReport(bytes, options)
  return { outcome: 'verified', sha256: sha256Hex(bytes), verification }
}

const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer())

/** In pieces: evidence may be larger than what a browser holds at once. */
async function digestOf(file: Blob): Promise<string> {
  const hash = sha256.create()
  const reader = file.stream().getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) hash.update(part.value)
  return bytesToHex(hash.digest())
}
