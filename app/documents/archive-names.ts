/** Names of files inside an archive that every system can unpack: no path, no reserved word, no two alike. */

const LONGEST_BYTES = 120
// Windows refuses these whatever their ending, and the signs below in any name; the rest is invisible.
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i
const FORBIDDEN = /[<>:"/\\|?*\p{C}\p{Zl}\p{Zp}]/gu

/** One name for each, in order; alike ones are numbered. */
export function archiveNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const clean = cleanName(name)
    let unique = clean
    for (let number = 2; taken.has(foldName(unique)); number += 1) unique = numbered(clean, number)
    taken.add(foldName(unique))
    return unique
  })
}

export function cleanName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const safe = last
    .replace(FORBIDDEN, '_')
    .replace(/\s+/g, ' ')
    // A leading hyphen is read as an option and a leading dot hides; Windows drops dots and spaces at the end.
    .replace(/^[.\s-]+/, '')
    .replace(/[.\s]+$/, '')
  const named = safe === '' ? 'unnamed' : RESERVED.test(safe) ? `_${safe}` : safe
  const [stem, ending] = split(named)
  return shortenTo(stem, ending)
}

/** Windows and macOS take names that differ in capitals, or in how an accent is written, for the same. */
const foldName = (name: string) => name.normalize('NFKC').toLowerCase().normalize('NFC')

function split(name: string): [stem: string, ending: string] {
  const ending = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0] ?? ''
  return [name.slice(0, name.length - ending.length), ending]
}

function numbered(name: string, number: number): string {
  const [stem, ending] = split(name)
  return shortenTo(stem, ` (${number})${ending}`)
}

/** Shortens the stem by whole characters until both fit. */
function shortenTo(stem: string, ending: string): string {
  const characters = [...stem]
  while (Buffer.byteLength(characters.join('')) + Buffer.byteLength(ending) > LONGEST_BYTES) characters.pop()
  return characters.join('').replace(/[.\s]+$/, '') + ending
}
