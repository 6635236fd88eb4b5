/** The first bytes of a stored file, for whoever must know what it is. */
import { HEAD_BYTES } from '#evidence/store/store.ts'
import { getRuntime } from './runtime.server.ts'

/** Empty for an empty file. @throws StoreError not-found */
export async function readStoredHead(organisationId: string, sha256: string): Promise<Uint8Array> {
  for await (const chunk of getRuntime().store.open(organisationId, sha256))
    return chunk.subarray(0, HEAD_BYTES)
  return new Uint8Array()
}
