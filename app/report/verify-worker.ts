/** Verifies one report in a browser's worker; the server gives this script a policy that forbids every connection. */
import { sha256Hex } from '#evidence/canonical.ts'
import type { VerifyAnswer, VerifyRequest } from './verify/worker-messages.ts'
import { verifyReport } from './verify.ts'

addEventListener('message', async ({ data }: MessageEvent<VerifyRequest>) => {
  postMessage(await answer(data))
})

async function answer({ report, authority }: VerifyRequest): Promise<VerifyAnswer> {
  let bytes: Uint8Array
  let trustedAuthorityPem: string | undefined
  try {
    bytes = new Uint8Array(await report.arrayBuffer())
    trustedAuthorityPem = await authority?.text()
  } catch {
    return { outcome: 'unread' }
  }
  const verification = await verifyReport(bytes, { trustedAuthorityPem })
  return { outcome: 'verified', sha256: sha256Hex(bytes), verification }
}
