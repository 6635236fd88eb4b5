import { describe, expect, test } from 'vitest'
import { applicationsInForce, type ForceHistory, policyStartOn } from '#app/services/in-force.ts'
import { Edition } from '#questionnaires/definition.ts'

const moment = (day: string) => new Date(`${day}T12:00:00Z`)
const at = (trueOn: string, knownOn = '2026-12-31') => ({ trueOn: moment(trueOn), knownOn: moment(knownOn) })

function editionOf(code: string, controls: string[]): Edition {
  return Edition.parse({
    schema: 1,
    form: { code, title: code, issuer: 'Test' },
    edition: '1',
    publishedOn: '2026-01-01',
    summary: 'A form.',
    declaration: { text: 'True.', signerRoles: [{ id: 'ceo', label: 'CEO' }], maximumAgeDays: 45 },
    sections: [
      {
        id: 'all',
        title: 'All',
        questions: controls.map((control, index) => ({
          id: `q${index}`,
          prompt: `Is ${control} in place?`,
          control,
          reference: { item: `1.${index + 1}` },
          kind: 'yes-no',
        })),
      },
    ],
  })
}

const CORE = editionOf('core', ['mfa-email', 'rdp-not-exposed', 'backup-restore-test'])
const SUPPLEMENT = editionOf('supplement', ['backup-restore-test'])

interface Life {
  id: string
  form: 'core' | 'supplement'
  created: string
  attested?: string
  coversFrom?: string
  /** Withdrawn or superseded. */
  ended?: string
}

function historyOf(lives: Life[], policyInceptionOn: string | null = null): ForceHistory {
  return {
    policyInceptionOn,
    record: {
      applications: lives.map(({ id, form, created }) => ({
        id,
        formCode: form,
        movedFrom: null,
        createdAt: moment(created),
        discardedAt: null,
        versions: [],
        answers: [],
      })),
    },
    editions: new Map(lives.map(({ id, form }) => [id, form === 'core' ? CORE : SUPPLEMENT])),
    signed: lives
      .flatMap(({ id, attested, ended, coversFrom = null }) =>
        attested
          ? [
              {
                applicationId: id,
                reportId: `report of ${id}`,
                attestedAt: moment(attested),
                coversFrom,
                endedAt: ended ? moment(ended) : null,
              },
            ]
          : [],
      )
      .sort((a, b) => a.attestedAt.getTime() - b.attestedAt.getTime()),
  }
}

const shown = (history: ForceHistory, point: ReturnType<typeof at>) =>
  applicationsInForce(history, point).map(({ applicationId, basis }) => `${applicationId} ${basis}`)

describe('the applications in force', () => {
  test('are one of each form, and a supplement never stands for the application', () => {
    const history = historyOf([
      { id: 'main', form: 'core', created: '2026-01-02', attested: '2026-01-20' },
      { id: 'extra', form: 'supplement', created: '2026-02-01', attested: '2026-02-20' },
    ])
    expect(shown(history, at('2026-06-20'))).toEqual(['main signed', 'extra signed'])
    expect(shown(history, at('2026-02-01'))).toEqual(['main signed'])
  })

  test('change to a renewal on the day it covers from, not on the day it was signed', () => {
    const history = historyOf(
      [
        { id: 'old', form: 'core', created: '2025-06-01', attested: '2025-06-20', coversFrom: '2025-07-01' },
        { id: 'new', form: 'core', created: '2026-06-01', attested: '2026-06-10', coversFrom: '2026-07-01' },
      ],
      '2026-07-01',
    )
    expect(shown(history, at('2026-06-20'))).toEqual(['old signed'])
    expect(shown(history, at('2026-07-01'))).toEqual(['new signed'])
    expect(shown(history, at('2026-07-01', '2026-06-09'))).toEqual(['old signed'])
  })

  test('leave behind what was signed for an earlier period, another insurer’s form too', () => {
    const history = historyOf(
      [
        { id: 'old', form: 'core', created: '2025-06-01', attested: '2025-06-20', coversFrom: '2025-07-01' },
        {
          id: 'new',
          form: 'supplement',
          created: '2026-06-01',
          attested: '2026-06-10',
          coversFrom: '2026-07-01',
        },
      ],
      '2026-07-01',
    )
    expect(shown(history, at('2026-08-01'))).toEqual(['new signed'])
    // Nothing is signed for the new period yet: what was signed last still answers.
    expect(
      shown(
        historyOf([{ id: 'old', form: 'core', created: '2025-06-01', attested: '2025-06-20' }], '2026-07-01'),
        at('2026-08-01'),
      ),
    ).toEqual(['old signed'])
  })

  test('answer for days of the cover before the signature, where it says so', () => {
    const history = historyOf([
      { id: 'main', form: 'core', created: '2026-03-20', attested: '2026-04-10', coversFrom: '2026-04-01' },
    ])
    expect(shown(history, at('2026-04-05'))).toEqual(['main signed'])
    expect(shown(history, at('2026-04-05', '2026-04-06'))).toEqual(['main draft'])
  })

  test('before any attestation are the draft that was signed first, not one begun later', () => {
    const history = historyOf([
      { id: 'main', form: 'core', created: '2026-03-20', attested: '2026-04-10' },
      { id: 'renewal', form: 'core', created: '2026-11-01' },
    ])
    expect(shown(history, at('2026-04-05'))).toEqual(['main draft'])
  })

  test('no longer hold one whose report was withdrawn, from then on', () => {
    const history = historyOf([
      { id: 'main', form: 'core', created: '2026-01-02', attested: '2026-01-20', ended: '2026-03-01' },
      { id: 'next', form: 'core', created: '2026-03-02' },
    ])
    expect(shown(history, at('2026-02-20'))).toEqual(['main signed'])
    expect(shown(history, at('2026-03-20'))).toEqual(['next draft'])
    expect(shown(history, at('2026-03-20', '2026-03-20'))).toEqual(['next draft'])
  })

  test('without any attestation are the newest draft of the day', () => {
    const history = historyOf([
      { id: 'first', form: 'core', created: '2026-03-20' },
      { id: 'second', form: 'core', created: '2026-05-20' },
    ])
    expect(shown(history, at('2026-04-05'))).toEqual(['first draft'])
    expect(shown(history, at('2026-06-05'))).toEqual(['second draft'])
    expect(shown(history, at('2026-01-05'))).toEqual(['first draft'])
    expect(shown(historyOf([]), at('2026-01-05'))).toEqual([])
  })
})

test('the policy period of a day begins at the last start on file before it', () => {
  const history = historyOf(
    [{ id: 'old', form: 'core', created: '2025-06-01', attested: '2025-06-20', coversFrom: '2025-07-01' }],
    '2026-07-01',
  )
  expect(policyStartOn(history, at('2026-06-15'))).toBe('2025-07-01')
  expect(policyStartOn(history, at('2026-07-15'))).toBe('2026-07-01')
  expect(policyStartOn(history, at('2025-01-15'))).toBeNull()
})
