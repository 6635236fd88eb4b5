/** Proofs for many entries in one pass: a pack that cites a hundred entries reads the ledger once. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { type Hash, hashLeaf, hashNode, type InclusionProof, siblingsOf } from './merkle.ts'

/**
 * The same proofs as `proveInclusionIn`, for several leaves that come one after the other.
 * @returns in the order of `indexes`
 * @throws RangeError when there is no such leaf, or fewer leaves came than were announced
 */
export async function proveInclusionsIn(
  leaves: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { indexes, size }: { indexes: readonly number[]; size: number },
  hash: Hash = sha256,
): Promise<InclusionProof[]> {
  const paths = indexes.map((index) => {
    if (!Number.isInteger(index) || index < 0 || index >= size)
      throw new RangeError(`There is no leaf ${index} among ${size}`)
    return { index, ranges: siblingsOf(index, 0, size).map(keyOf) }
  })
  const wanted = new Set(paths.flatMap(({ ranges }) => ranges))
  const found = new Map<string, string>()
  const keep = (from: number, to: number, node: Uint8Array) => {
    const key = keyOf({ from, to })
    if (wanted.has(key)) found.set(key, bytesToHex(node))
  }
  // The perfect subtrees so far, from the largest to the smallest.
  const subtrees: { from: number; size: number; node: Uint8Array }[] = []
  let at = 0
  for await (const leaf of leaves) {
    if (at === size) break
    let subtree = { from: at, size: 1, node: hashLeaf(leaf, hash) }
    at += 1
    keep(subtree.from, at, subtree.node)
    for (let left = subtrees.at(-1); left?.size === subtree.size; left = subtrees.at(-1)) {
      subtrees.pop()
      const node = hashNode(left.node, subtree.node, hash)
      subtree = { from: left.from, size: left.size * 2, node }
      keep(subtree.from, at, subtree.node)
    }
    subtrees.push(subtree)
  }
  if (at < size) throw new RangeError(`There are ${at} leaves, not ${size}`)
  // What is left at the right edge is no perfect subtree: joined from the right, each join is a node of the tree.
  let edge = subtrees.pop()?.node
  for (let left = subtrees.pop(); left && edge; left = subtrees.pop()) {
    edge = hashNode(left.node, edge, hash)
    keep(left.from, size, edge)
  }
  return paths.map(({ index, ranges }) => ({
    index,
    size,
    path: ranges.map((key) => found.get(key) ?? missing(key)),
  }))
}

const keyOf = ({ from, to }: { from: number; to: number }) => `${from}-${to}`

function missing(key: string): never {
  throw new Error(`The node over the leaves ${key} was not found`)
}
