/** What would remove a finding, so that all findings that one piece of work removes stand together. */

import { cutText } from '#app/language/cut-text.ts'
export interface RemedySource {
  tool: string
  checkId: string
  title: string
  solution: string | null
}

export interface Remedy {
  key: string
  /** What to do, as a heading. */
  label: string
}

const PRODUCT =
  /\b(?:upgrade|update)\s+(?:to\s+)?(?:the\s+)?([a-z][\w .+/()-]{1,60}?)\s+(?:to\s+)?(?:version\s+|v)?\d+(?:\.\d+)+/i
const MICROSOFT = /\bKB ?\d{6,}\b|microsoft has released|windows update|patch tuesday/i
/** Words that name no product: two checks that say them have nothing in common. */
const VAGUE =
  /^(n\/?a|none|see |contact the vendor|refer to|apply the (appropriate|relevant|latest) |update the affected|unknown)/i
const SHORTEST = 25

/**
 * In this order: the product that is to be updated, Microsoft's updates as one, the solution's own words without
 * numbers and addresses, and where these say nothing the check itself.
 */
export function remedyOf({ tool, checkId, title, solution }: RemedySource): Remedy {
  const text = (solution ?? '').replace(/\s+/g, ' ').trim()
  const product = PRODUCT.exec(text)?.[1]
    ?.trim()
    .replace(/\s+(version|release)$/i, '')
  if (product) return { key: `product ${product.toLowerCase()}`, label: `Update ${product}` }
  if (MICROSOFT.test(text))
    return { key: 'microsoft-updates', label: 'Install the missing Microsoft updates' }
  const plain = text
    .toLowerCase()
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(/\d[\w.:-]*/g, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
  if (plain.length >= SHORTEST && !VAGUE.test(text)) {
    return { key: `text ${cutText(plain, 200)}`, label: firstSentence(text) }
  }
  return { key: `check ${tool} ${checkId}`, label: cutText(`Resolve: ${title}`, 200) }
}

function firstSentence(text: string): string {
  const sentence = /^(.{10,}?[.;])\s/.exec(`${text} `)?.[1] ?? text
  return sentence.length > 160 ? `${cutText(sentence, 159)}…` : sentence
}
