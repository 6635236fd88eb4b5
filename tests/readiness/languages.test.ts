/** Readiness told in another language: the same findings in the same order, every sentence of them in that language. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OtherForm } from '#app/readiness/across-forms.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { Readiness, ReadinessInput } from '#app/readiness/status.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { anySituation, inputFrom } from './any-situation.ts'
import { CORE_CASES } from './rule-table.ts'
import { FURTHER_CASES } from './rule-table-further.ts'
import {
  AS_YES_NO,
  ask,
  claim,
  dayText,
  document,
  exception,
  fact,
  form,
  situation,
  yesNo,
} from './situation.ts'

const inGerman = (input: ReadinessInput): ReadinessInput => ({
  ...input,
  language: 'de',
  catalogue: loadCatalogue('de'),
})

/** All but the words. */
function withoutWords({ answers, controls, blocking, asOf }: Readiness) {
  const bare = <Item extends { reasons: Readiness['answers'][number]['reasons'] }>(item: Item) => ({
    ...item,
    reasons: item.reasons.map(({ sentence: _sentence, remedy, ...rest }) => ({
      ...rest,
      hasRemedy: remedy !== null,
    })),
  })
  return {
    asOf,
    answers: answers.map(bare),
    controls: controls.map(bare),
    blocking: blocking.map(({ questionId, why }) => ({ questionId, why })),
  }
}

const wordsOf = ({ answers, controls }: Readiness) =>
  [...answers, ...controls].flatMap(({ reasons }) =>
    reasons.flatMap(({ sentence, remedy }) => [sentence, remedy]),
  )

/** Words that no German sentence has; "was" and "in" are German too. */
const ENGLISH = /\b(the|is|are|of|and|were|this|that|says|not|no|never|yes|question)\b/i
/** What the situations themselves say. */
const RECORDED = /unheard-of|\{value\}|„What about [^“]*“/g

function expectSame(input: ReadinessInput) {
  const english = evaluateReadiness(input)
  const german = evaluateReadiness(inGerman(input))
  expect(withoutWords(german)).toEqual(withoutWords(english))
  const [before, after] = [wordsOf(english), wordsOf(german)]
  after.forEach((sentence, index) => {
    if (sentence === null) return
    expect(sentence).not.toBe(before[index])
    expect(sentence.replaceAll(RECORDED, '')).not.toMatch(ENGLISH)
    expect(sentence).not.toMatch(/[[\]|]|undefined|NaN|Invalid/)
  })
  return german
}

describe('readiness in German', () => {
  it('finds the same in the same order in every situation', () => {
    fc.assert(
      fc.property(anySituation, (made) => {
        expectSame(inputFrom(made))
      }),
      { numRuns: 150, seed: 28112026 },
    )
  })

  it('finds the same for every row of the rule tables', () => {
    for (const { control, claim: claimed, facts, question } of [...CORE_CASES, ...FURTHER_CASES])
      expectSame(situation(form(ask(control, control, question)), { [control]: claim(claimed) }, { facts }))
  })

  it('orders what other forms say alike, though “Manchmal” comes before “Nein” and “Sometimes” after “No”', () => {
    const edition = form(ask('mfa-email', 'mail', { ...AS_YES_NO, sometimes: true }))
    const other = (choice: 'no' | 'sometimes', index: number): OtherForm => ({
      applicationId: `other-${index}`,
      edition: { ...edition, form: { ...edition.form, title: `Antrag ${index}` } },
      circumstances: {},
      relation: index % 2 === 0 ? 'open' : 'signed',
      answers: { mail: { state: 'answered', value: { kind: 'yes-no', choice } } },
    })
    const anyOther = fc.array(fc.constantFrom('no' as const, 'sometimes' as const), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(anyOther, (choices) => {
        const german = expectSame(
          situation(edition, { mail: yesNo('yes') }, { otherForms: choices.map(other) }),
        )
        const told = german.answers[0]!.reasons.filter(({ ruleId }) => ruleId === 'across-forms')
        expect(told).toHaveLength(choices.length)
        for (const { sentence } of told)
          expect(sentence).toMatch(/^Hier mit „Ja“ beantwortet, mit „(Nein|Manchmal)“/)
      }),
      { numRuns: 40, seed: 1 },
    )
  })

  it('says values, counts, days and documents as German does', () => {
    const judged = (input: ReadinessInput) => wordsOf(expectSame(input)).join(' ')
    const edr = situation(
      form(ask('edr-coverage', 'edr')),
      { edr: claim('all') },
      {
        facts: [
          fact('endpoint.edr_coverage_percent', 94.74, {
            numerator: 1310,
            denominator: 1383,
            subject: 'Praxis Nord',
            evidenceKind: 'edr-coverage-report',
          }),
          fact('endpoint.edr_unprotected_count', 1, {
            subject: 'Praxis Nord',
            evidenceKind: 'edr-coverage-report',
          }),
        ],
      },
    )
    const told = judged(edr)
    expect(told).toContain(
      'läuft auf 94,7 % der Geräte (1.310 von 1.383) in Praxis Nord, gesehen am 23. November 2026',
    )
    expect(told).toContain('1 Gerät hat in Praxis Nord keinen EDR-Agenten')
    const restore = (value: string) =>
      judged(
        situation(
          form(ask('backup-restore-test', 'restore')),
          { restore: claim('within-12-months') },
          { facts: [fact('backup.last_restore_test_date', value, { evidenceKind: 'restore-test-log' })] },
        ),
      )
    expect(restore('never')).toContain('Letzter Wiederherstellungstest von contoso.example: nie;')
    expect(restore(dayText(400))).toContain('20. Oktober 2025;')
    const waived = situation(
      form(ask('mfa-email', 'mail')),
      { mail: claim('yes') },
      {
        evidence: [document('declined-service-waiver', { title: 'Verzicht', questionIds: ['mail'] })],
        exceptions: [exception('mail')],
      },
    )
    expect(judged(waived)).toContain('schriftlich abgelehnt („Verzicht“, vom ')
  })
})
