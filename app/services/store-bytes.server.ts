/** Puts a document that stands in memory, such as a drawn PDF, into the evidence store. */
import { getRuntime } from './runtime.server.ts'

export function storeBytes(organisationId: string, bytes: Uint8Array) {
  return getRuntime().store.put(organisationId, oneChunk(bytes), { maxBytes: bytes.byteLength })
}

async function* oneChunk(bytes: Uint8Array) {
  yield bytes
}
