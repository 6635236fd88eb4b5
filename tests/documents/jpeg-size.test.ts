import { expect, test } from 'vitest'
import { jpegSizeOf } from '#app/documents/jpeg-size.ts'

const START = 'ffd8'
const FRAME = 'ffc2000b080102030401011100'
const size = { width: 0x304, height: 0x102, mayBeTurned: false }

test.each([
  ['its frame', `${START}${FRAME}`, size],
  [
    'a frame behind tables and fill bytes',
    `${START}ffc400021ffffffdb0003aa${FRAME}`.replace('1ff', 'ff'),
    size,
  ],
  ['EXIF data before it', `${START}ffe1000a457869660000abcd${FRAME}`, { ...size, mayBeTurned: true }],
  ['no frame', `${START}ffda0002`, null],
  ['a frame cut off', `${START}ffc2000b0801`, null],
  ['a length that leads nowhere', `${START}ffe00001${FRAME}`, null],
  ['another format', '89504e470d0a1a0a', null],
  ['nothing', '', null],
])('a JPEG with %s', (_, hex, expected) => {
  expect(jpegSizeOf(Buffer.from(hex, 'hex'))).toEqual(expected)
})
