import { describe, expect, test } from 'vitest'
import { describeDevice } from '#app/components/account/device-words.ts'
import { differingFields, textsOf, typedTexts } from '#app/components/client/client-texts.ts'
import { stepsOf } from '#app/components/client/steps.ts'
import { layOutPayload, wordsOfKind } from '#app/components/ledger/entry-words.ts'
import type { PortfolioRow } from '#app/services/portfolio.ts'

const client = { id: 'c1', legalName: 'Harbour', tradingName: null, industry: null, policyRenewalOn: null }
const nothing: PortfolioRow = {
  client,
  daysToRenewal: null,
  application: null,
  isEditionMissing: false,
  evidenceCount: 0,
  newestReport: null,
}
const draft = { id: 'a1', formTitle: 'Core', state: 'draft' as const, answered: 40, applicable: 40 }

describe('the next steps of a client', () => {
  const done = (row: PortfolioRow) => stepsOf(row).map(({ isDone }) => isDone)

  test.each<[string, PortfolioRow, boolean[]]>([
    ['a new client has everything before it', nothing, [false, false, false, false]],
    [
      'half answered, nothing is resolved although nothing is contradicted',
      { ...nothing, application: { ...draft, answered: 20, standing: { blocking: 20, contradicted: 0 } } },
      [false, false, false, false],
    ],
    [
      'answered with a contradiction, resolving is next',
      { ...nothing, evidenceCount: 2, application: { ...draft, standing: { blocking: 1, contradicted: 1 } } },
      [true, true, false, false],
    ],
    [
      'clear, only signing is left',
      { ...nothing, evidenceCount: 2, application: { ...draft, standing: { blocking: 0, contradicted: 0 } } },
      [true, true, true, false],
    ],
    [
      'certified but not attested is not signed',
      {
        ...nothing,
        evidenceCount: 2,
        application: { ...draft, state: 'frozen', standing: null },
        newestReport: { id: 'r1', state: 'awaiting-attestation', createdAt: new Date(0) },
      },
      [true, true, true, false],
    ],
    [
      'signed by both is done',
      {
        ...nothing,
        evidenceCount: 2,
        application: { ...draft, state: 'frozen', standing: null },
        newestReport: { id: 'r1', state: 'signed', createdAt: new Date(0) },
      },
      [true, true, true, true],
    ],
    [
      'the signed report of last year does not sign this year’s draft',
      {
        ...nothing,
        evidenceCount: 2,
        application: { ...draft, standing: { blocking: 0, contradicted: 0 } },
        newestReport: { id: 'r1', state: 'signed', createdAt: new Date(0) },
      },
      [true, true, true, false],
    ],
  ])('%s', (_name, row, expected) => {
    expect(done(row)).toEqual(expected)
  })

  test('signing is not offered before everything is clear', () => {
    const blocked = { ...nothing, application: { ...draft, standing: { blocking: 1, contradicted: 1 } } }
    expect(stepsOf(blocked)[3]?.link).toBeNull()
    const clear = { ...nothing, application: { ...draft, standing: { blocking: 0, contradicted: 0 } } }
    expect(stepsOf(clear)[3]?.link?.to).toBe('/applications/a1/sign')
  })
})

describe('a client as texts', () => {
  const details = {
    legalName: 'Kawa KK',
    tradingName: null,
    industry: null,
    headcount: null,
    annualRevenueMinor: 1_250_000,
    currency: 'USD',
    domains: [],
    contactName: null,
    contactTitle: null,
    contactEmail: null,
    policyInceptionOn: null,
    policyRenewalOn: null,
    notes: null,
  }

  test.each([
    ['USD', '12500'],
    ['JPY', '1250000'],
    ['KWD', '1250'],
  ])('reads minor units of %s by its own digits', (currency, shown) => {
    expect(textsOf({ ...details, currency }).annualRevenue).toBe(shown)
  })

  test('differs only where the words do', () => {
    const saved = textsOf({ ...details, notes: 'one\ntwo' })
    expect(differingFields(saved, { ...saved, notes: 'one\r\ntwo ', industry: '' })).toEqual([])
    expect(differingFields(saved, { ...saved, industry: 'Law' })).toEqual(['industry'])
  })

  test('takes from a post only its own fields, and only texts', () => {
    expect(typedTexts({ legalName: 'A', domains: ['x'], intent: 'save' })).toEqual({
      legalName: 'A',
    })
  })
})

describe('words for people', () => {
  test.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      'Safari on macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
      'Chrome on iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    ['curl/8.5.0', 'curl'],
    ['', 'Unknown device'],
    ['<script>alert(1)</script>', 'Unknown device'],
  ])('%j is %s', (userAgent, words) => {
    expect(describeDevice(userAgent)).toBe(words)
  })

  test('a kind of a later release keeps its name, whatever it is called', () => {
    expect(wordsOfKind('answer.recorded')).toBe('Answer recorded')
    expect(wordsOfKind('toString')).toBe('toString')
  })

  test('a payload that is no JSON is shown as it is', () => {
    expect(layOutPayload('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
    expect(layOutPayload('{broken')).toBe('{broken')
  })
})
