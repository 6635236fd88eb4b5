/** Merkle trees over ledger hashes (RFC 6962): one root for many entries, a short proof that one is among them. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js'

export interface InclusionProof {
  index: number
  size: number
  /** Sibling hashes from the leaf to the root, hex. */
  path: string[]
}

/** SHA-256; another implementation may be given where a million leaves are hashed. */
export type Hash = (bytes: Uint8Array) => Uint8Array

// RFC 6962 §2.1: the prefixes keep a leaf from passing for an inner node.
export const hashLeaf = (leaf: Uint8Array, hash: Hash = sha256) => hash(concatBytes(Uint8Array.of(0), leaf))
export const hashNode = (left: Uint8Array, right: Uint8Array, hash: Hash = sha256) =>
  hash(concatBytes(Uint8Array.of(1), left, right))

/** The root of the tree over `leaves`, hex; of no leaves, the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): string {
  return bytesToHex(rootOf(leaves.map((leaf) => hashLeaf(leaf))))
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

export interface MerkleStream {
  add(leaf: Uint8Array): void
  /** Leaves so far. */
  size(): number
  /** The root over the leaves so far, hex; more may follow. */
  root(): string
}

/**
 * The same root as `merkleRoot`, of leaves that come one after the other: it holds one hash for each perfect subtree,
 * no more than 53 of them, whatever the number of leaves.
 */
export function streamMerkle(hash: Hash = sha256): MerkleStream {
  // From the largest subtree to the smallest; their sizes are the powers of two in the number of leaves.
  const subtrees: { size: number; hash: Uint8Array }[] = []
  let size = 0
  return {
    add(leaf) {
      let subtree = { size: 1, hash: hashLeaf(leaf, hash) }
      for (let left = subtrees.at(-1); left?.size === subtree.size; left = subtrees.at(-1)) {
        subtrees.pop()
        subtree = { size: left.size * 2, hash: hashNode(left.hash, subtree.hash, hash) }
      }
      subtrees.push(subtree)
      size += 1
    },
    size: () => size,
    root() {
      const hashes = subtrees.map((subtree) => subtree.hash)
      const smallest = hashes.pop()
      if (!smallest) return bytesToHex(hash(new Uint8Array()))
      return bytesToHex(hashes.reduceRight((right, left) => hashNode(left, right, hash), smallest))
    },
  }
}

/**
 * The same proof as `proveInclusion`, of leaves that come one after the other: only the roots on the path are kept.
 * @param size how many leaves the tree has; those behind are not read
 * @throws RangeError when there is no such leaf, or fewer leaves came than were announced
 */
export async function proveInclusionIn(
  leaves: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { index, size }: { index: number; size: number },
  hash: Hash = sha256,
): Promise<InclusionProof> {
  if (!Number.isInteger(index) || index < 0 || index >= size) {
    throw new RangeError(`There is no leaf ${index} among ${size}`)
  }
  const siblings = siblingsOf(index, 0, size).map((range) => ({ ...range, tree: streamMerkle(hash) }))
  const inOrder = [...siblings].sort((a, b) => a.from - b.from)
  let at = 0
  let turn = 0
  if (size > 1)
    for await (const leaf of leaves) {
      while (inOrder[turn] && at >= (inOrder[turn]?.to ?? 0)) turn += 1
      const range = inOrder[turn]
      if (range && at >= range.from) range.tree.add(leaf)
      at += 1
      if (at === size) break
    }
  else at = size
  if (at < size) throw new RangeError(`There are ${at} leaves, not ${size}`)
  return { index, size, path: siblings.map(({ tree }) => tree.root()) }
}

/** The ranges of leaves below each sibling on the path, from the leaf to the root. */
export function siblingsOf(index: number, from: number, to: number): { from: number; to: number }[] {
  if (to - from <= 1) return []
  const middle = from + splitOf(to - from)
  return index < middle
    ? [...siblingsOf(index, from, middle), { from: middle, to }]
    : [...siblingsOf(index, middle, to), { from, to: middle }]
}

/** @throws RangeError when there is no such leaf. */
export function proveInclusion(leaves: readonly Uint8Array[], index: number): InclusionProof {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`There is no leaf ${index} among ${leaves.length}`)
  }
  return {
    index,
    size: leaves.length,
    path: pathOf(
      leaves.map((leaf) => hashLeaf(leaf)),
      index,
    ).map((hash) => bytesToHex(hash)),
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
