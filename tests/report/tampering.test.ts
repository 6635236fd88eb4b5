import { beforeAll, expect, test, vi } from 'vitest'
import { verifyReport } from '#app/report/verify.ts'
import { campaign } from '../support/campaign.ts'
import { randomNumbers } from '../support/random-numbers.ts'
import { makeAuthority, makeSignedReport } from './signed-report.ts'

let signed: Uint8Array
/** Of the last signature: its first hexadecimal digit, the end of its message, the end of its padding. */
let container: { start: number; messageEnd: number; end: number }

beforeAll(async () => {
  signed = await makeSignedReport({ authority: await makeAuthority() })
  const start = Buffer.from(signed).lastIndexOf('/Contents <') + 11
  const head = Buffer.from(Buffer.from(signed.subarray(start, start + 8)).toString('latin1'), 'hex')
  container = { start, messageEnd: start + 2 * (4 + head.readUInt16BE(2)), end: start + 16_384 }
  expect((await verifyReport(signed)).ok).toBe(true)
})

// Thousands of verifications, each of a whole report with its twins.
vi.setConfig({ testTimeout: 900_000 })

/** Positions at which the report still verified with these bits flipped: none, if all is well. */
async function survivors(
  positions: readonly number[],
  mask: (position: number) => number,
): Promise<string[]> {
  const found: string[] = []
  const bytes = signed.slice()
  for (const position of positions) {
    const flip = mask(position)
    bytes[position] = (signed[position] ?? 0) ^ flip
    if ((await verifyReport(bytes)).ok) found.push(`byte ${position} with ${flip}`)
    bytes[position] = signed[position] ?? 0
  }
  return found
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
/** The bit that turns a small letter into a capital one: PDF and hexadecimal digits often mean the same in both. */
const CASE = () => 0x20

const FLIPS = campaign(250, 2000)

test(`a flipped bit anywhere in the file is found, at ${FLIPS} random places`, async () => {
  const random = randomNumbers(1)
  const positions = Array.from({ length: FLIPS }, () => random(signed.length))
  expect(await survivors(positions, () => 1 << random(8))).toEqual([])
})

test('a small letter that becomes a capital one too, at 250 places spread over the file', async () => {
  const step = signed.length / 250
  const positions = Array.from({ length: 250 }, (_, index) => Math.floor(index * step))
  expect(await survivors(positions, CASE)).toEqual([])
})

test('the first 200 and the last 700 bytes too, one by one', async () => {
  const random = randomNumbers(2)
  const edges = [...range(0, 200), ...range(signed.length - 700, signed.length)]
  expect(await survivors(edges, () => 1 << random(8))).toEqual([])
})

test('digits of the last signature’s message: every fifth, and every third letter', async () => {
  const random = randomNumbers(3)
  const digits = range(container.start - 1, container.messageEnd)
  expect(digits.length).toBeGreaterThan(2000)
  const every = (places: number[], step: number) => places.filter((_, index) => index % step === 0)
  expect(await survivors(every(digits, 5), () => 1 << random(8))).toEqual([])
  // Only letters can mean the same after it.
  const letters = digits.filter((at) => /[a-f]/i.test(String.fromCharCode(signed[at] ?? 0)))
  expect(letters.length).toBeGreaterThan(400)
  expect(await survivors(every(letters, 3), CASE)).toEqual([])
})

test('the padding behind that message, which no signature covers', async () => {
  const random = randomNumbers(4)
  const padding = Array.from(
    { length: 200 },
    () => container.messageEnd + random(container.end - container.messageEnd),
  )
  expect(await survivors([...padding, container.end - 1, container.end], () => 1 << random(8))).toEqual([])
  expect(await survivors(padding, CASE)).toEqual([])
})

test('bytes taken out or put in', async () => {
  const random = randomNumbers(5)
  for (let count = 0; count < 40; count += 1) {
    const at = random(signed.length)
    const without = Buffer.concat([signed.subarray(0, at), signed.subarray(at + 1)])
    const with_ = Buffer.concat([signed.subarray(0, at), Buffer.from(' '), signed.subarray(at)])
    expect((await verifyReport(without)).ok, `without byte ${at}`).toBe(false)
    expect((await verifyReport(with_)).ok, `with a space at ${at}`).toBe(false)
  }
})
