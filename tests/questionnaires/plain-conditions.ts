/** Conditions decided once more, as plainly as it can be said, to hold the real decision against. */
import { type Answers, answersAsRead } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { type Condition, type Edition, listQuestions } from '#questionnaires/definition.ts'
import { edition as sample } from './compare-sample-editions.ts'

export interface Filled {
  form: Edition
  answers: Answers
  circumstances: Circumstances
}

/** The rule of domain/forms.md §3 once more, as plainly as it can be said: no memory, no order, recursion. */
export function applies({ form, answers, circumstances }: Filled, id: string): boolean {
  const question = listQuestions(form).find((one) => one.id === id)
  return question !== undefined && (!question.when || isTrue(question.when) === true)

  function isTrue(when: Condition): boolean | undefined {
    if ('not' in when) {
      const inner = isTrue(when.not)
      return inner === undefined ? undefined : !inner
    }
    if ('all' in when) return allOf(when.all.map(isTrue))
    if ('any' in when) {
      const opposite = allOf(when.any.map((part) => isTrue({ not: part })))
      return opposite === undefined ? undefined : !opposite
    }
    if (!('question' in when)) {
      const alone = sample('1', [{ id: 'asked' }, { id: 'opposite', when: { not: when } }])
      const [first] = alone.sections[0]?.questions ?? []
      if (first) first.when = when
      const shown = applicableQuestions(alone, {}, circumstances)
      return shown.has('asked') ? true : shown.has('opposite') ? false : undefined
    }
    if (!applies({ form, answers, circumstances }, when.question)) return undefined
    const answer = answersAsRead(form, answers)[when.question]
    if (!answer) return undefined
    if ('is' in when) {
      const word =
        answer.state === 'dont-know' ? 'dont-know' : 'choice' in answer.value ? answer.value.choice : null
      return [when.is].flat().includes(word ?? '')
    }
    if (answer.state === 'dont-know') return false
    const { value } = answer
    if ('includes' in when) return 'choices' in value && value.choices.includes(when.includes)
    if (value.kind === 'number') return value.number >= when.atLeast
    if (value.kind === 'currency') return value.amountMinor >= when.atLeast
    return value.kind === 'percent' && value.covered * 100 >= when.atLeast * value.total
  }
}

function allOf(verdicts: (boolean | undefined)[]): boolean | undefined {
  if (verdicts.some((verdict) => verdict === false)) return false
  return verdicts.every((verdict) => verdict === true) ? true : undefined
}
