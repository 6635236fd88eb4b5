/** Answers of one client that say opposite things in two forms about the same control and the same part of it. */
import {
  type Answer,
  type Answers,
  type AnswerWords,
  answersAsRead,
  describeAnswer,
} from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import { canonicalKeyOf, statementOf } from '#questionnaires/canonical.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { type Catalogue, findControl } from '#questionnaires/controls.ts'
import { type Edition, listQuestions, type Question } from '#questionnaires/definition.ts'
import { type Finding, finding } from './findings.ts'
import { claimsIn } from './judge-answer.ts'
import { bestMeaning } from './judge-control.ts'
import { type ReasonWords, reasonWords } from './language/reason-words.ts'
import { shorten } from './sentences.ts'

/** What another application of the same client says, and what it is to the one under examination. */
export interface OtherForm {
  applicationId: string
  edition: Edition
  answers: Answers
  circumstances: Circumstances
  /**
   * `open`: a draft beside it. `signed`: a signed form that still holds. `before`: the signed form of the same kind that
   * this one is about to follow: what changed since is drift, not a lie.
   */
  relation: 'open' | 'signed' | 'before'
}

export interface AcrossForms {
  finding: Finding
  /** The answer on the other side. */
  other: { applicationId: string; questionId: string }
}

/** What one answer amounts to, ready to be held against another. */
interface Position {
  question: Question
  answer: Extract<Answer, { state: 'answered' }>
  key: string
  meaning: 'met' | 'partly' | 'unmet'
  claims: ReadonlySet<string>
  /** What a "no" was said to; null where the answer denies the control as a whole ("never", "none"). */
  denies: ReadonlySet<string> | null
}

/**
 * By question id, what answers of other forms say against the answers of this one (docs/decisions/0015-across-forms.md).
 * Compared is only what somebody answered, on the same control, scope and aspect (`canonicalKeyOf`):
 * in place against not in place contradicts, in place against partly weakens. A "no" denies only what was asked:
 * "not within 14 days" leaves "within 30 days" alone. Pure; the order of the forms makes no difference to the findings.
 */
export function compareForms(
  own: Pick<OtherForm, 'edition' | 'answers' | 'circumstances'>,
  others: readonly OtherForm[],
  catalogue: Catalogue,
  words: ReasonWords = reasonWords(),
): Map<string, AcrossForms[]> {
  const found = new Map<string, AcrossForms[]>()
  if (others.length === 0) return found
  const here = positionsIn(own, catalogue)
  for (const form of others) {
    const there = positionsIn(form, catalogue)
    for (const mine of here) {
      for (const theirs of there) {
        const outcome = mine.key === theirs.key ? oppose(mine, theirs) : null
        if (!outcome) continue
        const told = found.get(mine.question.id) ?? []
        told.push({
          finding: describe(outcome, mine, theirs, form, words),
          other: { applicationId: form.applicationId, questionId: theirs.question.id },
        })
        found.set(mine.question.id, told)
      }
    }
  }
  return found
}

function positionsIn(
  { edition, answers, circumstances }: Pick<OtherForm, 'edition' | 'answers' | 'circumstances'>,
  catalogue: Catalogue,
): Position[] {
  const applicable = applicableQuestions(edition, answersAsRead(edition, answers), circumstances)
  return listQuestions(edition).flatMap((question) => {
    // Blanks that a form reads as "no" were said by nobody.
    const answer = answers[question.id]
    const control = question.control ? findControl(catalogue, question.control) : null
    if (!control || answer?.state !== 'answered' || !applicable.has(question.id)) return []
    const key = canonicalKeyOf(edition, question.id)
    const statement = statementOf(question, answer)
    const claims = claimsIn(question, answer, control)
    const meaning = claims.length === 0 ? null : bestMeaning(control, claims)
    if (key?.aspect !== 'standing' || statement?.aspect !== 'standing') return []
    if (meaning === null || meaning === 'not-applicable') return []
    const denies = question.kind === 'yes-no' ? plain(statement.denies ?? []) : null
    const position = { question, answer, meaning, claims: plain(statement.claims), denies }
    return [{ ...position, key: JSON.stringify([control.id, key.topic, key.scope]) }]
  })
}

/** "All" is the "yes" of a share. */
function plain(claims: readonly string[]): ReadonlySet<string> {
  return new Set(claims.map((claim) => (claim === 'all' ? 'yes' : claim)))
}

function oppose(a: Position, b: Position): 'contradicts' | 'weakens' | null {
  const [met, other] = a.meaning === 'met' ? [a, b] : [b, a]
  if (met.meaning !== 'met' || other.meaning === 'met') return null
  if (other.meaning === 'partly') return 'weakens'
  const isDenied = other.denies === null || [...met.claims].some((claim) => other.denies?.has(claim))
  return isDenied ? 'contradicts' : null
}

function describe(
  outcome: 'contradicts' | 'weakens',
  mine: Position,
  theirs: Position,
  { applicationId, edition, relation }: OtherForm,
  { say, answers }: ReasonWords,
): Finding {
  const state = say(relation === 'open' ? 'across.draft' : 'across.signed')
  const { item } = theirs.question.reference
  const place = say('across.place', {
    item,
    form: shorten(edition.form.title, 80),
    edition: edition.edition,
    state,
  })
  const here = inWords(mine, answers)
  const there = inWords(theirs, answers)
  const about = `${applicationId}/${theirs.question.id}`
  const asked = shorten(theirs.question.prompt, 80)
  if (relation === 'before') {
    const sentence = say('across.changed', { there, place, asked, here })
    const remedy = say('across.changed.remedy')
    return finding({ outcome: 'weakens', ruleId: 'changed-since-signed', about, sentence, remedy })
  }
  const sentence = say('across.opposed', { here, there, place, asked })
  const remedy = relation === 'open' ? say('across.open.remedy') : say('across.signed.remedy')
  return finding({ outcome, ruleId: 'across-forms', about, sentence, remedy })
}

/** Without the explanation, which is long and stands beside the answer itself. */
function inWords({ question, answer }: Position, words: AnswerWords): string {
  const { value } = answer
  return shorten(describeAnswer(question, { state: 'answered', value }, words), 60)
}
