/** Merkle trees over ledger hashes (RFC 6962): one root for many entries, a short proof that one is among them. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js'

export interface InclusionProof {
  index: number
  size: number
  /** Sibling hashes from the leaf to the root, hex. */
  path: string[]
}

// RFC 6962 §2.1: the prefixes keep a leaf from passing for an inner node.
const hashLeaf = (leaf: Uint8Array) => sha256(concatBytes(Uint8Array.of(0), leaf))
const hashNode = (left: Uint8Array, right: Uint8Array) => sha256(concatBytes(Uint8Array.of(1), left, right))

/** The root of the tree over `leaves`, hex; of no leaves, the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): string {
  return bytesToHex(rootOf(leaves.map(hashLeaf)))
}

function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes
  if (!first) return sha256(new Uint8Array())
  if (hashes.length === 1) return first
  const split = splitOf(hashes.length)
  return hashNode(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)))
}

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** @throws RangeError when there is no such leaf. */
export function proveInclusion(leaves: readonly Uint8Array[], index: number): InclusionProof {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`There is no leaf ${index} among ${leaves.length}`)
  }
  return {
    index,
    size: leaves.length,
    path: pathOf(leaves.map(hashLeaf), index).map((hash) => bytesToHex(hash)),
  }
}

function pathOf(hashes: readonly Uint8Array[], index: number): Uint8Array[] {
  if (hashes.length <= 1) return []
  const split = splitOf(hashes.length)
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)]
  return index < split
    ? [...pathOf(left, index), rootOf(right)]
    : [...pathOf(right, index - split), rootOf(left)]
}

/** Whether `leaf` stands at `proof.index` of the tree of `proof.size` leaves with this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(leaf: Uint8Array, proof: InclusionProof, root: string): boolean {
  const { index, size, path } = proof
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false
  if (!path.every((hash) => /^[0-9a-f]{64}$/.test(hash))) return false
  // Plain arithmetic instead of bit operations, which would cut sizes at 2^31.
  let node = index
  let last = size - 1
  let hash = hashLeaf(leaf)
  for (const sibling of path.map(hexToBytes)) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sibling, hash)
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else {
      hash = hashNode(hash, sibling)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && bytesToHex(hash) === root
}
