/** Makes the picture that reports carry out of what was uploaded; nothing of the uploaded file itself is kept. */
import sharp from 'sharp'
import { RefusedError } from './errors.ts'

export const MOST_LOGO_BYTES = 2 * 1024 * 1024
// Twice what a printer resolves at the size on the page.
const WIDTH = 600
const HEIGHT = 240
const MOST_PIXELS = 25_000_000

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff]

const beginsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  magic.every((value, index) => bytes[index] === value)

/** @throws RefusedError `logo-size` as soon as more arrives than a logo may have */
export async function collectLogo(file: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of file) {
    size += chunk.byteLength
    if (size > MOST_LOGO_BYTES)
      throw new RefusedError(
        'logo-size',
        'A logo may have 2 MB at most. Make the picture smaller and send it again.',
      )
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Reads the picture and writes it anew as an opaque PNG of at most 600 by 240 pixels: no metadata, no hidden frames.
 * The first bytes decide, because the library would also read formats that can refer to other files.
 * @throws RefusedError `logo-format`, `logo-broken`
 */
export async function drawLogo(bytes: Uint8Array) {
  if (!beginsWith(bytes, PNG) && !beginsWith(bytes, JPEG)) {
    throw new RefusedError('logo-format', 'Choose a PNG or JPEG picture. Save an SVG as PNG first.')
  }
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ width: WIDTH, height: HEIGHT, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .png({ compressionLevel: 9, palette: false, progressive: false })
      .toBuffer({ resolveWithObject: true })
    return { png: new Uint8Array(data), widthPixels: info.width, heightPixels: info.height }
  } catch (error) {
    throw new RefusedError(
      'logo-broken',
      `This picture cannot be read (${error instanceof Error ? error.message : 'unknown reason'}). Export it again and send that.`,
    )
  }
}
