import { deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readOriginalPicture, readPicture, rowsOf } from '#app/documents/png-reading.server.ts'
import { blacken, type Rectangle } from '#app/documents/png-reencoding.server.ts'
import { makePng, pngChunk } from './png-files.ts'

async function reencode(png: Buffer, rectangles: Rectangle[]): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of blacken(readPicture(png), rectangles)) parts.push(part)
  return Buffer.concat(parts)
}

/** Pixels of a picture whose rows use the filters 0 or 1. */
function pixelsOf(png: Buffer, width: number, height: number, channels: number): Buffer[] {
  const raw = inflateSync(Buffer.concat(readPicture(png).data))
  return Array.from({ length: height }, (_, y) => {
    const row = Buffer.from(raw.subarray(y * (width * channels + 1) + 1, (y + 1) * (width * channels + 1)))
    if (raw[y * (width * channels + 1)] === 1)
      for (let at = channels; at < row.length; at += 1) row[at] = (row[at] ?? 0) + (row[at - channels] ?? 0)
    return row
  })
}

describe('a picture', () => {
  test.each([3, 4] as const)(
    'of %d channels keeps its pixels outside the rectangles and none inside',
    async (channels) => {
      await fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ minLength: 7 * 5 * channels, maxLength: 7 * 5 * channels }),
          fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 5, maxLength: 5 }),
          async (bytes, filters) => {
            const rectangle = { x: 2, y: 1, width: 3, height: 2 }
            const source = Buffer.from(bytes)
            const result = await reencode(makePng(7, 5, channels, source, filters), [rectangle])
            pixelsOf(result, 7, 5, channels).forEach((row, y) => {
              for (let x = 0; x < 7; x += 1) {
                const pixel = row.subarray(x * channels, (x + 1) * channels)
                const isInside = x >= 2 && x < 5 && y >= 1 && y < 3
                const before = source.subarray((y * 7 + x) * channels, (y * 7 + x + 1) * channels)
                const black = Buffer.from([0, 0, 0, 255]).subarray(0, channels)
                expect(pixel).toEqual(isInside ? black : before)
              }
            })
          },
        ),
        { numRuns: 60 },
      )
    },
  )

  it('loses metadata and whatever follows its end', async () => {
    const plain = makePng(4, 4, 4, Buffer.alloc(64, 9))
    const head = plain.subarray(0, 33)
    const noisy = Buffer.concat([
      head,
      pngChunk('tEXt', Buffer.from('Author\0Ines Halvorsen')),
      pngChunk('eXIf', Buffer.from('GPS 59.91 10.75')),
      plain.subarray(33),
      Buffer.from('the original, appended'),
    ])
    const result = await reencode(noisy, [{ x: 0, y: 0, width: 1, height: 1 }])
    for (const word of ['Halvorsen', 'GPS', 'appended', 'tEXt', 'eXIf'])
      expect(result.includes(word)).toBe(false)
    expect(result.subarray(-12)).toEqual(pngChunk('IEND', Buffer.alloc(0)))
  })

  test.each([
    [{ x: 3, y: 0, width: 2, height: 1 }],
    [{ x: 0, y: 3, width: 1, height: 2 }],
    [{ x: 0, y: 0, width: 0, height: 1 }],
    [{ x: -1, y: 0, width: 1, height: 1 }],
  ])('has no place for %j', (rectangle) => {
    expect(() => blacken(readPicture(makePng(4, 4, 3, Buffer.alloc(48))), [rectangle])).toThrow(/outside/)
  })
})

describe('what is no whole PNG of a canvas', () => {
  const png = makePng(4, 4, 3, Buffer.alloc(48))
  const header = (values: number[]) => {
    const body = Buffer.alloc(13)
    body.writeUInt32BE(values[0] ?? 4, 0)
    body.writeUInt32BE(values[1] ?? 4, 4)
    body.set([values[2] ?? 8, values[3] ?? 2, 0, 0, values[4] ?? 0], 8)
    return Buffer.concat([png.subarray(0, 8), pngChunk('IHDR', body), png.subarray(33)])
  }
  test.each([
    ['text', Buffer.from('<svg onload=alert(1)>')],
    ['nothing', Buffer.alloc(0)],
    ['a file cut short', png.subarray(0, png.length - 5)],
    [
      'a chunk longer than the file',
      Buffer.concat([png.subarray(0, 8), Buffer.from([255, 255, 255, 255, 1, 2, 3, 4, 5, 6, 7, 8])]),
    ],
    ['sixteen bits', header([4, 4, 16])],
    ['a palette', header([4, 4, 8, 3])],
    ['interlaced', header([4, 4, 8, 2, 1])],
    ['no height', header([4, 0])],
    ['a hundred thousand pixels square', header([100_000, 100_000])],
    ['one row of forty million', header([40_000_000, 1, 8, 6])],
    ['a side of 32,768', header([1, 32_768])],
  ])('is refused: %s', (_, bytes) => {
    expect(() => readPicture(bytes)).toThrow(/PNG|pixels/)
  })

  test.each([
    ['too few rows', header([4, 5])],
    ['too many rows', header([4, 3])],
    [
      'bytes that are no pixels',
      Buffer.concat([
        png.subarray(0, 33),
        pngChunk('IDAT', Buffer.from('none')),
        pngChunk('IEND', Buffer.alloc(0)),
      ]),
    ],
    [
      'an unknown filter',
      Buffer.concat([
        png.subarray(0, 33),
        pngChunk('IDAT', deflateSync(Buffer.alloc(52, 7))),
        pngChunk('IEND', Buffer.alloc(0)),
      ]),
    ],
  ])('is refused while it is read: %s', async (_, bytes) => {
    await expect(reencode(bytes, [])).rejects.toThrow(/whole PNG/)
  })
})

describe('an original of another make', () => {
  const file = (
    [width, height, depth, colour]: [number, number, number, number],
    rows: number[],
    ...chunks: Buffer[]
  ) => {
    const body = Buffer.alloc(13)
    body.writeUInt32BE(width, 0)
    body.writeUInt32BE(height, 4)
    body.set([depth, colour, 0, 0, 0], 8)
    const head = makePng(1, 1, 3, Buffer.alloc(3)).subarray(0, 8)
    const data = pngChunk('IDAT', deflateSync(Buffer.from(rows)))
    return Buffer.concat([head, pngChunk('IHDR', body), ...chunks, data, pngChunk('IEND', Buffer.alloc(0))])
  }
  const read = async (png: Buffer) => {
    const picture = readOriginalPicture(png)
    const rows: number[][] = []
    if (picture) for await (const row of rowsOf(picture)) rows.push([...row])
    return rows
  }
  const palette = pngChunk('PLTE', Buffer.from([1, 2, 3, 250, 251, 252]))

  it.each<[string, Buffer, number[][]]>([
    ['two colours', file([3, 1, 1, 3], [0, 0b01000000], palette), [[1, 2, 3, 250, 251, 252, 1, 2, 3]]],
    [
      'two colours of which one is see-through',
      file([2, 1, 8, 3], [0, 0, 1], palette, pngChunk('tRNS', Buffer.from([0]))),
      [[0, 0, 0, 0, 250, 251, 252, 255]],
    ],
    [
      'four greys',
      file([4, 1, 2, 0], [0, 0b00011011]),
      [[0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255]],
    ],
    ['a grey with alpha', file([1, 1, 8, 4], [0, 100, 255]), [[100, 100, 100, 255]]],
    ['sixteen bits', file([1, 1, 16, 2], [0, 255, 255, 128, 128, 0, 0]), [[255, 128, 0]]],
    [
      'a colour that stands for nothing',
      file([2, 1, 8, 2], [0, 9, 8, 7, 9, 8, 6], pngChunk('tRNS', Buffer.from([0, 9, 0, 8, 0, 7]))),
      [[0, 0, 0, 0, 9, 8, 6, 255]],
    ],
    [
      'rows that rest on those above',
      file([1, 2, 8, 0], [0, 5, 2, 1]),
      [
        [5, 5, 5],
        [6, 6, 6],
      ],
    ],
  ])('is read as it is shown: %s', async (_, png, rows) => {
    expect(await read(png)).toEqual(rows)
  })

  it('loses the colours that transparency hides', async () => {
    expect(await read(makePng(2, 1, 4, Buffer.from([200, 100, 50, 0, 200, 100, 50, 255])))).toEqual([
      [0, 0, 0, 0, 200, 100, 50, 255],
    ])
  })

  it('is not read where a browser may show it turned', () => {
    const turned = file([1, 1, 8, 0], [0, 5], pngChunk('eXIf', Buffer.from('MM')))
    expect(readOriginalPicture(turned)).toBeNull()
  })

  it('is refused where its palette ends too early', async () => {
    await expect(read(file([1, 1, 8, 3], [0, 2], palette))).rejects.toThrow(/whole PNG/)
  })
})

test('a picture as wide as may be is read in time that grows with its size', async () => {
  const began = performance.now()
  const wide = makePng(32_767, 40, 4, Buffer.alloc(32_767 * 40 * 4, 7))
  let rows = 0
  for await (const row of rowsOf(readPicture(wide))) rows += row.length > 0 ? 1 : 0
  expect(rows).toBe(40)
  expect(performance.now() - began).toBeLessThan(20_000)
})
