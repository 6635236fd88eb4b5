import { describe, expect, it } from 'vitest'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { Answer, AnswerValue } from '#questionnaires/answers.ts'
import type { AnswerSelector } from '#questionnaires/controls.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { getEdition } from '#questionnaires/library.server.ts'
import { ask, catalogue, claim, dayText, document, exception, form, situation } from './situation.ts'

const answered = (value: AnswerValue): Answer => ({ state: 'answered', value })

/** A question and an answer that the selector picks. */
function pick(selector: AnswerSelector, id: string): [unknown, Answer] {
  if ('question' in selector) {
    const options = [...selector.chosen, 'other-choice'].map((option) => ({ id: option, label: option }))
    const question = {
      id: selector.question,
      kind: 'multiple-choice',
      prompt: 'Which?',
      options,
      reference: { item: '2' },
    }
    return [question, claim(selector.chosen[0]!)]
  }
  if ('claims' in selector) return [ask(selector.control, id), claim(selector.claims[0]!)]
  if ('products' in selector) {
    const question = ask(selector.control, id, { kind: 'product', options: undefined })
    return [question, answered({ kind: 'product', product: ` ${selector.products[0]!.toUpperCase()} ` })]
  }
  const question = ask(selector.control, id, { kind: 'date', options: undefined })
  return [question, answered({ kind: 'date', date: dayText(selector.olderThanDays + 1) })]
}

const idOf = (selector: AnswerSelector, id: string) => ('question' in selector ? selector.question : id)

describe('answer against answer', () => {
  it.each((catalogue.crossChecks ?? []).map((check) => [check.id, check] as const))(
    '%s strikes at both answers',
    (_, check) => {
      const [first, firstAnswer] = pick(check.first, 'first')
      const [second, secondAnswer] = pick(check.second, 'second')
      const answers = {
        [idOf(check.first, 'first')]: firstAnswer,
        [idOf(check.second, 'second')]: secondAnswer,
      }
      const readiness = evaluateReadiness(situation(form(first, second), answers))
      for (const answer of readiness.answers) {
        const told = answer.reasons.filter((reason) => reason.ruleId === check.id)
        expect(told).toMatchObject([
          { outcome: check.outcome, sentence: expect.stringMatching(/question (1\.1|2), “/) },
        ])
        expect(told[0]?.sentence).not.toMatch(/[{}]/)
        expect(answer.status === 'contradicted').toBe(check.outcome === 'contradicts')
      }
      const alone = evaluateReadiness(situation(form(first), { [idOf(check.first, 'first')]: firstAnswer }))
      expect(alone.answers[0]?.reasons.filter((reason) => reason.ruleId === check.id)).toEqual([])
    },
  )

  it('strikes within one answer', () => {
    const readiness = evaluateReadiness(
      situation(form(ask('backup-offline-immutable')), {
        'backup-offline-immutable': claim('sync-only', 'offline'),
      }),
    )
    expect(readiness.answers[0]).toMatchObject({ status: 'contradicted' })
    expect(readiness.answers[0]?.reasons[0]?.sentence).toContain('the same answer')
    expect(readiness.controls[0]?.status).toBe('unmet')
  })

  it('is overruled by no evidence, and covered by an exception at each answer', () => {
    const questions = form(ask('backup-frequency-scope', 'frequency'), ask('backup-restore-test', 'test'))
    const answers = { frequency: claim('none'), test: claim('within-12-months') }
    const evidence = [document('restore-test-log', { questionIds: ['test'] })]
    const blocked = (exceptions: ReturnType<typeof exception>[]) =>
      evaluateReadiness(situation(questions, answers, { evidence, exceptions })).blocking.map(
        ({ questionId }) => questionId,
      )
    expect(blocked([])).toEqual(['frequency', 'test'])
    expect(blocked([exception('test')])).toEqual(['frequency'])
    expect(blocked([exception('test'), exception('frequency', { id: 'exception-2' })])).toEqual([])
  })

  it('leaves a date that is just recent enough alone', () => {
    const questions = form(
      ask('backup-restore-test', 'test'),
      ask('backup-restore-test', 'date', { kind: 'date', options: undefined }),
    )
    const answers = { test: claim('within-12-months'), date: answered({ kind: 'date', date: dayText(365) }) }
    expect(evaluateReadiness(situation(questions, answers)).blocking).toEqual([])
  })

  it('names only questions and options that the core edition has', () => {
    const { edition } = getEdition('core-cyber', '1')
    const options = new Map(
      listQuestions(edition).map((question) => [
        question.id,
        'options' in question ? question.options.map((option) => option.id) : [],
      ]),
    )
    const selectors = (catalogue.crossChecks ?? []).flatMap((check) => [check.first, check.second])
    for (const selector of selectors) {
      if ('question' in selector)
        expect(options.get(selector.question), selector.question).toEqual(
          expect.arrayContaining(selector.chosen),
        )
    }
  })
})
