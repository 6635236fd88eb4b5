/** Answer against answer: the catalogue's pairs that cannot both be right, or that cast doubt on each other. */
import type { Answer } from '#questionnaires/answers.ts'
import type { AnswerSelector, Catalogue, CrossCheck } from '#questionnaires/controls.ts'
import type { Question } from '#questionnaires/definition.ts'
import { type Finding, finding } from './findings.ts'
import type { ReasonWords } from './language/reason-words.ts'
import { fillSentence, shorten } from './sentences.ts'

export interface CheckedAnswer {
  question: Question
  answer: Answer | undefined
  claims: readonly string[]
}

/** Findings by question id; each check that strikes is told at both of its answers. */
export function crossCheck(
  answers: readonly CheckedAnswer[],
  catalogue: Catalogue,
  now: Date,
  words: ReasonWords,
): Map<string, Finding[]> {
  const findings = new Map<string, Finding[]>()
  for (const check of catalogue.crossChecks ?? []) {
    const firsts = answers.filter((item) => selects(check.first, item, now))
    const seconds = answers.filter((item) => selects(check.second, item, now))
    for (const first of firsts) {
      for (const second of seconds) {
        tell(findings, check, words, first, second)
        if (first !== second) tell(findings, check, words, second, first)
      }
    }
  }
  return findings
}

function tell(
  findings: Map<string, Finding[]>,
  check: CrossCheck,
  { say }: ReasonWords,
  at: CheckedAnswer,
  other: CheckedAnswer,
) {
  const told = findings.get(at.question.id) ?? []
  const { item } = other.question.reference
  const name =
    at === other
      ? say('other.same')
      : say('other.question', { item, prompt: shorten(other.question.prompt, 80) })
  const sentence = fillSentence(check.reason, { other: name })
  const { outcome, remedy, id: ruleId } = check
  told.push(finding({ outcome, about: other.question.id, sentence, remedy, ruleId }))
  findings.set(at.question.id, told)
}

function selects(selector: AnswerSelector, { question, answer, claims }: CheckedAnswer, now: Date): boolean {
  if (answer?.state !== 'answered') return false
  const { value } = answer
  if ('question' in selector) {
    if (question.id !== selector.question) return false
    const chosen = 'choices' in value ? value.choices : 'choice' in value ? [value.choice] : []
    return chosen.some((choice) => selector.chosen.includes(choice))
  }
  if (question.control !== selector.control) return false
  if ('claims' in selector) return claims.some((claim) => selector.claims.includes(claim))
  if ('products' in selector) {
    return value.kind === 'product' && selector.products.includes(value.product.trim().toLowerCase())
  }
  if (value.kind !== 'date') return false
  return (now.getTime() - Date.parse(value.date)) / 86_400_000 >= selector.olderThanDays + 1
}
