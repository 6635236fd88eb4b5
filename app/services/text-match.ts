/** Finding by words: every word stands somewhere in the texts, whatever its capitals and accents. */

export function matchesText(texts: readonly (string | null)[], wanted: string): boolean {
  const all = plain(texts.join(' '))
  return plain(wanted)
    .split(/\s+/)
    .every((word) => all.includes(word))
}

const plain = (value: string) => value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
