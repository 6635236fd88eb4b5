/** `tag=value; tag=value`: how DKIM, DMARC, MTA-STS and TLS-RPT records are written. */

/** The first value of each tag counts; null for a text that is no such list. */
export function readTags(text: string): Map<string, string> | null {
  const tags = new Map<string, string>()
  for (const part of text.split(';')) {
    if (part.trim() === '') continue
    const [, name, value] = /^\s*([a-z][a-z0-9_]*)\s*=\s*(.*?)\s*$/is.exec(part) ?? []
    if (name === undefined || value === undefined) return null
    const key = name.toLowerCase()
    if (!tags.has(key)) tags.set(key, value)
  }
  return tags
}
