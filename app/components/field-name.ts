/** What a field of the page is called, where a sentence about it stands elsewhere. */

/** Its own words, without "(optional)" and what is there for screen readers alone. */
const wordsOf = (label: Element): string =>
  [...label.childNodes]
    .flatMap((node) => (node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ''] : []))
    .join('')
    .trim()

/** "Retention"; in a row of a list "Limit 2, amount". @returns null where the page has no such field, or no label of it */
export function nameOfField(fieldId: string): string | null {
  const field = fieldId === '' ? null : document.getElementById(fieldId)
  if (!field) return null
  const label =
    field instanceof HTMLFieldSetElement
      ? field.querySelector(':scope > legend')
      : document.querySelector(`label[for="${CSS.escape(fieldId)}"]`)
  const name = label && wordsOf(label)
  if (!name) return null
  const row = field.closest('fieldset[data-row]')?.querySelector(':scope > legend')?.textContent
  return row ? `${row.trim()}, ${lowerFirst(name)}` : name
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
