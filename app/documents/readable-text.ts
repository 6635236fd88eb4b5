/** Text files of unknown make as characters: the encoding told by the bytes, and nothing invisible left invisible. */

export interface ReadText {
  text: string
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  /** False where bytes had no meaning in the encoding and were replaced. */
  isFaithful: boolean
}

/** @param isWhole false where the bytes are the beginning of a longer file, so that a character may be cut in two */
export function readText(bytes: Uint8Array, isWhole: boolean): ReadText {
  const marked = markedEncoding(bytes)
  const encoding = marked ?? 'utf-8'
  const strict = tryDecode(bytes, encoding, isWhole)
  if (strict !== null) return { text: strict, encoding, isFaithful: true }
  // What Excel writes on an English or western machine.
  if (!marked && !bytes.includes(0)) {
    const text = new TextDecoder('windows-1252').decode(bytes)
    return { text, encoding: 'windows-1252', isFaithful: true }
  }
  return { text: new TextDecoder(encoding).decode(bytes), encoding, isFaithful: false }
}

function markedEncoding(bytes: Uint8Array): ReadText['encoding'] | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

function tryDecode(bytes: Uint8Array, encoding: string, isWhole: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isWhole })
  } catch {
    return null
  }
}

// Direction marks reorder what stands around them, so that "fdp.exe" reads as "exe.pdf".
const INVISIBLE = /[^\P{Cc}\n\t]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** Control characters and direction marks by their number. */
export function showInvisible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(
      INVISIBLE,
      (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
}
