/** Narrows a long form to the fields that somebody looks for. */

/** Words in any order, each anywhere; capitals and accents make no difference. */
export function fitsQuery(texts: readonly string[], query: string): boolean {
  const wanted = plain(query).split(/\s+/).filter(Boolean)
  const within = plain(texts.join('\n'))
  return wanted.every((word) => within.includes(word))
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
