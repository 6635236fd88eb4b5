import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CanonicalError, canonicalJson, sha256Hex } from '#evidence/canonical.ts'

describe('RFC 8785', () => {
  it('writes its example (section 3.2.2 and 3.2.4)', () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    const text = canonicalJson(value)
    expect(text).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
    expect(Buffer.from(text).toString('hex').slice(0, 60)).toBe(
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c',
    )
  })

  it('sorts keys by UTF-16 code units, not by code points (section 3.2.3)', () => {
    const value = JSON.parse(
      String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`,
    )
    expect(Object.values(JSON.parse(canonicalJson(value)))).toHaveLength(7)
    const order = [...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map(([, text]) => text)
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  // Appendix B: IEEE 754 bits and their text.
  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('number %s is %s', (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text)
  })
})

test.each([
  ['undefined', { a: { b: undefined } }, '$.a.b'],
  ['NaN', [1, Number.NaN], '$[1]'],
  ['an infinity', { x: -Infinity }, '$.x'],
  ['half a surrogate pair', { name: 'a\ud800b' }, '$.name'],
  ['a surrogate the wrong way round', ['\udc00\ud800'], '$[0]'],
  ['half a surrogate pair in a key', { '\udfff': 1 }, '$'],
  ['a Date', { at: new Date(0) }, '$.at'],
  ['a Map', new Map(), '$'],
  ['a bigint', { n: 1n }, '$.n'],
  ['a function', { f: () => 1 }, '$.f'],
  ['a symbol', [Symbol('s')], '$[0]'],
  // biome-ignore lint/suspicious/noSparseArray: the hole is the case
  ['a hole in a list', [1, , 2], '$[1]'],
])('%s has no canonical form', (_, value, path) => {
  let thrown: unknown
  try {
    canonicalJson(value)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(CanonicalError)
  expect((thrown as CanonicalError).path).toBe(path)
})

it('refuses a cycle instead of running out of stack', () => {
  const value: Record<string, unknown> = {}
  value.self = value
  expect(() => canonicalJson(value)).toThrow(/too deep, or in a cycle/)
})

it('is a fixed point, says the same as JSON, and does not depend on the order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(reversed(value))).toBe(text)
    }),
    { seed: 8785, numRuns: 500 },
  )
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]))
}

it('hashes as Node does, text as UTF-8', () => {
  for (const text of ['', 'abc', 'Łódź 😀', 'x'.repeat(100_000)]) {
    const expected = createHash('sha256').update(text, 'utf8').digest('hex')
    expect(sha256Hex(text)).toBe(expected)
    expect(sha256Hex(Buffer.from(text))).toBe(expected)
  }
})
