import { describe, expect, it, test } from 'vitest'
import { merkleRoot, proveInclusion, verifyInclusion } from '#evidence/merkle.ts'

// The reference tree of Certificate Transparency, for which RFC 6962 implementations publish these roots.
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => new Uint8Array(Buffer.from(hex, 'hex')))
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test.each(ROOTS.map((root, size) => [size, root] as const))(
  'the root over %i leaves is as published',
  (size, root) => {
    expect(merkleRoot(LEAVES.slice(0, size))).toBe(root)
  },
)

describe('a proof of inclusion', () => {
  const many = Array.from({ length: 37 }, (_, index) => Uint8Array.of(index, index * 3))

  it('holds for every leaf of every tree up to 37 leaves, and for no other leaf', () => {
    for (let size = 1; size <= many.length; size++) {
      const leaves = many.slice(0, size)
      const root = merkleRoot(leaves)
      for (let index = 0; index < size; index++) {
        const proof = proveInclusion(leaves, index)
        expect(verifyInclusion(leaves[index] as Uint8Array, proof, root)).toBe(true)
        expect(verifyInclusion(Uint8Array.of(255), proof, root)).toBe(false)
        if (size > 1)
          expect(verifyInclusion(leaves[(index + 1) % size] as Uint8Array, proof, root)).toBe(false)
      }
    }
  })

  const leaf = many[11] as Uint8Array
  const proof = proveInclusion(many, 11)
  const root = merkleRoot(many)

  test.each([
    ['another index', { ...proof, index: 12 }],
    ['a larger tree', { ...proof, size: 80 }],
    ['a smaller tree', { ...proof, size: 12 }],
    ['an index beyond the tree', { ...proof, index: 37 }],
    ['a negative index', { ...proof, index: -1 }],
    ['a missing step', { ...proof, path: proof.path.slice(1) }],
    ['a step too many', { ...proof, path: [...proof.path, proof.path[0] as string] }],
    ['a changed step', { ...proof, path: proof.path.with(2, 'a'.repeat(64)) }],
    ['a step that is no hash', { ...proof, path: proof.path.with(2, 'zz') }],
  ])('fails for %s', (_, forged) => {
    expect(verifyInclusion(leaf, proof, root)).toBe(true)
    expect(verifyInclusion(leaf, forged, root)).toBe(false)
  })

  it('does not take an inner node for a leaf', () => {
    const two = many.slice(0, 2)
    const inner = Buffer.from(merkleRoot(two), 'hex')
    expect(verifyInclusion(inner, { index: 0, size: 1, path: [] }, merkleRoot(two))).toBe(false)
  })

  it('is refused for a leaf that is not there', () => {
    expect(() => proveInclusion(many, 37)).toThrow(RangeError)
    expect(() => proveInclusion([], 0)).toThrow(RangeError)
  })
})
