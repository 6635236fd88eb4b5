/** Proposes which answer belongs in which field by the likeness of words; a person confirms every one of them. */
import { type Edition, listQuestions, type Question } from '#questionnaires/definition.ts'
import { tokensOf } from './answer-tokens.ts'
import type { DocumentField, DocumentReading, FieldMapping } from './carrier-document.ts'
import { readableName } from './field-label.ts'
import { tellingWords } from './form-words.ts'
import { suggestClientPart } from './suggest-client-part.ts'
import { suggestPart } from './suggest-part.ts'

export { checkMapping } from './check-mapping.ts'

export interface MappingSuggestion extends FieldMapping {
  /** 0 to 1. */
  score: number
  /** For a person, after "suggested because": `both speak of mfa and email`. */
  why: string
}

/** Below it, two words that every form has would be enough. */
const LEAST_SCORE = 0.45
/** From here on, several fields may hold the same: forms repeat the insured's name on every page. */
const SURE_SCORE = 0.8

/** Pure and without chance: the same form and edition give the same suggestions. */
export function suggestMapping(reading: DocumentReading, edition: Edition): MappingSuggestion[] {
  const candidates = weighQuestions(edition)
  const suggestions = reading.fields
    .filter(({ kind, readOnly }) => !readOnly && !['signature', 'button', 'other'].includes(kind))
    .flatMap((field) => suggestFor(field, candidates) ?? [])
  const bestOf = new Map<string, number>()
  const targetOf = ({ questionId, part }: FieldMapping) => `${questionId} ${part}`
  for (const item of suggestions) {
    bestOf.set(targetOf(item), Math.max(bestOf.get(targetOf(item)) ?? 0, item.score))
  }
  return suggestions.filter((item) => item.score >= SURE_SCORE || item.score === bestOf.get(targetOf(item)))
}

interface Weighed {
  question: Question
  words: ReadonlySet<string>
  /** Of the prompt alone: how much of the question the field speaks about. */
  promptWeight: number
}

interface Candidates {
  questions: Weighed[]
  /** Rare words tell more. */
  weightOf(word: string): number
}

function weighQuestions(edition: Edition): Candidates {
  const asked = listQuestions(edition).map((question) => {
    const prompt = tellingWords(question.prompt)
    const more = tellingWords(`${question.id} ${question.control ?? ''} ${question.scope ?? ''}`)
    return { question, prompt, words: new Set([...prompt, ...more]) }
  })
  const counts = new Map<string, number>()
  for (const { words } of asked) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  // A word that no question has still counts against a field, but less: labels carry words of their own.
  const weightOf = (word: string) => {
    const count = counts.get(word)
    return count === undefined ? Math.log(1 + asked.length) / 2 : Math.log(1 + asked.length / count)
  }
  const questions = asked.map(({ question, prompt, words }) => ({
    question,
    words,
    promptWeight: prompt.reduce((sum, word) => sum + weightOf(word), 0),
  }))
  return { questions, weightOf }
}

function suggestFor(field: DocumentField, candidates: Candidates): MappingSuggestion | null {
  const client = suggestClientPart(field)
  if (client) return { field: field.name, questionId: '', ...client }
  const label = tellingWords(field.label)
  // The technical name only speaks where the label does not.
  const words =
    label.length >= 2 ? label : [...new Set([...label, ...tellingWords(readableName(field.name))])]
  let best: MappingSuggestion | null = null
  for (const weighed of candidates.questions) {
    const likeness = likenessOf(words, field, weighed, candidates)
    if (!likeness || likeness.score < LEAST_SCORE) continue
    const part = suggestPart(field, weighed.question, tokensOf(weighed.question))
    if (!part) continue
    const score = Number((likeness.score * part.certainty).toFixed(3))
    if (score < LEAST_SCORE || (best && best.score >= score)) continue
    const { certainty: _certainty, ...rest } = part
    best = { field: field.name, questionId: weighed.question.id, ...rest, score, why: likeness.why }
  }
  return best
}

function likenessOf(
  words: readonly string[],
  field: DocumentField,
  { question, words: asked, promptWeight }: Weighed,
  { weightOf }: Candidates,
): { score: number; why: string } | null {
  const shared = words.filter((word) => asked.has(word))
  if (shared.length === 0 || (shared.length === 1 && words.length > 1)) return null
  const sum = (list: readonly string[]) => list.reduce((total, word) => total + weightOf(word), 0)
  const ofField = sum(shared) / sum(words)
  const ofQuestion = Math.min(1, sum(shared) / Math.max(promptWeight, 1))
  const isSameItem = itemOf(field.label) === question.reference.item
  const score = Math.min(1, 0.65 * ofField + 0.35 * ofQuestion + (isSameItem ? 0.15 : 0))
  const said = shared.slice(0, 3).map((word) => `“${word}”`)
  const item = isSameItem ? `, item ${question.reference.item} in both` : ''
  return { score, why: `both speak of ${said.join(', ')}${item}` }
}

/** `3.2` of a label that begins with it. */
function itemOf(label: string): string | undefined {
  return /^\s*\(?(?:q(?:uestion)?\.?\s*)?(\d{1,3}(?:\.\d{1,3})*[a-z]?)[.):\s]/i.exec(label)?.[1]
}
