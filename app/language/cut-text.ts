/**
 * The beginning of a text, at most so many UTF-16 units. A letter beyond the first 65,536, such as an emoji, is two of
 * them and never halved: PostgreSQL refuses half a letter in JSON, and fonts show a box.
 */
export function cutText(text: string, most: number): string {
  const cut = text.slice(0, most)
  return cut.length < text.length && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
}
