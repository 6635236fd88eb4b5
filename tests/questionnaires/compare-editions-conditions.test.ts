import { describe, expect, it } from 'vitest'
import { conditionInWords } from '#questionnaires/compare-editions.ts'
import type { Condition } from '#questionnaires/definition.ts'
import { edition } from './compare-sample-editions.ts'

const FORM = edition(
  '1',
  [
    { id: 'mfa', prompt: 'Is MFA demanded?', reference: { item: '2.1' } },
    {
      id: 'ways',
      prompt: 'Which ways in?',
      reference: { item: '2.2' },
      kind: 'multiple-choice',
      options: [
        { id: 'vpn', label: 'VPN' },
        { id: 'none', label: 'There is none' },
      ],
    },
    { id: 'edr', prompt: 'How many?', reference: { item: '4.1' }, kind: 'percent', population: 'laptops' },
    { id: 'limit', prompt: 'From what amount?', reference: { item: '5' }, kind: 'currency', currency: 'USD' },
  ],
  { coverages: [{ id: 'fraud', label: 'Payment fraud' }] },
)

const WORDS: [Condition, string][] = [
  [{ question: 'mfa', is: 'yes' }, 'the answer to 2.1 “Is MFA demanded?” is “Yes”'],
  [
    { question: 'mfa', is: ['no', 'dont-know'] },
    `the answer to 2.1 “Is MFA demanded?” is “No” or “I don't know”`,
  ],
  [{ question: 'ways', includes: 'vpn' }, '“VPN” is ticked in 2.2 “Which ways in?”'],
  [{ not: { question: 'ways', includes: 'none' } }, '“There is none” is not ticked in 2.2 “Which ways in?”'],
  [{ question: 'edr', atLeast: 95 }, 'the answer to 4.1 “How many?” is 95 % or more'],
  [{ question: 'edr', atLeast: 0.000001 }, 'the answer to 4.1 “How many?” is more than 0 %'],
  [{ question: 'limit', atLeast: 2_500_000 }, 'the answer to 5 “From what amount?” is $25,000.00 or more'],
  [{ question: 'gone', is: 'yes' }, 'the answer to “gone” is “Yes”'],
  [
    { circumstance: 'revenue', atLeast: 3_500_000_001, currency: 'USD' },
    'revenue is more than $35,000,000.00',
  ],
  [{ not: { circumstance: 'headcount', atLeast: 250 } }, 'the number of people is less than 250'],
  [
    { circumstance: 'class', is: ['healthcare', 'law-firm'] },
    'the class of business is “Healthcare” or “Law firm”',
  ],
  [{ circumstance: 'coverage', includes: 'fraud' }, 'cover for “Payment fraud” is asked for'],
  [{ circumstance: 'renewal', is: 'yes' }, 'this is a renewal'],
  [{ not: { circumstance: 'renewal', is: 'yes' } }, 'this is a first application'],
  [{ fact: 'exposure.rdp_open_count', atLeast: 1 }, 'the evidence shows 1 or more for “rdp open count”'],
  [
    { fact: 'mfa.vpn_required', is: false },
    'the evidence shows “no” for “mfa.vpn_required”'.replace('mfa.vpn_required', 'vpn required'),
  ],
  [
    {
      all: [
        { circumstance: 'renewal', is: 'no' },
        {
          any: [
            { question: 'mfa', is: 'no' },
            { question: 'edr', atLeast: 50 },
          ],
        },
      ],
    },
    'this is a first application and (the answer to 2.1 “Is MFA demanded?” is “No” or the answer to 4.1 “How many?” is 50 % or more)',
  ],
  [
    {
      not: {
        any: [
          { question: 'mfa', is: 'no' },
          { circumstance: 'renewal', is: 'yes' },
        ],
      },
    },
    'it is not the case that (the answer to 2.1 “Is MFA demanded?” is “No” or this is a renewal)',
  ],
]

describe('a gate in words', () => {
  it.each(WORDS)('%j', (condition, words) => {
    expect(conditionInWords(condition, FORM)).toBe(words)
  })
})
