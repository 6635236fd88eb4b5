import { describe, expect, it } from 'vitest'
import { compareEditions } from '#questionnaires/compare-editions.ts'
import type { ChangeKind, MigrationRule } from '#questionnaires/edition-change.ts'
import { edition, editionOf, type Fields } from './compare-sample-editions.ts'
import { differenceOf, STEPS } from './library-editions.ts'

/** The difference between two wordings of the question "q". */
function between(older: Fields, newer: Fields, forms: [Fields, Fields] = [{}, {}]) {
  const difference = compareEditions(
    edition('1', [{ id: 'q', ...older }], forms[0]),
    edition('2', [{ id: 'q', ...newer }], forms[1]),
  )
  return { changes: difference.changes, rule: difference.rules.q }
}

const CHOICES = [
  { id: 'daily', label: 'Daily' },
  { id: 'weekly', label: 'Weekly' },
  { id: 'never', label: 'Never' },
]
const choice = (options: Fields[], fields: Fields = {}) => ({ kind: 'single-choice', options, ...fields })
const term = (meaning: string) => ({ terms: [{ id: 'remote', term: 'Remote access', meaning }] })

const CASES: [name: string, older: Fields, newer: Fields, kinds: ChangeKind[], rule: MigrationRule][] = [
  ['nothing', {}, {}, [], 'keep'],
  ['line breaks in the prompt', { prompt: 'Is it  so?' }, { prompt: 'Is it\nso?' }, [], 'keep'],
  ['another prompt', { prompt: 'Is it?' }, { prompt: 'Is it all?' }, ['reworded'], 'propose'],
  ['another help', { help: 'Count all.' }, { help: 'Count some.' }, ['reworded'], 'propose'],
  ['help taken away', { help: 'Count all.' }, {}, ['reworded'], 'propose'],
  ['a wider scope', { scope: 'Staff' }, { scope: 'Staff and suppliers' }, ['definition-changed'], 'propose'],
  [
    'another population',
    { kind: 'percent', population: 'laptops' },
    { kind: 'percent', population: 'laptops and servers' },
    ['definition-changed'],
    'propose',
  ],
  ['another control', { control: 'mfa-email' }, { control: 'ir-plan' }, ['definition-changed'], 'ask-again'],
  [
    'another part of the topic',
    { control: 'mfa-email', canonical: { scope: 'staff' } },
    { control: 'mfa-email', canonical: { scope: 'third-parties' } },
    ['definition-changed'],
    'propose',
  ],
  [
    'another unit',
    { kind: 'number', unit: 'hours' },
    { kind: 'number', unit: 'days' },
    ['definition-changed'],
    'ask-again',
  ],
  [
    'another currency',
    { kind: 'currency', currency: 'USD' },
    { kind: 'currency', currency: 'EUR' },
    ['definition-changed'],
    'ask-again',
  ],
  ['a choice more', {}, { notApplicable: true }, ['type-changed'], 'propose'],
  ['"sometimes" gone', { sometimes: true }, {}, ['type-changed'], 'propose'],
  ['only "yes" left', {}, { yesOnly: true }, ['type-changed'], 'propose'],
  ['whole numbers only', { kind: 'number' }, { kind: 'number', whole: true }, ['type-changed'], 'propose'],
  [
    'counts instead of yes or no',
    {},
    { kind: 'percent', population: 'laptops' },
    ['type-changed'],
    'ask-again',
  ],
  [
    'yes or no instead of counts',
    { kind: 'percent', population: 'laptops' },
    {},
    ['type-changed'],
    'propose',
  ],
  [
    'a table with another column',
    { kind: 'table', columns: [{ id: 'name', label: 'Name', kind: 'text' }] },
    { kind: 'table', columns: [{ id: 'name', label: 'Name', kind: 'text', maxLength: 20 }] },
    ['type-changed'],
    'propose',
  ],
  [
    'fewer days',
    { threshold: { is: 'at-most', value: 30, unit: 'days' } },
    { threshold: { is: 'at-most', value: 14, unit: 'days' } },
    ['threshold-changed'],
    'ask-again',
  ],
  [
    'more days, told in hours',
    { threshold: { is: 'at-most', value: 72, unit: 'hours' } },
    { threshold: { is: 'at-most', value: 14, unit: 'days' } },
    ['threshold-changed'],
    'propose',
  ],
  [
    'a smaller payment that is enough',
    { threshold: { is: 'more-than', value: 25_000, unit: 'USD' } },
    { threshold: { is: 'more-than', value: 10_000, unit: 'USD' } },
    ['threshold-changed'],
    'ask-again',
  ],
  [
    'a higher share that is demanded',
    { threshold: { is: 'at-least', value: 95, unit: 'percent' } },
    { threshold: { is: 'at-least', value: 98, unit: 'percent' } },
    ['threshold-changed'],
    'ask-again',
  ],
  [
    'months that cannot be told in days',
    { threshold: { is: 'at-most', value: 3, unit: 'months' } },
    { threshold: { is: 'at-most', value: 100, unit: 'days' } },
    ['threshold-changed'],
    'ask-again',
  ],
  [
    'a claim with fewer days',
    { control: 'patch-critical-sla', claims: { yes: 'within-30-days' } },
    { control: 'patch-critical-sla', claims: { yes: 'within-14-days' } },
    ['threshold-changed'],
    'ask-again',
  ],
  [
    'a claim with more days',
    { control: 'patch-critical-sla', claims: { yes: 'within-14-days' } },
    { control: 'patch-critical-sla', claims: { yes: 'within-30-days' } },
    ['threshold-changed'],
    'propose',
  ],
  [
    'a claim of another sort',
    { control: 'backup-offline-immutable', claims: { yes: 'offline' } },
    { control: 'backup-offline-immutable', claims: { yes: 'immutable' } },
    ['threshold-changed'],
    'ask-again',
  ],
  [
    'a share that is enough for "yes"',
    { control: 'edr-coverage', canonical: { yesFromPercent: 95 } },
    { control: 'edr-coverage' },
    ['threshold-changed'],
    'ask-again',
  ],
  [
    'a narrower range of numbers',
    { kind: 'number', min: 0 },
    { kind: 'number', min: 1 },
    ['threshold-changed'],
    'ask-again',
  ],
  [
    'other bounds of a band',
    {
      kind: 'band',
      options: [
        { id: 'few', label: 'Few', below: 10 },
        { id: 'many', label: 'Many', atLeast: 10 },
      ],
    },
    {
      kind: 'band',
      options: [
        { id: 'few', label: 'Few', below: 20 },
        { id: 'many', label: 'Many', atLeast: 10 },
      ],
    },
    ['threshold-changed'],
    'ask-again',
  ],
  ['an option more', choice(CHOICES.slice(1)), choice(CHOICES), ['options-changed'], 'propose'],
  ['an option less', choice(CHOICES), choice(CHOICES.slice(1)), ['options-changed'], 'propose'],
  [
    'an option in other words',
    choice(CHOICES),
    choice([{ id: 'daily', label: 'Every day' }, ...CHOICES.slice(1)]),
    ['options-changed'],
    'propose',
  ],
  [
    'an option with another claim',
    choice(CHOICES, { control: 'c' }),
    choice([{ id: 'daily', label: 'Daily', claim: 'often' }, ...CHOICES.slice(1)], { control: 'c' }),
    ['options-changed'],
    'propose',
  ],
  [
    'another order of ranked options',
    choice(CHOICES, { ordered: true }),
    choice(CHOICES.toReversed(), { ordered: true }),
    ['options-changed'],
    'propose',
  ],
  ['another order of options without rank', choice(CHOICES), choice(CHOICES.toReversed()), [], 'keep'],
  ['no longer required', {}, { required: false }, ['gate-changed'], 'keep'],
  ['required from a day on', {}, { requiredFrom: '2027-01-01' }, ['gate-changed'], 'keep'],
  ['a gate', {}, { when: { circumstance: 'renewal', is: 'yes' } }, ['gate-changed'], 'keep'],
  [
    'an answer to explain',
    { notApplicable: true },
    { notApplicable: true, explain: ['not-applicable'] },
    ['gate-changed'],
    'keep',
  ],
  [
    'two things at once',
    { prompt: 'Is it?', required: false },
    { prompt: 'Is it all?', required: true },
    ['reworded', 'gate-changed'],
    'propose',
  ],
]

describe('a question of two editions', () => {
  it.each(CASES)('that differs in %s', (_, older, newer, kinds, rule) => {
    const found = between(older, newer)
    expect(found.changes.map(({ kind }) => kind)).toEqual(kinds)
    expect(found.rule).toEqual({ rule, from: ['q'], because: kinds })
    for (const change of found.changes) {
      expect(change.sentence).toMatch(/^\S.*[.]$/)
      expect(change).toMatchObject({ older: ['q'], newer: ['q'] })
      if (change.before !== null || change.after !== null) expect(change.before).not.toBe(change.after)
    }
  })

  it('shows the words before and after', () => {
    const [change] = between({ prompt: 'Is it?' }, { prompt: 'Is it all?' }).changes
    expect(change).toMatchObject({ before: 'Is it?', after: 'Is it all?' })
  })

  it('says whether a limit became stricter', () => {
    const limit = (value: number) => ({ threshold: { is: 'at-most', value, unit: 'days' } })
    expect(between(limit(30), limit(14)).changes[0]?.sentence).toBe(
      'The limit in q “q?” went from at most 30 days to at most 14 days. This is stricter: an older answer may no longer be true.',
    )
    expect(between(limit(14), limit(30)).changes[0]?.sentence).toContain('This is looser.')
    const other = { threshold: { is: 'at-most', value: 3, unit: 'months' } }
    expect(between(limit(30), other).changes[0]?.sentence).toContain('cannot be told')
  })

  it('tells a limit once when its claim moves with it', () => {
    const limit = (value: number) => ({
      control: 'patch-critical-sla',
      claims: { yes: `within-${value}-days` },
      threshold: { is: 'at-most', value, unit: 'days' },
    })
    expect(between(limit(30), limit(14)).changes.map(({ kind }) => kind)).toEqual(['threshold-changed'])
  })

  it('changes its meaning with a term that it uses, and only with such a term', () => {
    const forms: [Fields, Fields] = [term('By staff.'), term('By staff and suppliers.')]
    const used = between({ terms: ['remote'] }, { terms: ['remote'] }, forms)
    expect(used.changes.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['definition-changed', 'Remote access: By staff.', 'Remote access: By staff and suppliers.'],
    ])
    expect(used.rule?.rule).toBe('propose')
    expect(between({}, {}, forms).changes).toEqual([])
  })

  it('is read under the introduction of its section', () => {
    const under = (number: string, intro: string) =>
      editionOf(number, [{ id: 'mfa', intro, questions: [{ id: 'q' }] }])
    const { changes, rules } = compareEditions(
      under('1', 'MFA means two factors.'),
      under('2', 'MFA means a key.'),
    )
    expect(changes.map(({ kind }) => kind)).toEqual(['reworded'])
    expect(rules.q?.rule).toBe('propose')
  })

  it('keeps its gate when only the id of the question behind it changed', () => {
    const gated = (id: string) => ({ id: 'q', when: { question: id, is: 'yes' } })
    const older = edition('1', [{ id: 'mail', prompt: 'Mail?' }, gated('mail')])
    const newer = edition('2', [
      { id: 'e-mail', prompt: 'Mail?', reference: { item: 'mail' }, formerly: ['mail'] },
      gated('e-mail'),
    ])
    expect(compareEditions(older, newer).changes).toEqual([])
  })
})

describe('the form as a whole', () => {
  const plain = edition('1', [{ id: 'q' }])
  const declared = (fields: Fields) => ({
    declaration: {
      text: 'True.',
      signerRoles: [{ id: 'owner', label: 'Owner' }],
      maximumAgeDays: 30,
      ...fields,
    },
  })

  it.each([
    ['title', { form: { code: 'sample', title: 'Other', issuer: 'Nobody' } }],
    ['declaration', declared({ text: 'All true.' })],
    ['declaration', declared({ basis: 'warranty' })],
    ['declaration', declared({ dutyToUpdate: false })],
    ['signers', declared({ signerRoles: [{ id: 'chief', label: 'Chief executive' }] })],
    ['signers', declared({ minimumSigners: 2 })],
    ['signature-age', declared({ maximumAgeDays: 45 })],
    ['notices', declared({ notices: [{ jurisdiction: 'Ohio', text: 'Fraud is a crime.' }] })],
    ['blank-rule', { blankMeans: 'no' }],
    ['eligibility', { eligibility: { when: { circumstance: 'headcount', atLeast: 5 }, otherwise: 'Ask.' } }],
    ['coverages', { coverages: [{ id: 'fraud', label: 'Payment fraud' }] }],
    ['effective', { effectiveOn: '2027-01-01' }],
  ])('reports a change of its %s %j', (kind, form: Fields) => {
    const { formChanges, changes } = compareEditions(plain, edition('2', [{ id: 'q' }], form))
    expect(formChanges.map((change) => change.kind)).toEqual([kind])
    expect(formChanges[0]?.sentence).toMatch(/^[A-Z].*\.$/)
    expect(changes).toEqual([])
  })
})

describe('the built-in editions', () => {
  it.each(STEPS)('%s %s and %s differ in words that a reader of the form knows', (form, older, newer) => {
    const { changes, formChanges } = differenceOf(form, older, newer)
    for (const { sentence } of [...changes, ...formChanges]) {
      // What stands in quotation marks are the form's own words.
      expect(sentence.replace(/“[^”]*”/g, '“”')).not.toMatch(
        /stands? for|control|topic|population|amount to|claim|catalogue|\bstates\b|from none/,
      )
    }
    // Names of controls and topics are no words: "msp access".
    for (const { kind, before, after } of changes) {
      if (kind !== 'definition-changed') continue
      for (const side of [before, after]) expect(side ?? 'A sentence').toMatch(/^[A-Z]|[:,]|\d/)
    }
  })
})
