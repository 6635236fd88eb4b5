/** JSON laid out for reading without being parsed: numbers keep their digits, and a file may end in the middle. */

const DEEPEST = 40

/** @param most characters of the result; what follows is left out */
export function indentJson(text: string, most: number): { text: string; isCut: boolean } {
  const parts: string[] = []
  let length = 0
  let depth = 0
  const put = (part: string) => {
    parts.push(part)
    length += part.length
  }
  const line = () => put(`\n${'  '.repeat(Math.min(depth, DEEPEST))}`)
  // A string that the end of the file cuts off is a token as well.
  const token = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|$)|[{}[\],:]|[^\s"{}[\],:]+/g
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match
    if (length + found.length > most) {
      put(found.slice(0, Math.max(0, most - length)))
      return { text: parts.join(''), isCut: true }
    }
    if (found === '{' || found === '[') {
      put(found)
      const next = /^\s*[}\]]/.exec(text.slice(token.lastIndex, token.lastIndex + 64))
      if (next) {
        put(next[0].trim())
        token.lastIndex += next[0].length
        continue
      }
      depth += 1
      line()
    } else if (found === '}' || found === ']') {
      depth = Math.max(0, depth - 1)
      line()
      put(found)
    } else if (found === ',') {
      put(found)
      line()
    } else put(found === ':' ? ': ' : found)
  }
  return { text: parts.join(''), isCut: false }
}
