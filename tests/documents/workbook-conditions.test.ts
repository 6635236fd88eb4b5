import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionToText, KEYWORDS, parseConditionText } from '#app/documents/condition-text.ts'
import { Condition } from '#questionnaires/definition.ts'
import { conditionArbitrary } from '#tests/questionnaires/edition-arbitraries.ts'
import { campaign } from '../support/campaign.ts'

const read = (text: string) => {
  const parsed = parseConditionText(text)
  return parsed.ok ? parsed.condition : `${parsed.problem.at}: ${parsed.problem.message}`
}

describe('a condition as text', () => {
  it.each<[string, Condition]>([
    ['mfa = yes', { question: 'mfa', is: 'yes' }],
    ['mfa in (no, dont-know)', { question: 'mfa', is: ['no', 'dont-know'] }],
    ['mfa != yes', { not: { question: 'mfa', is: 'yes' } }],
    ['backups includes immutable', { question: 'backups', includes: 'immutable' }],
    ['people >= 50', { question: 'people', atLeast: 50 }],
    ['wires >= 25000 USD', { question: 'wires', atLeast: 2_500_000 }],
    ['wires ≥ 0.5 KWD', { question: 'wires', atLeast: 500 }],
    ['revenue >= 35000000.01 USD', { circumstance: 'revenue', atLeast: 3_500_000_001, currency: 'USD' }],
    ['headcount >= 50', { circumstance: 'headcount', atLeast: 50 }],
    ['class in (law-firm, healthcare)', { circumstance: 'class', is: ['law-firm', 'healthcare'] }],
    ['renewal = yes', { circumstance: 'renewal', is: 'yes' }],
    ['coverage includes payment-fraud', { circumstance: 'coverage', includes: 'payment-fraud' }],
    ['exposure.rdp_open_count >= 1', { fact: 'exposure.rdp_open_count', atLeast: 1 }],
    ['mfa.enforced = true', { fact: 'mfa.enforced', is: true }],
    ['mfa.enforced = "true"', { fact: 'mfa.enforced', is: 'true' }],
    ['"headcount" >= 50', { question: 'headcount', atLeast: 50 }],
    [
      'remote-access = yes and not headcount >= 50',
      {
        all: [{ question: 'remote-access', is: 'yes' }, { not: { circumstance: 'headcount', atLeast: 50 } }],
      },
    ],
    [
      'a = yes OR b = yes AND c = yes',
      {
        any: [
          { question: 'a', is: 'yes' },
          {
            all: [
              { question: 'b', is: 'yes' },
              { question: 'c', is: 'yes' },
            ],
          },
        ],
      },
    ],
    ['all(a = yes)', { all: [{ question: 'a', is: 'yes' }] }],
    [
      'any(a = yes, b = yes)',
      {
        any: [
          { question: 'a', is: 'yes' },
          { question: 'b', is: 'yes' },
        ],
      },
    ],
  ])('reads %s', (text, condition) => {
    expect(read(text)).toEqual(condition)
  })

  it.each<[string, string]>([
    ['', '0: A test starts with the name of a question, not with the end.'],
    ['mfa', '3: Write =, !=, in, includes or >= here, not the end.'],
    ['mfa = yes b = no', '10: “b” cannot follow here. Join two tests with “and” or “or”.'],
    ['(mfa = yes', '10: Write ) here, not the end.'],
    ['and mfa = yes', '0: “and” cannot stand here. Write a test before it.'],
    ['mfa = "yes', '6: This quotation mark is never closed. Close it.'],
    ['mfa < 5', '4: “<” has no meaning here. Remove it, or put the name in quotation marks.'],
    ['revenue >= 5', '12: Write the currency behind the amount, such as USD.'],
    ['headcount >= many', '13: Write a number here, not “many”.'],
    ['coverage = fraud', '9: Write “includes” here, not “=”.'],
  ])('says where %s goes wrong', (text, problem) => {
    expect(read(text)).toBe(problem)
  })

  it('reads back as the same condition, whatever the names', () => {
    fc.assert(
      fc.property(conditionArbitrary(['people', ...KEYWORDS]), (condition) => {
        expect(read(conditionToText(condition))).toEqual(condition)
        expect(read(conditionToText(condition, () => 'USD'))).toEqual(condition)
        expect(Condition.parse(condition)).toEqual(condition)
      }),
      { numRuns: campaign(250, 1000) },
    )
  })

  it('never throws and never hangs, whatever somebody types', () => {
    const pieces = fc.constantFrom(
      ...KEYWORDS,
      '(',
      ')',
      ',',
      '=',
      '>=',
      '"',
      '“',
      '5',
      '-',
      'a',
      ' ',
      '\\',
      '.',
      '💥',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join(' ')),
        ),
        (text) => {
          const parsed = parseConditionText(text)
          if (!parsed.ok) expect(parsed.problem.at).toBeLessThanOrEqual(text.length)
        },
      ),
      { numRuns: campaign(250, 1000) },
    )
    expect(read(`${'('.repeat(15_000)}a = b`)).toMatch(/nested too deeply/)
    expect(read(`${'not '.repeat(4_000)}a = b`)).toMatch(/nested too deeply/)
  })
})
