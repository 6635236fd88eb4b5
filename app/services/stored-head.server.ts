/** The first bytes of a stored file, for whoever must know what it is or show how it begins. */
import { HEAD_BYTES } from '#evidence/store/store.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * Empty for an empty file; not compared with its hash.
 * @param most bytes at most
 * @throws StoreError not-found
 */
export async function readStoredHead(
  organisationId: string,
  sha256: string,
  most: number = HEAD_BYTES,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of getRuntime().store.open(organisationId, sha256)) {
    parts.push(part)
    length += part.length
    if (length >= most) break
  }
  return Buffer.concat(parts).subarray(0, most)
}
