/** Answers and facts in, readiness out: which answers the evidence supports, which it contradicts, and why. */
import { type Answer, answersAsRead } from '#questionnaires/answers.ts'
import { applicableQuestions, findAnswer, undecidedQuestions } from '#questionnaires/branching.ts'
import { findControl } from '#questionnaires/controls.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { compareForms } from './across-forms.ts'
import { applyRules, revisionsThatSpeak } from './apply-rules.ts'
import { isUnanswered, obstaclesOf } from './blocking.ts'
import { crossCheck } from './cross-checks.ts'
import { declinedServices } from './declined-services.ts'
import { selectFactsInForce } from './facts-in-force.ts'
import type { Finding } from './findings.ts'
import { answerNumberOf, assertedClaims, claimsIn, judgeAnswer } from './judge-answer.ts'
import { judgeControl } from './judge-control.ts'
import { type ReasonWords, reasonWords } from './language/reason-words.ts'
import { groupBy, sortedBy } from './order.ts'
import type { ExceptionSource, Readiness, ReadinessInput } from './status.ts'
import { currentEvidence, weighEvidence } from './weigh-evidence.ts'

/**
 * Pure: the same input in any order gives the same readiness. Semantics: docs/decisions/0003-readiness-semantics.md.
 * Answers follow the form, controls the catalogue; controls that the edition never asks about are left out.
 */
export function evaluateReadiness(input: ReadinessInput): Readiness {
  const { edition, catalogue, circumstances, now } = input
  const words = reasonWords(input.language)
  const answers = answersAsRead(edition, input.answers)
  const facts = selectFactsInForce(input)
  const factsByKey = groupBy(input.facts, ({ key }) => key)
  const attached = currentEvidence(input.evidence, catalogue, now, words)
  const applicable = applicableQuestions(edition, answers, circumstances)
  const asked = listQuestions(edition)
  const examined = asked
    .filter((question) => applicable.has(question.id))
    .map((question) => {
      const answer = findAnswer(answers, question.id)
      const control = question.control ? findControl(catalogue, question.control) : null
      return { question, answer, control, claims: claimsIn(question, answer, control) }
    })
  const crossed = crossCheck(examined, catalogue, now, words)
  const own = { edition, answers: input.answers, circumstances: circumstances ?? {} }
  const elsewhere = compareForms(own, input.otherForms ?? [], catalogue, words)

  const judged = examined.map((item) => {
    const { question, answer, control, claims } = item
    const exception = findExceptionInForce(input.exceptions, question.id, now)
    const subject = {
      question,
      control,
      asserted: assertedClaims(control, claims),
      answerNumber: answerNumberOf(answer),
      words,
    }
    const findings: Finding[] = [
      ...applyRules(subject, facts, now),
      ...weighEvidence(subject, attached, catalogue, revisionsThatSpeak(subject, factsByKey)),
      ...(crossed.get(question.id) ?? []),
      ...(elsewhere.get(question.id) ?? []).map(({ finding }) => finding),
      ...declinedServices(item, input.waivers ?? [], words),
    ]
    return {
      ...item,
      ...judgeAnswer({
        ...item,
        catalogue,
        words,
        findings,
        exception,
        elsewhere: (elsewhere.get(question.id) ?? []).map(({ other }) => other),
      }),
      openBecause: openBecause(answer, words),
      isExcepted: exception !== null,
    }
  })

  const asksAbout = new Set(asked.map((question) => question.control))
  const undecided = undecidedQuestions(edition, answers, circumstances)
  const mayAskAbout = new Set(asked.filter(({ id }) => undecided.has(id)).map(({ control }) => control))
  return {
    asOf: now.toISOString(),
    answers: judged.map((item) => item.readiness),
    controls: catalogue.controls
      .filter((control) => asksAbout.has(control.id))
      .map((control) =>
        judgeControl(
          control,
          judged.filter((item) => item.control === control),
          mayAskAbout.has(control.id),
          words,
        ),
      ),
    blocking: judged.flatMap(({ question, answer: read, readiness }) =>
      obstaclesOf({ question, given: findAnswer(input.answers, question.id), read, readiness, now }),
    ),
  }
}

/** The one that lasts longest; an exception counts to the end of its last day, in UTC. */
function findExceptionInForce(
  exceptions: readonly ExceptionSource[],
  questionId: string,
  now: Date,
): ExceptionSource | null {
  const today = now.toISOString().slice(0, 10)
  const inForce = exceptions.filter(
    (exception) => exception.questionId === questionId && exception.expiresOn >= today,
  )
  return (
    sortedBy(
      inForce,
      (exception) => exception.expiresOn,
      (exception) => exception.id,
    ).at(-1) ?? null
  )
}

/** Why a question is open, in a sentence; null where it is answered. */
function openBecause(answer: Answer | undefined, { say, day }: ReasonWords): string | null {
  if (answer?.state === 'dont-know') {
    const { owner, dueOn } = answer.gap
    return say('open.unknown', { owner, day: day(new Date(dueOn)) })
  }
  return isUnanswered(answer) ? say('open.none') : null
}
