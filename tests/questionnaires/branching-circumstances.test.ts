import { describe, expect, it } from 'vitest'
import type { Answer } from '#questionnaires/answers.ts'
import {
  applicableQuestions,
  circumstancesAskedBy,
  isEligible,
  undecidedQuestions,
} from '#questionnaires/branching.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { edition } from './compare-sample-editions.ts'

const yes: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
const no: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'no' } }

const REVENUE = { circumstance: 'revenue', atLeast: 3_500_000_001, currency: 'USD' }
const STAFF = { circumstance: 'headcount', atLeast: 300 }
const CLASS = { circumstance: 'class', is: ['healthcare', 'managed-services'] }
const COVER = { circumstance: 'coverage', includes: 'payment-fraud' }
const RENEWAL = { circumstance: 'renewal', is: 'yes' }
const OPEN_PORTS = { fact: 'exposure.rdp_open_count', atLeast: 1 }
const DMARC = { fact: 'mail.dmarc', is: 'reject' }
const LOCKED = { fact: 'backup.immutable', is: true }

const usd = (amountMinor: number) => ({ revenue: { amountMinor, currency: 'USD' } })
const fact = (key: string, value: number | boolean | string) => ({ facts: { [key]: value } })
const both = (...all: unknown[]) => ({ all })
const either = (...any: unknown[]) => ({ any })

/** Every outcome of each test: that it holds, that it does not, and that nothing known decides it. */
const CASES: [name: string, when: unknown, circumstances: Circumstances, verdict: boolean | undefined][] = [
  ['revenue that is exactly enough', REVENUE, usd(3_500_000_001), true],
  ['revenue one cent short', REVENUE, usd(3_500_000_000), false],
  ['revenue that is not known', REVENUE, {}, undefined],
  [
    'revenue in another currency, however much',
    REVENUE,
    { revenue: { amountMinor: 1e13, currency: 'EUR' } },
    undefined,
  ],
  ['enough people', STAFF, { headcount: 300 }, true],
  ['one person too few', STAFF, { headcount: 299 }, false],
  ['nobody at all', STAFF, { headcount: 0 }, false],
  ['people that were not counted', STAFF, {}, undefined],
  ['one class of several', CLASS, { class: 'managed-services' }, true],
  ['another class', CLASS, { class: 'law-firm' }, false],
  ['a class that is not known', CLASS, {}, undefined],
  ['a cover that is asked for', COVER, { coverages: ['breach-costs', 'payment-fraud'] }, true],
  ['another cover', COVER, { coverages: ['breach-costs'] }, false],
  ['no cover', COVER, { coverages: [] }, false],
  ['covers that are not chosen yet', COVER, {}, undefined],
  ['a renewal', RENEWAL, { renewal: 'yes' }, true],
  ['a first application', RENEWAL, { renewal: 'no' }, false],
  ['nobody having said whether it is a renewal', RENEWAL, {}, undefined],
  ['a count that is high enough', OPEN_PORTS, fact('exposure.rdp_open_count', 1), true],
  ['a count that is too low', OPEN_PORTS, fact('exposure.rdp_open_count', 0), false],
  ['a fact that nobody collected', OPEN_PORTS, fact('exposure.ssh_open_count', 5), undefined],
  ['no facts at all', OPEN_PORTS, {}, undefined],
  ['a count that is text', OPEN_PORTS, fact('exposure.rdp_open_count', '5'), undefined],
  ['a count that is a flag', OPEN_PORTS, fact('exposure.rdp_open_count', true), undefined],
  ['a word that is the one', DMARC, fact('mail.dmarc', 'reject'), true],
  ['another word', DMARC, fact('mail.dmarc', 'none'), false],
  ['a word that is a flag', DMARC, fact('mail.dmarc', true), undefined],
  ['a flag that is set', LOCKED, fact('backup.immutable', true), true],
  ['a flag that is not', LOCKED, fact('backup.immutable', false), false],
  ['a flag that is the text "true"', LOCKED, fact('backup.immutable', 'true'), undefined],
  ['the opposite of what holds', { not: RENEWAL }, { renewal: 'yes' }, false],
  ['the opposite of what does not', { not: RENEWAL }, { renewal: 'no' }, true],
  ['the opposite of what nobody knows', { not: RENEWAL }, {}, undefined],
  [
    'the opposite of revenue in another currency',
    { not: REVENUE },
    { revenue: { amountMinor: 1, currency: 'EUR' } },
    undefined,
  ],
  ['the opposite of a fact of another type', { not: DMARC }, fact('mail.dmarc', 3), undefined],
  ['both, one against', both(RENEWAL, STAFF), { renewal: 'no' }, false],
  ['both, one open', both(RENEWAL, STAFF), { renewal: 'yes' }, undefined],
  ['either, one for', either(RENEWAL, STAFF), { renewal: 'yes' }, true],
  ['either, one open', either(RENEWAL, STAFF), { renewal: 'no' }, undefined],
]

/** Circumstances alone decide, so a question and the whole form can be gated by the same words. */
function gatedBy(when: unknown) {
  return edition(
    '1',
    [
      { id: 'always', kind: 'text' },
      { id: 'asked', kind: 'text', when },
    ],
    { coverages: ['breach-costs', 'payment-fraud'].map((id) => ({ id, label: id })) },
  )
}

describe('a gate on circumstances and facts', () => {
  it.each(CASES)('is decided by %s', (_, when, circumstances, verdict) => {
    const form = gatedBy(when)
    expect(applicableQuestions(form, {}, circumstances).has('asked')).toBe(verdict === true)
    // Open is not the same as not applicable, and only the question behind the gate is open.
    expect([...undecidedQuestions(form, {}, circumstances)]).toEqual(verdict === undefined ? ['asked'] : [])
  })

  it('is not fooled by what every record of facts inherits', () => {
    const form = gatedBy({ not: { fact: 'mail.dmarc', is: 'x' } })
    const facts = Object.create({ 'mail.dmarc': 'y' }) as Record<string, string>
    expect(applicableQuestions(form, {}, { facts }).has('asked')).toBe(false)
  })

  it('can stand beside a test of an answer', () => {
    const form = edition('1', [
      { id: 'gate' },
      { id: 'asked', kind: 'text', when: both({ question: 'gate', is: 'yes' }, RENEWAL) },
    ])
    const state = (gate: Answer | undefined, circumstances: Circumstances) => [
      applicableQuestions(form, gate ? { gate } : {}, circumstances).has('asked'),
      undecidedQuestions(form, gate ? { gate } : {}, circumstances).has('asked'),
    ]
    expect(state(yes, { renewal: 'yes' })).toEqual([true, false])
    expect(state(yes, {})).toEqual([false, true])
    expect(state(undefined, { renewal: 'yes' })).toEqual([false, true])
    expect(state(no, {})).toEqual([false, false])
    expect(state(undefined, { renewal: 'no' })).toEqual([false, false])
  })

  it('leaves everything open that hangs on a question whose own gate is open', () => {
    const form = edition('1', [
      { id: 'last', kind: 'text', when: { question: 'middle', is: 'yes' } },
      { id: 'middle', when: { question: 'first', is: 'yes' } },
      { id: 'first', when: OPEN_PORTS },
      { id: 'other', kind: 'text', when: { all: [{ question: 'first', is: 'yes' }, RENEWAL] } },
    ])
    expect([...undecidedQuestions(form, {}, { renewal: 'no' })].sort()).toEqual(['first', 'last', 'middle'])
    const closed = fact('exposure.rdp_open_count', 0)
    expect([...undecidedQuestions(form, { first: yes, middle: yes }, closed)]).toEqual([])
  })
})

describe('eligibility', () => {
  it.each(CASES.filter(([, when]) => !JSON.stringify(when).includes('fact')))(
    'is decided by %s',
    (_, when, circumstances, verdict) => {
      const form = edition('1', [{ id: 'always', kind: 'text' }], {
        eligibility: { when, otherwise: 'Ask for another form.' },
      })
      expect(isEligible(form, circumstances)).toBe(verdict)
    },
  )

  it('is given to everybody where the form names nobody', () => {
    expect(isEligible(edition('1', [{ id: 'always' }]), {})).toBe(true)
  })
})

describe('the circumstances that a form asks for', () => {
  it('are those of its gates and of its eligibility, each once', () => {
    const form = edition(
      '1',
      [
        { id: 'one', kind: 'text', when: { not: either(RENEWAL, both(STAFF, OPEN_PORTS)) } },
        { id: 'two', kind: 'text', when: either(RENEWAL, DMARC, { question: 'three', is: 'yes' }) },
        { id: 'three', when: either(OPEN_PORTS, CLASS, COVER) },
      ],
      { eligibility: { when: REVENUE, otherwise: 'Ask for another form.' } },
    )
    expect(circumstancesAskedBy(form)).toEqual({
      names: ['revenue', 'renewal', 'headcount', 'class', 'coverage'],
      facts: ['exposure.rdp_open_count', 'mail.dmarc'],
    })
  })

  it('are none where no gate looks at any', () => {
    const form = edition('1', [{ id: 'gate' }, { id: 'asked', when: { question: 'gate', is: 'yes' } }])
    expect(circumstancesAskedBy(form)).toEqual({ names: [], facts: [] })
  })
})
