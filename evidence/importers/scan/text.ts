/** Texts of strangers' files, cut to bounds and freed from the piece of the file that they were read from. */

/** A copy that does not keep the piece of the file alive that `text` was cut from; for whatever outlives its record. */
export function detach(text: string): string {
  return ` ${text}`.slice(1)
}

/** Trimmed and at most so many characters; null for nothing. */
export function cut(text: string | null | undefined, characters: number): string | null {
  const trimmed = text?.trim()
  return trimmed ? detach(trimmed.slice(0, characters)) : null
}

export function many(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}

/** Candidates of old files (`CAN-2003-0001`) kept their number when they became CVEs. */
export function toCve(text: string): string | null {
  const parts = /^\s*(?:CVE|CAN)-(\d{4}-\d{4,19})\s*$/i.exec(text)
  return parts ? `CVE-${parts[1]}` : null
}

/** The longest real bulletin names some 500. */
export const CVES_PER_FINDING = 5000

/** The distinct CVEs that a text names anywhere, in capitals. */
export function cvesIn(text: string): string[] {
  const found = text.match(/\b(?:CVE|CAN)-\d{4}-\d{4,19}\b/gi) ?? []
  return [...new Set(found.map((name) => `CVE-${detach(name.slice(4))}`))].slice(0, CVES_PER_FINDING)
}

/** Plain text of the HTML that some tools write into their descriptions; entities stay as they are. */
export function withoutTags(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
