import { describe, expect, it } from 'vitest'
import {
  type DocumentField,
  DocumentMapping,
  DocumentReading,
  FieldMapping,
} from '#app/documents/carrier-document.ts'
import { planFilling } from '#app/documents/plan-filling.ts'
import { checkMapping, suggestMapping } from '#app/documents/suggest-mapping.ts'
import type { Answers } from '#questionnaires/answers.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { editionOf } from '../questionnaires/library-editions.ts'
import { CLIENT, GIVEN, map } from './carrier-forms.ts'
import { FORM } from './workbook-forms.ts'

function field(name: string, label: string, more: Partial<DocumentField> = {}): DocumentField {
  return { name, label, kind: 'text', readOnly: false, options: [], place: { page: 1 }, ...more }
}

const reading = (...fields: DocumentField[]): DocumentReading => ({
  kind: 'pdf',
  pages: 1,
  notices: [],
  fields,
})

describe('a suggestion', () => {
  const edition = editionOf('core-cyber', '1')
  const promptOf = (id: string) => listQuestions(edition).find((question) => question.id === id)?.prompt ?? id
  const suggested = (...fields: DocumentField[]) => suggestMapping(reading(...fields), edition)

  it.each([
    ['Do you require multi-factor authentication for all email access?', /mailbox/],
    ['Number of workstations with endpoint detection and response', /workstations and laptops run EDR/],
    ['How often are backups tested for recovery?', /recovery from backup last tested/],
    ['Which EDR product do you use?', /EDR product/],
    ['Are payment instructions and bank detail changes verified over a second channel?', /second channel/],
    ['Do you have a written incident response plan?', /written incident response plan/],
    ['Is RDP exposed directly to the internet?', /remote desktop/],
  ])('finds the question that %s means', (label, prompt) => {
    const [suggestion] = suggested(field('Text1', label))
    expect(promptOf(suggestion?.questionId ?? 'none')).toMatch(prompt)
    expect(suggestion?.score).toBeGreaterThanOrEqual(0.45)
    expect(suggestion?.score).toBeLessThanOrEqual(1)
    expect(suggestion?.why).toMatch(/^both speak of “/)
  })

  it.each([
    ['Name of Applicant', 'client:legalName'],
    ['Applicant’s legal name:', 'client:legalName'],
    ['1. Business information. Legal name.', 'client:legalName'],
    ['DBA', 'client:tradingName'],
    ['Annual revenue (USD)', 'client:annualRevenue'],
    ['Number of employees', 'client:headcount'],
    ['Website', 'client:domains'],
    ['Primary contact', 'client:contactName'],
    ['Contact e-mail address', 'client:contactEmail'],
    ['Job title', 'client:contactTitle'],
    ['Application date', 'today'],
  ])('knows that %s asks for the client', (label, part) => {
    expect(suggested(field('Text1', label))).toMatchObject([{ questionId: '', part }])
  })

  it.each([
    'For office use only',
    'Broker',
    'Name',
    'Date signed',
    'Policy number',
    'Text17',
    'Do you encrypt or scan e-mail attachments leaving for the moon?',
  ])('is not made for %s', (label) => {
    expect(suggested(field('Text1', label))).toEqual([])
  })

  it('is never made for what nobody may fill', () => {
    const label = 'Do you require MFA for all email access?'
    expect(
      suggested(
        field('a', label, { kind: 'signature' }),
        field('b', label, { kind: 'button' }),
        field('c', label, { readOnly: true }),
      ),
    ).toEqual([])
  })

  it('tells the boxes of a yes and a no apart', () => {
    const boxes = ['Yes', 'No'].map((word) =>
      field(`MFA_Mailbox_${word}`, `Is MFA demanded from every person who opens a mailbox? ${word}`, {
        kind: 'checkbox',
      }),
    )
    expect(suggested(...boxes).map(({ part }) => part)).toEqual(['choice:yes', 'choice:no'])
  })

  it('pairs the choices of a list with the answers they mean', () => {
    const label = 'Is MFA demanded from every person who opens a mailbox?'
    const [suggestion] = suggested(field('mfa', label, { kind: 'radio', options: ['Y', 'N', 'Unsure'] }))
    expect(suggestion).toMatchObject({ part: 'answer', values: { yes: 'Y', no: 'N' } })
  })

  it('is the same every time, and a mapping that can be saved', () => {
    const questions = listQuestions(edition)
    const form = reading(...questions.map(({ id, prompt }) => field(id, prompt)))
    const first = suggestMapping(form, edition)
    expect(suggestMapping(form, edition)).toEqual(first)
    const mapping = DocumentMapping.parse(first)
    expect(checkMapping(form, edition, mapping)).toEqual([])
    const right = mapping.filter(({ field: name, questionId }) => name === questionId)
    expect(right.length).toBeGreaterThan(questions.length * 0.8)
  })
})

describe('a mapping', () => {
  const form = reading(
    field('text', 'Text'),
    field('tick', 'Tick', { kind: 'checkbox' }),
    field('list', 'List', { kind: 'dropdown', options: ['Yes', 'No'] }),
    field('sign', 'Sign here', { kind: 'signature' }),
    field('fixed', 'Fixed', { readOnly: true }),
  )
  const check = (...mapping: FieldMapping[]) => checkMapping(form, FORM, mapping)

  it('that is right has no problems', () => {
    expect(
      check(map('text', 'regions', 'row:2:revenue'), map('tick', 'mfa', 'choice:not-applicable'), {
        ...map('list', 'mfa'),
        values: { yes: 'Yes', no: 'No' },
      }),
    ).toEqual([])
    expect(check(map('text', '', 'today'), map('tick', 'mfa'))).toEqual([])
  })

  it.each([
    ['unknown field', map('gone', 'mfa')],
    ['signature', map('sign', 'mfa')],
    ['read-only field', map('fixed', 'mfa')],
    ['unknown question', map('text', 'gone')],
    ['a part of another kind', map('text', 'mfa', 'covered')],
    ['a choice it does not have', map('text', 'mfa', 'choice:sometimes')],
    ['a column it does not have', map('text', 'regions', 'row:1:gone')],
    ['a row beyond the last', map('text', 'regions', 'row:5:year')],
    ['a description nobody is asked for', map('text', 'records', 'description')],
    ['a question without a part of its own', map('text', '', 'answer')],
    ['a client’s part with a question', map('text', 'mfa', 'client:legalName')],
    ['text in a tick box', map('tick', '', 'client:legalName')],
    ['a choice question in one tick box', map('tick', 'interval')],
    ['a value the field does not offer', { ...map('list', 'mfa'), values: { yes: 'Maybe' } }],
    ['a value for no answer', { ...map('list', 'mfa'), values: { maybe: 'Yes' } }],
  ])('with %s is described in one sentence', (_name, item) => {
    const problems = check(item)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^.{15,}\.$/)
  })

  it('that names a field twice says so', () => {
    expect(check(map('text', 'mfa'), map('text', 'vpn'))).toEqual([expect.stringMatching(/twice/)])
  })

  it('is parsed strictly, as what a browser sends', () => {
    for (const part of ['answer', 'choice:yes', 'row:2:region', 'client:domains', 'today', 'percent']) {
      expect(FieldMapping.safeParse(map('a', 'b', part as never)).success).toBe(true)
    }
    for (const part of ['', 'choice:', 'choice:Yes', 'row:x:region', 'client:password', '__proto__']) {
      expect(FieldMapping.safeParse(map('a', 'b', part as never)).success).toBe(false)
    }
  })
})

describe('what goes into a field', () => {
  const outcome = (one: DocumentField, mapping: FieldMapping, answers: Answers = GIVEN) => {
    const given = { edition: FORM, answers, circumstances: {}, client: CLIENT, today: '2026-03-02' }
    const planned = planFilling(reading(one), [{ ...mapping, field: one.name }], given)[0]?.outcome
    if (!planned || 'why' in planned) return planned?.why
    return planned.put.kind === 'text'
      ? planned.put.texts
      : planned.put.kind === 'tick'
        ? planned.put.isTicked
        : planned.put.options
  }
  const text = field('f', 'F')

  it.each([
    ['mfa', 'answer', ['No']],
    ['mfa', 'explanation', ['=1+1\nThe old VPN asks for a password only.']],
    ['mfa', 'choice:no', ['X']],
    ['interval', 'answer', ['Other (@home, by hand)']],
    ['interval', 'description', ['@home, by hand']],
    ['protections', 'answer', ['Links are checked; -Attachments are opened apart']],
    ['records', 'answer', ['1,000 or more']],
    ['people', 'answer', ['1,234', '1234']],
    ['edr', 'answer', ['2,999 of 3,000 (over 99.9 %)']],
    ['edr', 'covered', ['2,999', '2999']],
    ['edr', 'percent', ['99.9 %']],
    ['revenue', 'answer', ['$1,234,567.89', '1234567.89']],
    ['tested', 'date', ['31 May 2026', '2026-05-31']],
    ['regions', 'row:1:revenue', ['¥1,000', '1000']],
    ['regions', 'row:1:since', ['1 February 1850', '1850-02-01']],
    ['regions', 'row:2:since', 'no-answer'],
    ['regions', 'row:1:online', ['Yes']],
    ['accounts', 'answer', 'no-answer'],
    ['vpn', 'answer', 'hidden-question'],
    ['', 'client:annualRevenue', ['$12,345,000.00', '$12,345,000', '12345000']],
    ['', 'client:domains', ['harbour.example, sons.example']],
    ['', 'client:tradingName', 'no-answer'],
    ['', 'today', ['2 March 2026', '2026-03-02']],
  ] as const)('%s, %s: %j', (questionId, part, expected) => {
    expect(outcome(text, map('f', questionId, part as never))).toEqual(expected)
  })

  it('is written as the form wants it', () => {
    const date = map('f', 'tested')
    for (const [dateFormat, shown] of [
      ['mm/dd/yyyy', '05/31/2026'],
      ['dd.mm.yy', '31.05.26'],
      ['yyyymmdd', '20260531'],
      ['d-mmm-yyyy', '31-May-2026'],
    ] as const) {
      expect(outcome({ ...text, dateFormat }, date)).toEqual([shown])
    }
    expect(outcome({ ...text, wantsNumber: true }, map('f', 'revenue'))).toEqual(['1234567.89'])
    expect(outcome({ ...text, wantsNumber: true }, map('f', 'mfa'))).toBe('does-not-fit')
  })

  it('is ticked for a yes alone', () => {
    const tick = { ...text, kind: 'checkbox' as const }
    const say = (choice: 'yes' | 'no' | 'not-applicable'): Answers => ({
      mfa: { state: 'answered', value: { kind: 'yes-no', choice } },
    })
    expect(outcome(tick, map('f', 'mfa'), say('yes'))).toBe(true)
    expect(outcome(tick, map('f', 'mfa'), say('no'))).toBe(false)
    expect(outcome(tick, map('f', 'mfa'), say('not-applicable'))).toBe(false)
    expect(outcome(tick, map('f', 'mfa', 'choice:no'), say('no'))).toBe(true)
    expect(outcome(tick, map('f', 'mfa'), {})).toBe('no-answer')
    expect(outcome(tick, map('f', 'protections', 'choice:sandbox'))).toBe(true)
    expect(outcome(tick, map('f', 'people'))).toBe('does-not-fit')
  })

  it('chooses by the mapping, else by the label alone, never by likeness', () => {
    const radio = (...options: string[]) => ({ ...text, kind: 'radio' as const, options })
    expect(outcome(radio('yes', 'NO '), map('f', 'mfa'))).toEqual(['NO '])
    expect(outcome(radio('Y', 'N'), map('f', 'mfa'))).toBe('does-not-fit')
    expect(outcome(radio('Y', 'N'), { ...map('f', 'mfa'), values: { yes: 'Y', no: 'N' } })).toEqual(['N'])
    expect(outcome(radio('No', 'no'), map('f', 'mfa'))).toBe('does-not-fit')
    const unknown: Answers = { mfa: { state: 'dont-know', gap: { owner: 'Ana', dueOn: '2026-12-01' } } }
    expect(outcome(radio('Yes', 'No'), map('f', 'mfa'), unknown)).toBe('no-answer')
  })

  it('is what the schema keeps', () => {
    expect(DocumentReading.parse(reading(text))).toEqual(reading(text))
  })
})
