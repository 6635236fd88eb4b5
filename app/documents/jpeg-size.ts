/** How large a JPEG is, read from its headers alone: its pixels are left to browsers. */

export interface JpegSize {
  width: number
  height: number
  /** It carries EXIF data, with which a browser may show it turned by a quarter. */
  mayBeTurned: boolean
}

/** ISO/IEC 10918-1 §B.2: markers with their lengths up to the first frame. @returns null for what has no frame */
export function jpegSizeOf(bytes: Uint8Array): JpegSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  let mayBeTurned = false
  for (let at = 2; at + 4 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    // Any number of fill bytes may stand before a marker; some markers have no length.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2
      continue
    }
    if (marker === 0xd9 || marker === 0xda) return null
    const length = view.getUint16(at + 2)
    if (length < 2) return null
    // C4, C8 and CC lie among the frames and are none.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (at + 9 > view.byteLength) return null
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), mayBeTurned }
    }
    if (marker === 0xe1 && length >= 8 && at + 8 <= view.byteLength)
      mayBeTurned ||= view.getUint32(at + 4) === 0x45786966
    at += 2 + length
  }
  return null
}
