import fc from 'fast-check'
import { expect, test } from 'vitest'
import { merkleRoot, proveInclusion, verifyInclusion } from '#evidence/merkle.ts'
import { proveInclusionsIn } from '#evidence/merkle-proofs.ts'

const leavesOf = (size: number) => Array.from({ length: size }, (_leaf, index) => Uint8Array.of(index, 7))

test('many proofs of one pass are those that are made one by one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 70 }),
      fc.array(fc.nat(69), { maxLength: 8 }),
      async (size, picks) => {
        const leaves = leavesOf(size)
        const indexes = picks.map((pick) => pick % size)
        const proofs = await proveInclusionsIn(leaves, { indexes, size })
        expect(proofs).toEqual(indexes.map((index) => proveInclusion(leaves, index)))
        const root = merkleRoot(leaves)
        for (const proof of proofs)
          expect(verifyInclusion(leaves[proof.index] as Uint8Array, proof, root)).toBe(true)
      },
    ),
    { seed: 20260105, numRuns: 200 },
  )
})

test('entries behind the size are not read, and too few are a fault', async () => {
  const leaves = leavesOf(9)
  const [proof] = await proveInclusionsIn(leaves, { indexes: [2], size: 5 })
  expect(proof).toEqual(proveInclusion(leaves.slice(0, 5), 2))
  await expect(proveInclusionsIn(leaves, { indexes: [2], size: 10 })).rejects.toThrow(RangeError)
  await expect(proveInclusionsIn(leaves, { indexes: [9], size: 9 })).rejects.toThrow(RangeError)
})
