/** Which part of an answer a field asks for, once it is clear which question it is about. */
import { optionsOf, type Question } from '#questionnaires/definition.ts'
import type { AnswerToken } from './answer-tokens.ts'
import type { DocumentField, MappingPart } from './carrier-document.ts'
import { tellingWords } from './form-words.ts'
import { suggestValues } from './match-option.ts'
import { fold } from './workbook-values.ts'

export interface SuggestedPart {
  part: MappingPart
  values?: Record<string, string>
  /** What is left of the question's likeness: 1 where the part is as clear as the question. */
  certainty: number
}

/** @returns null where no part of this question goes into such a field */
export function suggestPart(
  field: DocumentField,
  question: Question,
  tokens: readonly AnswerToken[],
): SuggestedPart | null {
  if (question.kind === 'attachment') return null
  if (field.kind === 'checkbox' && field.options.length === 0) return partOfTickBox(field, question, tokens)
  if (field.options.length > 0) {
    const values = suggestValues(field.options, tokens)
    const isSome = Object.keys(values).length > 0
    return isSome ? { part: 'answer', values, certainty: 1 } : null
  }
  return { part: textPart(field, question), certainty: question.kind === 'table' ? 0.8 : 1 }
}

function partOfTickBox(
  field: DocumentField,
  question: Question,
  tokens: readonly AnswerToken[],
): SuggestedPart | null {
  const said = saidAtTheEnd(field)
  if (said) {
    const token = tokens.find(({ id, label }) => id === said || fold(label) === said)
    return token ? { part: `choice:${token.id}`, certainty: 1 } : null
  }
  if (question.kind === 'yes-no') return { part: 'answer', certainty: 1 }
  const option = tokens
    .map((token) => ({ token, share: shareOf(token.label, field.label) }))
    .sort((a, b) => b.share - a.share)[0]
  return option && option.share >= 0.6 ? { part: `choice:${option.token.id}`, certainty: 1 } : null
}

/** `Mfa_Email_Yes`, `… mailbox? No`: one of a pair of boxes. */
function saidAtTheEnd({ label, name }: DocumentField): 'yes' | 'no' | 'not-applicable' | null {
  for (const text of [label, name.replace(/\[\d+\]/g, '')]) {
    const last = /(?:^|[^\p{L}\p{N}]|(?<=\p{Ll}))(Yes|No|N\/A|yes|no|n\/a|YES|NO|NA)[\s.)]*$/u
      .exec(text)?.[1]
      ?.toLowerCase()
    if (last === 'yes' || last === 'no') return last
    if (last !== undefined) return 'not-applicable'
  }
  return null
}

/** How many of the option's telling words the label has. */
function shareOf(option: string, label: string): number {
  const wanted = tellingWords(option)
  const words = new Set(tellingWords(label))
  return wanted.length === 0 ? 0 : wanted.filter((word) => words.has(word)).length / wanted.length
}

function textPart({ label }: DocumentField, question: Question): MappingPart {
  const text = fold(label)
  if (question.kind === 'percent') {
    if (/%|\bpercent|\bshare\b|\bproportion\b/.test(text)) return 'percent'
    if (/\btotal\b|\bin all\b/.test(text)) return 'total'
    if (/\bhow many\b|\bnumber of\b|\bcovered\b/.test(text)) return 'covered'
  }
  const isOther = /\bother\b|\bspecify\b/.test(text) && optionsOf(question).some(({ describe }) => describe)
  if (isOther) return 'description'
  const isWords = question.kind === 'text' || question.kind === 'table' || question.kind === 'product'
  const explains =
    /\bexplain|\bexplanation|\bdetails\b|\bcomments?\b|^if (yes|no|not)\b|\bplease describe\b/.test(text)
  return explains && !isWords ? 'explanation' : 'answer'
}
