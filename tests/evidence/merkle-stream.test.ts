import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  merkleRoot,
  proveInclusion,
  proveInclusionIn,
  streamMerkle,
  verifyInclusion,
} from '#evidence/merkle.ts'

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => Uint8Array.of(index, index >> 8, 7))
const anyLeaves = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 300 })

describe('a streamed tree', () => {
  test('has the root of the whole tree after every leaf, for any leaves', () => {
    fc.assert(
      fc.property(anyLeaves, (leaves) => {
        const stream = streamMerkle()
        expect(stream.root()).toBe(merkleRoot([]))
        leaves.forEach((leaf, index) => {
          stream.add(leaf)
          if (index % 17 === 0) expect(stream.root()).toBe(merkleRoot(leaves.slice(0, index + 1)))
        })
        expect(stream.root()).toBe(merkleRoot(leaves))
        expect(stream.size()).toBe(leaves.length)
      }),
      { numRuns: 60, seed: 6962 },
    )
  })

  test('gives the proof of the whole tree, for any leaf of any tree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.nat(), async (size, at) => {
        const leaves = leavesOf(size)
        const index = at % size
        // Leaves behind the tree are not read.
        const proof = await proveInclusionIn([...leaves, Uint8Array.of(9)], { index, size })
        expect(proof).toEqual(proveInclusion(leaves, index))
        expect(verifyInclusion(leaves[index] as Uint8Array, proof, merkleRoot(leaves))).toBe(true)
      }),
      { numRuns: 200, seed: 9162 },
    )
  })

  it('refuses a leaf that is not there, and leaves that end too early', async () => {
    await expect(proveInclusionIn([], { index: 0, size: 0 })).rejects.toThrow(RangeError)
    await expect(proveInclusionIn(leavesOf(3), { index: 3, size: 3 })).rejects.toThrow(RangeError)
    await expect(proveInclusionIn(leavesOf(3), { index: 1, size: 4 })).rejects.toThrow(
      'There are 3 leaves, not 4',
    )
  })
})
