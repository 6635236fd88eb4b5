/** Reads PNG files row by row: what a canvas writes, and what screenshots and scanners write, without trusting a size. */
import { createInflate } from 'node:zlib'

export class PictureError extends Error {
  override name = 'PictureError'
  constructor(
    readonly code: 'not-png' | 'too-many-pixels' | 'outside' | 'another-picture',
    message: string,
  ) {
    super(message)
  }
}

export const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MOST_PIXELS = 40_000_000
// What browsers draw; it also bounds a row, of which a few are in memory.
const LONGEST_SIDE = 32_767

const broken = () =>
  new PictureError('not-png', 'The picture did not arrive as a whole PNG. Reload the page and try again.')

interface Coding {
  depth: number
  /** Samples of a pixel in the file. */
  samples: number
  palette: Buffer | null
  /** Alpha of palette entries, or the one colour that is see-through. */
  transparency: Buffer | null
}

export interface Picture {
  width: number
  height: number
  /** 3 without, 4 with an alpha channel, of the rows that are read. */
  channels: 3 | 4
  /** Null for what a canvas writes: eight bits a channel as they are. */
  coding: Coding | null
  data: Buffer[]
}

const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const DEPTHS: Record<number, number[]> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/** @throws PictureError for anything but what a canvas writes: eight bits a channel, not interlaced */
export function readPicture(bytes: Uint8Array): Picture {
  const { width, height, depth, colour, isInterlaced, data } = readFile(bytes)
  if (depth !== 8 || (colour !== 2 && colour !== 6) || isInterlaced) throw broken()
  return { width, height, channels: colour === 2 ? 3 : 4, coding: null, data }
}

/** Width and height alone, of any PNG. @throws PictureError */
export function pngSizeOf(bytes: Uint8Array): { width: number; height: number } {
  const { width, height } = readFile(bytes)
  return { width, height }
}

/**
 * A PNG of any make, its rows as a canvas would give them: colours that transparency hides are not kept.
 * @returns null for an interlaced one, and for one with a note that turns it in a browser
 * @throws PictureError for a broken or too large one
 */
export function readOriginalPicture(bytes: Uint8Array): Picture | null {
  const { width, height, depth, colour, isInterlaced, data, others } = readFile(bytes)
  if (isInterlaced || others.has('eXIf')) return null
  const palette = others.get('PLTE') ?? null
  const transparency = others.get('tRNS') ?? null
  if (colour === 3 && !palette) throw broken()
  const channels = colour === 4 || colour === 6 || transparency ? 4 : 3
  const coding = {
    depth,
    samples: SAMPLES[colour] as number,
    palette: colour === 3 ? palette : null,
    transparency,
  }
  return { width, height, channels, coding, data }
}

function readFile(bytes: Uint8Array) {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw broken()
  const data: Buffer[] = []
  const others = new Map<string, Buffer>()
  for (let at = 8; ; ) {
    if (at + 12 > file.length) throw broken()
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    const body = file.subarray(at + 8, at + 8 + length)
    if (body.length !== length || at + 12 + length > file.length) throw broken()
    if (type === 'IDAT') data.push(body)
    else others.set(type, body)
    if (type === 'IEND') break
    at += 12 + length
  }
  return { ...readHeader(others.get('IHDR')), data, others }
}

function readHeader(header: Buffer | undefined) {
  if (header?.length !== 13) throw broken()
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth = 0, colour = 0, compression, filter, interlace] = header.subarray(8)
  if (!DEPTHS[colour]?.includes(depth) || compression || filter) throw broken()
  if (width === 0 || height === 0) throw broken()
  if (width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS)
    throw new PictureError(
      'too-many-pixels',
      'The picture has more than 40 million pixels or a side of more than 32,767. Scale it down first.',
    )
  return { width, height, depth, colour, isInterlaced: interlace !== 0 }
}

/** Rows of three or four bytes a pixel, each the reader's own. @throws PictureError while reading, for broken pixels */
export async function* rowsOf({ width, height, channels, coding, data }: Picture): AsyncGenerator<Buffer> {
  const bits = coding ? coding.depth * coding.samples : channels * 8
  const coded = Buffer.alloc(1 + Math.ceil((width * bits) / 8))
  const step = Math.max(1, bits >> 3)
  let previous: Buffer = Buffer.alloc(coded.length - 1)
  let filled = 0
  let rows = 0
  for await (const part of inflated(data)) {
    for (let at = 0; at < part.length; ) {
      if (rows === height) throw broken()
      const taken = part.copy(coded, filled, at)
      at += taken
      filled += taken
      if (filled < coded.length) continue
      previous = unfilter(coded[0] as number, coded.subarray(1), previous, step)
      filled = 0
      rows += 1
      yield coding ? asShown(previous, width, channels, coding) : Buffer.from(previous)
    }
  }
  if (rows !== height || filled > 0) throw broken()
}

async function* inflated(data: readonly Buffer[]): AsyncGenerator<Buffer> {
  const inflate = createInflate()
  inflate.end(Buffer.concat(data))
  try {
    for await (const part of inflate) yield part as Buffer
  } catch {
    throw broken()
  }
}

/** PNG specification §11.2 and §11.3.1: palettes, greys, few and many bits as red, green, blue and perhaps alpha. */
function asShown(row: Buffer, width: number, channels: 3 | 4, coding: Coding): Buffer {
  const { samples, palette, transparency } = coding
  const shown = Buffer.alloc(width * channels)
  const sample = sampleReader(row, coding.depth)
  const [first = 0, second = 0, third = 0] = keyOf(transparency, samples)
  const hasKey = transparency !== null && !palette && samples !== 2 && samples !== 4
  const most = 2 ** coding.depth - 1
  const byte = (value: number) => Math.round((value * 255) / most)
  for (let x = 0; x < width; x += 1) {
    const at = x * samples
    const value = sample(at)
    let [red, green, blue, alpha] = [0, 0, 0, 255]
    if (palette) {
      if (value * 3 + 3 > palette.length) throw broken()
      red = palette[value * 3] as number
      green = palette[value * 3 + 1] as number
      blue = palette[value * 3 + 2] as number
      alpha = transparency?.[value] ?? 255
    } else {
      const isGrey = samples < 3
      red = byte(value)
      green = isGrey ? red : byte(sample(at + 1))
      blue = isGrey ? red : byte(sample(at + 2))
      if (samples === 2 || samples === 4) alpha = byte(sample(at + samples - 1))
      else if (
        hasKey &&
        value === first &&
        (isGrey || (sample(at + 1) === second && sample(at + 2) === third))
      )
        alpha = 0
    }
    const to = x * channels
    shown[to] = visible(red, alpha)
    shown[to + 1] = visible(green, alpha)
    shown[to + 2] = visible(blue, alpha)
    if (channels === 4) shown[to + 3] = alpha
  }
  return shown
}

/** As a canvas keeps it, multiplied by alpha: under full transparency there is nothing left to read. */
function visible(colour: number, alpha: number): number {
  if (alpha === 255) return colour
  return alpha === 0 ? 0 : Math.min(255, Math.round((Math.round((colour * alpha) / 255) * 255) / alpha))
}

function keyOf(transparency: Buffer | null, samples: number): number[] {
  if (!transparency || transparency.length < samples * 2) return []
  return Array.from({ length: samples }, (_, index) => transparency.readUInt16BE(index * 2))
}

function sampleReader(row: Buffer, depth: number): (index: number) => number {
  if (depth === 8) return (index) => row[index] as number
  if (depth === 16) return (index) => row.readUInt16BE(index * 2)
  const each = 8 / depth
  const mask = 2 ** depth - 1
  return (index) => ((row[Math.floor(index / each)] as number) >> (8 - depth * ((index % each) + 1))) & mask
}

/** PNG specification §9: each byte from its left, upper and upper left neighbours. */
function unfilter(filter: number, coded: Buffer, above: Buffer, step: number): Buffer {
  if (filter > 4) throw broken()
  const row = Buffer.allocUnsafe(coded.length)
  for (let at = 0; at < coded.length; at += 1) {
    const left = at < step ? 0 : (row[at - step] as number)
    const up = above[at] as number
    const corner = at < step ? 0 : (above[at - step] as number)
    const guess =
      filter === 0
        ? 0
        : filter === 1
          ? left
          : filter === 2
            ? up
            : filter === 3
              ? (left + up) >> 1
              : paeth(left, up, corner)
    row[at] = (coded[at] as number) + guess
  }
  return row
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs)
  if ((toLeft as number) <= (toUp as number) && (toLeft as number) <= (toCorner as number)) return left
  return (toUp as number) <= (toCorner as number) ? up : corner
}
