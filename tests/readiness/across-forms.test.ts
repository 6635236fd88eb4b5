import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OtherForm } from '#app/readiness/across-forms.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { listOtherForms } from '#app/services/other-forms.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { AS_YES_NO, ask, claim, exception, form, situation, yesNo } from './situation.ts'

const mfa = (more: Record<string, unknown> = {}) => form(ask('mfa-email', 'mail', { ...AS_YES_NO, ...more }))
const other = (
  edition: OtherForm['edition'],
  answers: Record<string, Answer>,
  relation: OtherForm['relation'] = 'open',
  applicationId = 'other-1',
): OtherForm => ({ applicationId, edition, answers, circumstances: {}, relation })

const judgeMail = (
  answer: Answer,
  otherForms: OtherForm[],
  exceptions: ReturnType<typeof exception>[] = [],
) => {
  const readiness = evaluateReadiness(situation(mfa(), { mail: answer }, { otherForms, exceptions }))
  return { ...readiness.answers[0]!, blocking: readiness.blocking }
}

describe('an answer beside another form’s', () => {
  it('is contradicted where one says yes and the other no, and names the other form, item and answer', () => {
    for (const [here, there] of [
      ['yes', 'no'],
      ['no', 'yes'],
    ] as const) {
      const answer = judgeMail(yesNo(here, 'Because.'), [other(mfa(), { mail: yesNo(there) })])
      expect(answer.status).toBe('contradicted')
      const told = answer.reasons.find(({ ruleId }) => ruleId === 'across-forms')
      expect(told?.sentence.toLowerCase()).toContain(`answered “${here}” here and “${there}”`)
      expect(told?.sentence).toContain('item 1.1 of Test form, edition 1 (draft)')
      expect(answer.elsewhere).toEqual([{ applicationId: 'other-1', questionId: 'mail' }])
      expect(answer.blocking).toMatchObject([{ questionId: 'mail', why: 'contradicted' }])
    }
  })

  it('is left alone by the same answer, by silence, by “I don’t know” and by not applicable', () => {
    const unknown: Answer = { state: 'dont-know', gap: { owner: 'Ann', dueOn: '2026-12-01' } }
    const silent: Record<string, Answer>[] = [
      { mail: yesNo('yes') },
      {},
      { mail: unknown },
      { mail: yesNo('not-applicable') },
    ]
    for (const there of silent)
      expect(judgeMail(yesNo('yes'), [other(mfa(), there)]).status).toBe('unsupported')
  })

  it('is left alone where the other form asks about another part', () => {
    const guests = mfa({ canonical: { topic: 'mfa-email', scope: 'guests' } })
    expect(judgeMail(yesNo('yes'), [other(guests, { mail: yesNo('no') })]).elsewhere).toEqual([])
    const twice = form(ask('mfa-email', 'one', AS_YES_NO), ask('mfa-email', 'two', AS_YES_NO))
    expect(judgeMail(yesNo('yes'), [other(twice, { one: yesNo('no') })]).elsewhere).toEqual([])
  })

  it('is weakened where the other form says that it is partly so', () => {
    const some = mfa({ sometimes: true })
    const sometimes: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'sometimes' } }
    const answer = judgeMail(yesNo('yes'), [other(some, { mail: sometimes })])
    expect(answer.reasons).toContainEqual(
      expect.objectContaining({ outcome: 'weakens', ruleId: 'across-forms' }),
    )
    expect(answer.blocking).toEqual([])
  })

  it('is denied only what the other form asked: 30 days beside “not within 14”', () => {
    const patching = (claimed: string) =>
      form(ask('patch-critical-sla', 'patch', { ...AS_YES_NO, claims: { yes: claimed } }))
    const statusBeside = (claimed: string) =>
      evaluateReadiness(
        situation(
          patching('within-30-days'),
          { patch: yesNo('yes') },
          { otherForms: [other(patching(claimed), { patch: yesNo('no') })] },
        ),
      ).answers[0]?.status
    expect(statusBeside('within-14-days')).toBe('unsupported')
    expect(statusBeside('within-30-days')).toBe('contradicted')
  })

  it('is contradicted by a choice that denies the whole control', () => {
    const choice = form(ask('patch-critical-sla', 'patch', { kind: 'single-choice' }))
    const asked = form(
      ask('patch-critical-sla', 'patch', { ...AS_YES_NO, claims: { yes: 'within-30-days' } }),
    )
    const none: Answer = { state: 'answered', value: { kind: 'single-choice', choice: 'no-target' } }
    const { answers } = evaluateReadiness(
      situation(asked, { patch: yesNo('yes') }, { otherForms: [other(choice, { patch: none })] }),
    )
    expect(answers[0]?.status).toBe('contradicted')
  })

  it('is excepted like any other contradiction', () => {
    const answer = judgeMail(
      yesNo('yes'),
      [other(mfa(), { mail: yesNo('no') }, 'signed')],
      [exception('mail')],
    )
    expect(answer).toMatchObject({ status: 'contradicted', exceptionId: 'exception-1', blocking: [] })
  })

  it('tells a change since the signed form of the same kind as drift, which blocks nothing', () => {
    const answer = judgeMail(yesNo('no', 'Because.'), [other(mfa(), { mail: yesNo('yes') }, 'before')])
    expect(answer).toMatchObject({ status: 'not-claimed', blocking: [] })
    expect(answer.reasons[0]).toMatchObject({
      outcome: 'weakens',
      ruleId: 'changed-since-signed',
      remedy: 'Ask whether the insurer has to be told of the change.',
    })
  })

  it('comes out the same in whatever order the forms are', () => {
    const forms = [
      other(mfa(), { mail: yesNo('no') }, 'open', 'a'),
      other(mfa(), { mail: yesNo('yes') }, 'open', 'b'),
      other(mfa(), { mail: yesNo('no') }, 'signed', 'c'),
      other(form(ask('mfa-email', 'mail', { kind: 'single-choice' })), { mail: claim('no') }, 'before', 'd'),
    ]
    const inOrder = evaluateReadiness(situation(mfa(), { mail: yesNo('yes') }, { otherForms: forms }))
    fc.assert(
      fc.property(fc.shuffledSubarray(forms, { minLength: forms.length }), (otherForms) => {
        expect(evaluateReadiness(situation(mfa(), { mail: yesNo('yes') }, { otherForms }))).toEqual(inOrder)
      }),
      { numRuns: 30 },
    )
  })
})

describe('the forms that an application is held against', () => {
  const row = (id: string, day: number, more: Partial<Parameters<typeof listOtherForms>[0]> = {}) => ({
    id,
    formCode: id[0]!,
    state: 'draft' as const,
    createdAt: new Date(2026, 1, day),
    movedFrom: null,
    ...more,
  })
  const namesOf = (own: Parameters<typeof listOtherForms>[0], all: ReturnType<typeof row>[]) =>
    listOtherForms(own, all as Parameters<typeof listOtherForms>[0][]).map(
      ({ row: { id }, relation }) => `${id} ${relation}`,
    )
  const frozen = { state: 'frozen' } as never

  it('are other drafts, signed forms that still hold, and the signed one of its own kind', () => {
    const own = row('a1', 9)
    const all = [own, row('b1', 1), row('c1', 2, frozen), row('c2', 3, frozen), row('a0', 1, frozen)]
    expect(namesOf(own, all)).toEqual(['b1 open', 'c2 signed', 'a0 before'])
  })

  it('leave out the drafts that one is moved to or from', () => {
    const all = [
      row('a1', 1),
      row('a2', 2, { movedFrom: 'a1' }),
      row('a3', 3, { movedFrom: 'a2' }),
      row('b1', 4),
    ]
    for (const own of all.slice(0, 3)) expect(namesOf(own, all)).toEqual(['b1 open'])
  })

  it('are none for what is signed', () => {
    const own = row('a1', 1, frozen)
    expect(namesOf(own, [own, row('b1', 2)])).toEqual([])
  })
})
