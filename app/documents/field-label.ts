/** What a field of a form is called for people, out of what its author left behind. */

/** The author's tooltip, unless it only repeats the field's technical name. */
export function tooltipOf(tooltip: string, partialName: string): string {
  const text = tooltip.replace(/\s+/g, ' ').trim()
  const isName = bare(text) === bare(partialName) && !text.includes(' ')
  return isName || !isTelling(text) ? '' : text
}

const MADE_UP = /\b(undefined|untitled|text|field|check|box|radio|button|group|list|combo|dropdown|input)\b/gi
const MADE_UP_JOINED = /(text|field|check ?box|radio ?button|button ?group|drop ?down|list ?box)\s?\d*/gi

/** Not what programs call a field that nobody named: `Text17`, `Check Box 3`, `undefined_2`, `RadioButtonGroup`. */
export function isTelling(text: string): boolean {
  return /\p{L}{2}/u.test(text.replace(MADE_UP, '').replace(MADE_UP_JOINED, ''))
}

/** `form1[0].Page1[0].LegalName[0]` → `Legal name`; the last part that says anything. */
export function readableName(name: string): string {
  const parts = name.split('.').map((part) => part.replace(/\[\d+\]/g, ''))
  const telling = parts.filter((part) => /\p{L}{2}/u.test(part)).at(-1) ?? name
  const words = telling
    .replace(/[_\-#]+/g, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/\s+/g, ' ')
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
