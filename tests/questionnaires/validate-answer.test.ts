import { describe, expect, it } from 'vitest'
import { validateAnswer } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { NOW, OPTIONS, sampleQuestion } from './sample-questions.ts'

const yesNo = sampleQuestion('yes-no')
const yesNoNa = sampleQuestion('yes-no', { notApplicable: true, explain: ['not-applicable'] })
const single = sampleQuestion('single-choice', { options: OPTIONS, explain: ['second'] })
const sometimes = sampleQuestion('yes-no', { sometimes: true, explain: ['sometimes'] })
const yesOnly = sampleQuestion('yes-no', { yesOnly: true })
const band = sampleQuestion('band', { options: OPTIONS })
const multiple = sampleQuestion('multiple-choice', {
  options: OPTIONS.map((option) => ({ ...option, exclusive: option.id === 'neither' })),
  explain: ['neither'],
})
const WITH_OTHER = [...OPTIONS, { id: 'other', label: 'Another one', describe: true }]
const singleOther = sampleQuestion('single-choice', { options: WITH_OTHER })
const bandOther = sampleQuestion('band', { options: WITH_OTHER })
const multipleOther = sampleQuestion('multiple-choice', { options: WITH_OTHER })
const people = sampleQuestion('number', { min: 1, max: 500, whole: true })
const anyNumber = sampleQuestion('number')
const percent = sampleQuestion('percent', { population: 'laptops' })
const dollars = sampleQuestion('currency', { currency: 'USD' })
const past = sampleQuestion('date', { past: true })
const date = sampleQuestion('date')
const product = sampleQuestion('product')
const text = sampleQuestion('text', { maxLength: 10 })

const answered = (value: unknown, explanation?: unknown) => ({ state: 'answered', value, explanation })
const choice = (kind: string, chosen: unknown) => ({ kind, choice: chosen })
const described = (value: object, description: unknown) => answered({ ...value, description })
const ticks = (...choices: unknown[]) => ({ kind: 'multiple-choice', choices })
const share = (covered: unknown, total: unknown) => ({ kind: 'percent', covered, total })
const money = (amountMinor: unknown, currency = 'USD') => ({ kind: 'currency', amountMinor, currency })
const on = (day: unknown) => ({ kind: 'date', date: day })
const dontKnow = (gap: unknown) => ({ state: 'dont-know', gap })

function pathsOf(question: Question, answer: unknown): string[] {
  const result = validateAnswer(question, answer, NOW)
  return result.ok ? [] : result.fieldErrors.map((error) => error.path)
}

describe('an answer is accepted', () => {
  it.each<[string, Question, unknown]>([
    ['a yes', yesNo, answered(choice('yes-no', 'yes'))],
    ['an explained no', yesNo, answered(choice('yes-no', 'no'), 'Planned for March')],
    ['an explained not applicable', yesNoNa, answered(choice('yes-no', 'not-applicable'), 'No backups')],
    ['an explained sometimes', sometimes, answered(choice('yes-no', 'sometimes'), 'Laptops only')],
    ['a no beside sometimes', sometimes, answered(choice('yes-no', 'no'), 'Not yet')],
    ['a yes where nothing else can be chosen', yesOnly, answered(choice('yes-no', 'yes'))],
    ['"other" with what it is', singleOther, described(choice('single-choice', 'other'), 'A third one')],
    ['"other" of a band with what it is', bandOther, described(choice('band', 'other'), 'Nobody counted')],
    ['"other" beside ticks, with what it is', multipleOther, described(ticks('first', 'other'), 'A third')],
    [
      '"other" described at its longest',
      singleOther,
      described(choice('single-choice', 'other'), 'x'.repeat(400)),
    ],
    ['a choice', single, answered(choice('single-choice', 'first'))],
    ['an explained choice', single, answered(choice('single-choice', 'second'), 'Because')],
    ['a band', band, answered(choice('band', 'neither'))],
    ['ticks', multiple, answered(ticks('second', 'first'))],
    ['an exclusive tick alone', multiple, answered(ticks('neither'), 'Not yet')],
    ['a number at its lower bound', people, answered({ kind: 'number', number: 1 })],
    ['a number at its upper bound', people, answered({ kind: 'number', number: 500 })],
    ['a fraction', anyNumber, answered({ kind: 'number', number: -1.5 })],
    ['all of them', percent, answered(share(52, 52))],
    ['none of them', percent, answered(share(0, 52))],
    ['no money', dollars, answered(money(0))],
    ['a day in the past', past, answered(on('2026-11-23'))],
    ['today', past, answered(on('2026-11-24'))],
    ['a day in the future', date, answered(on('2027-01-01'))],
    ['a product', product, answered({ kind: 'product', product: 'Łódź Backup 3' })],
    ['text at its longest', text, answered({ kind: 'text', text: '0123456789' })],
    ["I don't know", people, dontKnow({ owner: 'Ana', dueOn: '2026-12-01' })],
  ])('%s', (_, question, answer) => {
    expect(validateAnswer(question, answer, NOW)).toMatchObject({ ok: true })
  })
})

describe('an answer is refused, naming the field', () => {
  it.each<[string, Question, unknown, string]>([
    ['nothing', yesNo, undefined, ''],
    ['null', yesNo, null, ''],
    ['a list', yesNo, [], ''],
    ['an unknown state', yesNo, { state: 'maybe' }, 'state'],
    ['no value', yesNo, { state: 'answered' }, 'value'],
    ['no choice', yesNo, answered(choice('yes-no', undefined)), 'value.choice'],
    [
      'not applicable where it is not offered',
      yesNo,
      answered(choice('yes-no', 'not-applicable')),
      'value.choice',
    ],
    ['an unexplained no', yesNo, answered(choice('yes-no', 'no')), 'explanation'],
    ['a no explained with blanks', yesNo, answered(choice('yes-no', 'no'), ' \n\t '), 'explanation'],
    ['an unexplained not applicable', yesNoNa, answered(choice('yes-no', 'not-applicable')), 'explanation'],
    ['sometimes where it is not offered', yesNo, answered(choice('yes-no', 'sometimes')), 'value.choice'],
    ['an unexplained sometimes', sometimes, answered(choice('yes-no', 'sometimes')), 'explanation'],
    ['a no where only yes can be chosen', yesOnly, answered(choice('yes-no', 'no'), 'x'), 'value.choice'],
    [
      '"other" without what it is',
      singleOther,
      answered(choice('single-choice', 'other')),
      'value.description',
    ],
    [
      '"other" described with blanks',
      singleOther,
      described(choice('single-choice', 'other'), ' \n '),
      'value.description',
    ],
    [
      '"other" of a band without what it is',
      bandOther,
      answered(choice('band', 'other')),
      'value.description',
    ],
    [
      '"other" beside ticks without what it is',
      multipleOther,
      answered(ticks('first', 'other')),
      'value.description',
    ],
    [
      '"other" at too great a length',
      singleOther,
      described(choice('single-choice', 'other'), 'x'.repeat(401)),
      'value.description',
    ],
    ['"other" as a number', singleOther, described(choice('single-choice', 'other'), 5), 'value.description'],
    [
      '"other" that prints in another order',
      singleOther,
      described(choice('single-choice', 'other'), 'a\u202eb'),
      'value.description',
    ],
    ['an option that does not exist', single, answered(choice('single-choice', 'third')), 'value.choice'],
    ['an inherited name as an option', single, answered(choice('single-choice', 'toString')), 'value.choice'],
    [
      'an unexplained choice that asks for it',
      single,
      answered(choice('single-choice', 'second')),
      'explanation',
    ],
    ['a band that does not exist', band, answered(choice('band', '')), 'value.choice'],
    ['no tick', multiple, answered(ticks()), 'value.choices'],
    ['a tick that does not exist', multiple, answered(ticks('first', 'third')), 'value.choices.1'],
    ['a tick twice', multiple, answered(ticks('first', 'first')), 'value.choices'],
    ['an exclusive tick with another', multiple, answered(ticks('first', 'neither'), 'x'), 'value.choices'],
    ['an unexplained tick that asks for it', multiple, answered(ticks('neither')), 'explanation'],
    ['a number below', people, answered({ kind: 'number', number: 0 }), 'value.number'],
    ['a number above', people, answered({ kind: 'number', number: 501 }), 'value.number'],
    ['a fraction of a person', people, answered({ kind: 'number', number: 1.5 }), 'value.number'],
    ['a number as text', people, answered({ kind: 'number', number: '5' }), 'value.number'],
    ['an empty number field', people, answered({ kind: 'number', number: Number.NaN }), 'value.number'],
    ['infinity', anyNumber, answered({ kind: 'number', number: Number.POSITIVE_INFINITY }), 'value.number'],
    ['more covered than there are', percent, answered(share(53, 52)), 'value.covered'],
    ['a negative count', percent, answered(share(-1, 52)), 'value.covered'],
    ['of none', percent, answered(share(0, 0)), 'value.total'],
    ['half a laptop', percent, answered(share(0.5, 2)), 'value.covered'],
    ['no total', percent, answered(share(1, undefined)), 'value.total'],
    ['negative money', dollars, answered(money(-1)), 'value.amountMinor'],
    ['half a cent', dollars, answered(money(0.5)), 'value.amountMinor'],
    ['money beyond counting', dollars, answered(money(1e15)), 'value.amountMinor'],
    ['another currency', dollars, answered(money(100, 'EUR')), 'value.currency'],
    ['a day that does not exist', date, answered(on('2026-02-30')), 'value.date'],
    ['a time of day', date, answered(on('2026-02-03T10:00:00Z')), 'value.date'],
    ['a half-typed year', date, answered(on('0026-02-03')), 'value.date'],
    ['a day that no place has reached yet', past, answered(on('2026-11-25')), 'value.date'],
    ['a blank product', product, answered({ kind: 'product', product: '  ' }), 'value.product'],
    [
      'a product longer than a name',
      product,
      answered({ kind: 'product', product: 'x'.repeat(201) }),
      'value.product',
    ],
    ['blank text', text, answered({ kind: 'text', text: '\n' }), 'value.text'],
    ['text that is too long', text, answered({ kind: 'text', text: '0123456789a' }), 'value.text'],
    ['a NUL', text, answered({ kind: 'text', text: 'a\u0000b' }), 'value.text'],
    ['half a surrogate pair', text, answered({ kind: 'text', text: 'a\ud800' }), 'value.text'],
    ['text that prints in another order', text, answered({ kind: 'text', text: 'a\u202eb' }), 'value.text'],
    [
      'an explanation that is too long',
      yesNo,
      answered(choice('yes-no', 'yes'), 'x'.repeat(4001)),
      'explanation',
    ],
    ["I don't know without a gap", yesNo, { state: 'dont-know' }, 'gap'],
    ["I don't know without an owner", yesNo, dontKnow({ owner: ' ', dueOn: '2026-12-01' }), 'gap.owner'],
    ["I don't know without a date", yesNo, dontKnow({ owner: 'Ana', dueOn: '' }), 'gap.dueOn'],
  ])('%s', (_, question, answer, path) => {
    expect(pathsOf(question, answer)).toEqual([path])
  })

  it('an answer of another kind', () => {
    expect(pathsOf(yesNo, answered({ kind: 'text', text: 'yes' }))).toContain('value.kind')
    expect(pathsOf(single, answered(choice('band', 'first')))).toEqual(['value.kind'])
  })

  it('every wrong field of one answer', () => {
    expect(pathsOf(percent, answered(share(-1, 0)))).toEqual(['value.covered', 'value.total'])
    expect(pathsOf(yesNo, dontKnow({ owner: '', dueOn: 'soon' }))).toEqual(['gap.owner', 'gap.dueOn'])
  })

  it("a date in the future, but never anyone's own today", () => {
    const noonInLondon = new Date('2026-11-24T12:00:00Z')
    expect(validateAnswer(past, answered(on('2026-11-25')), noonInLondon)).toMatchObject({ ok: true })
    expect(validateAnswer(past, answered(on('2026-11-26')), noonInLondon)).toMatchObject({ ok: false })
  })

  it.each<[string, Question, unknown]>([
    ['Choose yes or no.', yesNo, 'maybe'],
    ['Choose yes, no or not applicable.', yesNoNa, 'maybe'],
    ['Choose yes, no or sometimes.', sometimes, 'maybe'],
    ['Only "yes" can be chosen here. Where it does not hold, leave the question blank.', yesOnly, 'no'],
  ])('offering what can be chosen: %s', (message, question, given) => {
    const refused = validateAnswer(question, answered(choice('yes-no', given), 'x'), NOW)
    expect(refused).toEqual({ ok: false, fieldErrors: [{ path: 'value.choice', message }] })
  })

  it('saying which option has to be described', () => {
    expect(validateAnswer(singleOther, answered(choice('single-choice', 'other')), NOW)).toEqual({
      ok: false,
      fieldErrors: [{ path: 'value.description', message: 'Write what is meant by "Another one".' }],
    })
  })

  it('in sentences', () => {
    const refused = validateAnswer(multiple, answered(ticks('first', 'neither'), 'x'), NOW)
    expect(refused).toEqual({
      ok: false,
      fieldErrors: [{ path: 'value.choices', message: '"Neither" cannot be combined with another answer.' }],
    })
  })
})

describe('what is stored', () => {
  it('is trimmed, in option order and without what the schema does not know', () => {
    const given = { ...answered(ticks('second', 'first'), '  line one\r\nline two '), admin: true }
    expect(validateAnswer(multiple, given, NOW)).toEqual({
      ok: true,
      answer: {
        state: 'answered',
        value: { kind: 'multiple-choice', choices: ['first', 'second'] },
        explanation: 'line one\nline two',
      },
    })
  })

  it('has no key for an empty explanation', () => {
    const result = validateAnswer(yesNo, answered(choice('yes-no', 'yes'), '  '), NOW)
    expect(result.ok && Object.keys(result.answer)).toEqual(['state', 'value'])
  })

  it('keeps one line where one line is asked for', () => {
    const result = validateAnswer(product, answered({ kind: 'product', product: ' EDR \n Plan 2 ' }), NOW)
    expect(result).toMatchObject({ answer: { value: { product: 'EDR Plan 2' } } })
  })

  it.each([
    ['another choice', singleOther, choice('single-choice', 'first')],
    ['other ticks', multipleOther, ticks('first', 'second')],
    ['another band', bandOther, choice('band', 'neither')],
    ['a question without "other"', single, choice('single-choice', 'first')],
  ])('does not describe "other" where it is not chosen: %s', (_, question, value) => {
    const given = { kind: question.kind, description: 'left behind' }
    expect(validateAnswer(question, answered({ ...value, ...given }), NOW)).toEqual({
      ok: true,
      answer: { state: 'answered', value },
    })
  })

  it('describes "other" on one line', () => {
    const result = validateAnswer(multipleOther, described(ticks('other', 'first'), ' A \n third '), NOW)
    expect(result).toEqual({
      ok: true,
      answer: {
        state: 'answered',
        value: { kind: 'multiple-choice', choices: ['first', 'other'], description: 'A third' },
      },
    })
  })

  it('is accepted again unchanged', () => {
    const first = validateAnswer(yesNo, answered(choice('yes-no', 'no'), ' later '), NOW)
    expect(first.ok && validateAnswer(yesNo, first.answer, NOW)).toEqual(first)
  })
})
