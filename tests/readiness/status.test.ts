import { describe, expect, it } from 'vitest'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { ReadinessInput } from '#app/readiness/status.ts'
import { actionsFor, summarise } from '#app/readiness/summary.ts'
import type { Answers } from '#questionnaires/answers.ts'
import {
  AS_YES_NO,
  ask,
  claim,
  document,
  exception,
  fact,
  form,
  judge,
  share,
  situation,
  yesNo,
} from './situation.ts'

const dontKnow = { state: 'dont-know', gap: { owner: 'Ann', dueOn: '2026-12-01' } } as const
const policy = document('idp-policy-export', { controlIds: ['mfa-email'] })
const evaluate = (questions: unknown[], answers: Answers, more: Partial<ReadinessInput> = {}) =>
  evaluateReadiness(situation(form(...questions), answers, more))

describe('status of an answer', () => {
  it('claims nothing by no, not applicable, I do not know and silence', () => {
    for (const answer of [claim('no'), claim('not-applicable'), dontKnow, undefined]) {
      const result = judge('mfa-email', answer, { evidence: [policy] }).answer
      expect(result).toMatchObject({ status: 'not-claimed', claim: null })
    }
  })

  it('says of an open question who will find out and when, or that nobody answered', () => {
    const reasonFor = (answer: typeof dontKnow | undefined) =>
      judge('mfa-email', answer, {}).control.reasons[0]?.sentence
    expect(reasonFor(dontKnow)).toContain('Ann will find out by 1 December 2026')
    expect(reasonFor(undefined)).toContain('There is no answer yet.')
  })

  it('lets a document say nothing that newer facts about the same have outdated, or left unsaid', () => {
    const old = document('encryption-report', { controlIds: ['encrypt-endpoints'], ageDays: 20 })
    const said = share('crypto.endpoint_encrypted_percent', 60, 100, {
      revisionId: old.revisionId,
      ageDays: 20,
    })
    const status = (...newer: ReturnType<typeof fact>[]) =>
      judge('encrypt-endpoints', claim('all'), { evidence: [old], facts: [said, ...newer] }).answer
    expect(status().status).toBe('contradicted')
    // A share of no machines at all says nothing, and makes a contradiction go away least of all.
    expect(status(share('crypto.endpoint_encrypted_percent', 0, 0)).status).toBe('contradicted')
    const better = status(share('crypto.endpoint_encrypted_percent', 100, 100))
    expect(better.status).toBe('supported')
    expect(better.reasons.map(({ sentence }) => sentence).join()).not.toContain('no fact contradicts it')
  })

  it('lets the worst of several claims decide', () => {
    const facts = [fact('backup.immutable_copy', true)]
    const status = (...claims: string[]) =>
      judge('backup-offline-immutable', claim(...claims), { facts }).answer
    expect(status('immutable')).toMatchObject({ status: 'supported', claim: 'immutable' })
    expect(status('immutable', 'offline')).toMatchObject({
      status: 'unsupported',
      claim: 'offline',
      claims: ['offline', 'immutable'],
    })
  })

  it('does not take a claim for supported that the catalogue does not know', () => {
    const question = {
      options: [
        { id: 'perfectly', label: 'Perfectly' },
        { id: 'no', label: 'No' },
      ],
    }
    const { answer, control } = judge('mfa-email', claim('perfectly'), { evidence: [policy] }, question)
    expect(control.status).not.toBe('met')
    expect(answer.reasons.some((reason) => reason.sentence.includes('no rules for this answer'))).toBe(true)
  })

  it('is flagged as weakened only where it is supported', () => {
    const weak = fact('mfa.excluded_account_count', 1)
    expect(judge('mfa-email', claim('yes'), { facts: [weak], evidence: [policy] }).answer).toMatchObject({
      status: 'supported',
      weakened: true,
    })
    expect(judge('mfa-email', claim('yes'), { facts: [weak] }).answer).toMatchObject({
      status: 'unsupported',
      weakened: false,
    })
  })

  it('says what to attach where nothing is on file', () => {
    const { reasons } = judge('backup-restore-test', claim('within-12-months')).answer
    expect(reasons).toMatchObject([
      {
        sentence: 'Nothing on file shows what this answer claims.',
        remedy: 'Attach current evidence: Restore test log.',
      },
    ])
  })
})

describe('status of a control', () => {
  const email = (answer: Parameters<typeof judge>[1], more: Partial<ReadinessInput> = {}) =>
    judge('mfa-email', answer, more).control

  it('is met only by a supported claim', () => {
    expect(email(claim('yes'), { evidence: [policy] }).status).toBe('met')
    expect(email(claim('yes')).status).toBe('unknown')
    expect(
      email(claim('yes'), { evidence: [{ ...policy, observedAt: new Date('2020-01-01') }] }).status,
    ).toBe('unknown')
    expect(email(claim('no'), { evidence: [policy] }).status).toBe('unmet')
    expect(email(dontKnow, { evidence: [policy] }).status).toBe('unknown')
    expect(email(undefined, { evidence: [policy] }).status).toBe('unknown')
    expect(email(claim('not-applicable')).status).toBe('not-applicable')
  })

  it('is unmet where the answer is contradicted, and says so first', () => {
    const control = email(claim('yes'), {
      facts: [share('mfa.user_enforced_percent', 20, 43)],
      evidence: [policy],
    })
    expect(control.status).toBe('unmet')
    expect(control.reasons[0]).toMatchObject({
      outcome: 'contradicts',
      sentence: expect.stringMatching(/^Question 1\.1: Sign-in policy demands MFA of 46\.5 %/),
    })
  })

  it('is partly in place where an exception covers a few, and unmet where it covers many', () => {
    const exceptions = [exception('mfa-email')]
    const status = (enforced: number) =>
      email(claim('yes'), { exceptions, facts: [share('mfa.user_enforced_percent', enforced, 100)] }).status
    expect([status(98), status(40)]).toEqual(['partly', 'unmet'])
  })

  it('is partly in place where "all" has counter-examples that no exception explains', () => {
    const facts = [share('crypto.endpoint_encrypted_percent', 97, 100)]
    const encryption = (more: Partial<ReadinessInput> = {}) =>
      judge('encrypt-endpoints', claim('all'), { facts, ...more })
    expect(encryption()).toMatchObject({
      answer: { status: 'supported', weakened: true },
      control: { status: 'partly' },
    })
    expect(encryption({ exceptions: [exception('encrypt-endpoints')] }).control.status).toBe('met')
  })

  it('stays met where something else detracts, and the answer shows it first', () => {
    const facts = [fact('pam.admins_with_mailbox_count', 0), fact('pam.global_admin_count', 9)]
    const { answer, control } = judge('pam-separate-admin-accounts', claim('yes'), { facts })
    expect(answer).toMatchObject({
      weakened: true,
      reasons: [{ outcome: 'weakens' }, { outcome: 'supports' }],
    })
    expect(control).toMatchObject({
      status: 'met',
      reasons: [{ outcome: 'supports' }, { outcome: 'weakens' }],
    })
  })

  it('is partly in place by a partial claim, supported or not', () => {
    expect(judge('encrypt-endpoints', claim('some')).control.status).toBe('partly')
    const facts = [share('crypto.endpoint_encrypted_percent', 50, 100)]
    expect(judge('encrypt-endpoints', claim('some'), { facts })).toMatchObject({
      answer: { status: 'supported' },
      control: { status: 'partly' },
    })
    expect(
      judge('encrypt-endpoints', claim('some'), {
        facts: [share('crypto.endpoint_encrypted_percent', 0, 100)],
      }).control.status,
    ).toBe('unmet')
  })

  it('follows the worst of several answers: unmet, unknown, partly, met', () => {
    const questions = ['a', 'b'].map((id) => ask('encrypt-endpoints', id))
    const evidence = [document('encryption-report', { controlIds: ['encrypt-endpoints'] })]
    const status = (a: string, b: string | null) =>
      evaluate(questions, { a: claim(a), ...(b ? { b: claim(b) } : {}) }, { evidence }).controls[0]?.status
    expect(status('all', 'all')).toBe('met')
    expect(status('all', 'some')).toBe('partly')
    expect(status('some', null)).toBe('unknown')
    expect(status('none', null)).toBe('unmet')
    expect(status('all', 'not-applicable')).toBe('met')
    expect(status('not-applicable', 'not-applicable')).toBe('not-applicable')
  })

  it('does not apply where no question about it applies, and is left out where the form never asks', () => {
    const gate = { id: 'gate', kind: 'yes-no', prompt: 'Any?', reference: { item: '1' } }
    const gated = ask('mfa-email', 'mfa', { when: { question: 'gate', is: 'yes' } })
    const { controls, answers, blocking } = evaluate([gate, gated], {
      gate: yesNo('no', 'none'),
      mfa: claim('yes'),
    })
    expect(controls).toMatchObject([{ controlId: 'mfa-email', status: 'not-applicable' }])
    expect(answers.map((answer) => answer.questionId)).toEqual(['gate'])
    expect(blocking).toEqual([])
  })

  it('is not decided by details such as a date', () => {
    const detail = ask('ir-plan', 'date', { kind: 'date', options: undefined })
    const evidence = [document('plan-document', { controlIds: ['ir-plan'] })]
    const answers = {
      plan: claim('yes'),
      date: { state: 'answered', value: { kind: 'date', date: '2026-05-01' } },
    } as const
    expect(evaluate([ask('ir-plan', 'plan'), detail], answers, { evidence }).controls[0]?.status).toBe('met')
  })
})

describe('obstacles to signing', () => {
  it('are contradictions, missing answers and missing explanations, each with a sentence', () => {
    const questions = [
      ask('mfa-email', 'contradicted'),
      ask('mfa-cloud-admin', 'missing'),
      ask('ir-plan', 'unexplained', AS_YES_NO),
      ask('msp-access', 'optional', { required: false }),
      ask('payment-callback', 'unsure'),
    ]
    const answers = { contradicted: claim('yes'), unexplained: yesNo('no', ' '), unsure: dontKnow }
    const { blocking } = evaluate(questions, answers, { facts: [fact('mfa.legacy_auth_signins_30d', 3)] })
    expect(blocking.map(({ questionId, why }) => [questionId, why])).toEqual([
      ['contradicted', 'contradicted'],
      ['missing', 'unanswered'],
      ['unexplained', 'unexplained'],
    ])
    expect(blocking[0]?.sentence).toContain('3 sign-ins in 30 days used a legacy protocol')
    for (const { sentence } of blocking) expect(sentence).toMatch(/^Question 1\.1, “.*\.$/)
  })

  it('vanish with an explanation', () => {
    expect(
      judge('ir-plan', yesNo('no', 'Being written until March.'), {}, AS_YES_NO).readiness.blocking,
    ).toEqual([])
  })

  it('count empty text and no ticks as no answer', () => {
    expect(judge('mfa-email', claim()).readiness.blocking).toMatchObject([{ why: 'unanswered' }])
    const text = { state: 'answered', value: { kind: 'text', text: ' \n' } } as const
    expect(
      judge('mfa-email', text, {}, { kind: 'text', options: undefined }).readiness.blocking,
    ).toMatchObject([{ why: 'unanswered' }])
  })
})

describe('summary and next steps', () => {
  const questions = [
    ask('mfa-email'),
    ask('mfa-cloud-admin'),
    ask('mfa-endpoint-server-admin'),
    ask('ir-plan'),
    ask('rdp-not-exposed'),
    ask('training-annual'),
  ]
  const answers = {
    'mfa-email': claim('yes'),
    'mfa-cloud-admin': claim('yes'),
    'mfa-endpoint-server-admin': claim('yes'),
    'ir-plan': claim('no'),
    'rdp-not-exposed': claim('yes'),
  }
  const readiness = evaluate(questions, answers, {
    facts: [fact('exposure.rdp_open_count', 1, { viewpoint: 'external' })],
    evidence: [policy],
  })

  it('counts answers and controls', () => {
    expect(summarise(readiness)).toEqual({
      answers: { supported: 1, unsupported: 2, stale: 0, contradicted: 1, 'not-claimed': 2 },
      supported: 1,
      weakened: 0,
      unsupported: 2,
      stale: 0,
      contradicted: 1,
      excepted: 0,
      notClaimed: 2,
      blocking: 2,
      controls: { met: 1, partly: 0, unmet: 2, unknown: 3, 'not-applicable': 0 },
    })
  })

  it('puts what clears obstacles first and groups answers that one remedy moves', () => {
    const actions = actionsFor(readiness)
    expect(actions.slice(0, 2).map((action) => action.effect)).toEqual(['unblocks', 'unblocks'])
    expect(
      actions
        .slice(0, 2)
        .map((action) => action.questionIds)
        .sort(),
    ).toEqual([['rdp-not-exposed'], ['training-annual']])
    expect(actions[2]).toEqual({
      remedy: 'Attach current evidence: Sign-in policy export or Console screenshot.',
      effect: 'supports',
      questionIds: ['mfa-cloud-admin', 'mfa-endpoint-server-admin'],
      controlIds: ['mfa-cloud-admin', 'mfa-endpoint-server-admin'],
    })
    expect(actions[3]).toMatchObject({
      effect: 'closes-gap',
      remedy: 'Put in place: Incident response plan.',
    })
  })
})
