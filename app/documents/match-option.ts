/** Which choice of a form stands for an answer: exactly by its label when filling, by likeness when suggesting. */
import { fold } from './workbook-values.ts'

/** The one option that reads like the label, letter case and spaces aside; two that do are none. */
export function matchOption(options: readonly string[], label: string): string | null {
  const wanted = fold(label)
  const matching = options.filter((option) => fold(option) === wanted)
  return matching.length === 1 ? (matching[0] ?? null) : null
}

/** How forms write the answers to a yes/no question. `On` and `1` only name a tick that says yes. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  yes: ['yes', 'y', 'true', 'on', '1', 'ja', 'oui', 'si', 'sí'],
  no: ['no', 'n', 'false', 'off', '0', 'nein', 'non'],
  sometimes: ['sometimes', 'partial', 'partially', 'partly', 'in part', 'some'],
  'not-applicable': ['not applicable', 'n/a', 'na', 'n.a.', 'does not apply'],
}

/** Options by token, as far as one of them is clearly meant; each option at most once. */
export function suggestValues(
  options: readonly string[],
  tokens: readonly { id: string; label: string }[],
): Record<string, string> {
  const pairs = tokens.flatMap(({ id, label }): [string, string][] => {
    const option =
      matchOption(options, label) ?? bySpelling(options, id) ?? byLikeness(options, tokens, label)
    return option === null ? [] : [[id, option]]
  })
  const isOnce = (option: string) => pairs.filter(([, other]) => other === option).length === 1
  return Object.fromEntries(pairs.filter(([, option]) => isOnce(option)))
}

function bySpelling(options: readonly string[], token: string): string | null {
  const spellings = SPELLINGS[token] ?? []
  const matching = options.filter((option) => spellings.includes(fold(option)))
  return matching.length === 1 ? (matching[0] ?? null) : null
}

// Below it, "daily" and "daily, offsite" would pass for each other.
const LIKE_ENOUGH = 0.6

function byLikeness(
  options: readonly string[],
  tokens: readonly { label: string }[],
  label: string,
): string | null {
  const scored = options
    .map((option) => ({ option, score: likenessOf(option, label) }))
    .sort((a, b) => b.score - a.score)
  const [best, second] = scored
  if (!best || best.score < LIKE_ENOUGH || best.score === second?.score) return null
  const isOthers = tokens.some((other) => likenessOf(best.option, other.label) > best.score)
  return isOthers ? null : best.option
}

/** Shared words among all words of both (Dice), 0 to 1. */
function likenessOf(a: string, b: string): number {
  const first = new Set(wordsIn(a))
  const second = new Set(wordsIn(b))
  const shared = [...first].filter((word) => second.has(word)).length
  return first.size + second.size === 0 ? 0 : (2 * shared) / (first.size + second.size)
}

function wordsIn(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
