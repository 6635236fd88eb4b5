import { describe, expect, test } from 'vitest'
import type { Judged } from '#app/readiness/drift.ts'
import { changesBetween, underQuestionsOf } from '#app/readiness/period-changes.ts'
import type { AnswerReadiness } from '#app/readiness/status.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { ask, form } from './situation.ts'

const YES: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }

/** What each question shows; null: it is asked, and nobody answered. */
function judged(shown: Record<string, AnswerReadiness['status'] | null>): Judged {
  const entries = Object.entries(shown)
  return {
    readiness: {
      asOf: '2026-06-01T12:00:00.000Z',
      answers: entries.map(([questionId, status]) => ({
        questionId,
        controlId: 'c',
        claim: 'yes',
        claims: ['yes'],
        status: status ?? 'not-claimed',
        weakened: false,
        exceptionId: null,
        reasons: [],
        elsewhere: [],
      })),
      controls: [],
      blocking: [],
    },
    answers: Object.fromEntries(entries.flatMap(([id, status]) => (status ? [[id, YES]] : []))),
  }
}

const directions = (before: Judged | null, now: Judged) =>
  Object.fromEntries(
    changesBetween(before, now, () => null).map(({ questionId, direction }) => [questionId, direction]),
  )

describe('what a period did to an answer', () => {
  test('that nothing was on record for is neither progress nor drift, whatever it shows', () => {
    const now = judged({ a: 'supported', b: 'unsupported', c: 'contradicted', d: 'not-claimed', e: null })
    const all = { a: 'first', b: 'first', c: 'first', d: 'first' }
    expect(directions(null, now)).toEqual(all)
    expect(directions(judged({ a: null, b: null, c: null, d: null, e: null }), now)).toEqual(all)
  })

  test('that was on record is told by how it stands', () => {
    const before = judged({ a: 'unsupported', b: 'supported', c: 'supported', d: 'contradicted' })
    const now = judged({ a: 'supported', b: 'supported', c: 'contradicted', d: 'unsupported' })
    expect(directions(before, now)).toEqual({ a: 'better', c: 'worse', d: 'better' })
  })

  test('that was never given and is not asked for any more is none', () => {
    expect(directions(judged({ a: null }), judged({}))).toEqual({})
  })
})

describe('between two editions', () => {
  const older = form(
    ask('mfa-email', 'mail'),
    ask('backup-restore-test', 'restore'),
    ask('rdp-not-exposed', 'rdp'),
  )
  const edition = (...questions: unknown[]) => ({ ...form(...questions), edition: '2', follows: '1' })
  const before = judged({ mail: 'supported', restore: 'supported', rdp: 'contradicted' })

  test('a question that has another id is the same one, and one that is gone is compared with nothing', () => {
    const newer = edition(
      ask('mfa-email', 'mailbox', { formerly: ['mail'] }),
      ask('backup-restore-test', 'restore'),
    )
    const now = judged({ mailbox: 'contradicted', restore: 'supported' })
    expect(directions(underQuestionsOf(newer, { older, between: [], judged: before }), now)).toEqual({
      mailbox: 'worse',
    })
  })

  test('a question that is asked about another control, or about one for the first time, is answered first', () => {
    const bare = form(ask('mfa-email', 'mail', { control: undefined }), ask('rdp-not-exposed', 'rdp'))
    const newer = edition(ask('mfa-email', 'mail'), ask('backup-restore-test', 'rdp'))
    const then = judged({ mail: 'not-claimed', rdp: 'supported' })
    const now = judged({ mail: 'unsupported', rdp: 'unsupported' })
    expect(directions(underQuestionsOf(newer, { older: bare, between: [], judged: then }), now)).toEqual({
      mail: 'first',
      rdp: 'first',
    })
  })

  test('the parts of a question and the sum of two are answered first', () => {
    const newer = edition(
      ask('mfa-email', 'mail-staff', { formerly: ['mail'] }),
      ask('mfa-email', 'mail-guests', { formerly: ['mail'] }),
      ask('backup-restore-test', 'both', { formerly: ['restore', 'rdp'] }),
    )
    const now = judged({ 'mail-staff': 'supported', 'mail-guests': 'unsupported', both: 'contradicted' })
    expect(directions(underQuestionsOf(newer, { older, between: [], judged: before }), now)).toEqual({
      'mail-staff': 'first',
      'mail-guests': 'first',
      both: 'first',
    })
  })
})
