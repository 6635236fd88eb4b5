import { describe, expect, it } from 'vitest'
import { FACT_DICTIONARY } from '#evidence/facts.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { circumstancesAskedBy } from '#questionnaires/branching.ts'
import { canonicalKeyOf } from '#questionnaires/canonical.ts'
import { carryForward } from '#questionnaires/carry-forward.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { compareEditions } from '#questionnaires/compare-editions.ts'
import { findControl } from '#questionnaires/controls.ts'
import { listQuestions, optionsOf, type Question } from '#questionnaires/definition.ts'
import { parseDefinition } from '#questionnaires/validate-definition.ts'
import { claimsOffered, differenceOf, EDITIONS, editionOf, FORMS, STEPS, textOf } from './library-editions.ts'

const catalogue = loadCatalogue()
const controlIds = new Set(catalogue.controls.map(({ id }) => id))
const factKeys = new Set(Object.keys(FACT_DICTIONARY))

describe('the built-in library', () => {
  it('holds the forms of domain/forms.md §2 and §6, each with two editions or more', () => {
    expect(Object.keys(FORMS)).toEqual(
      expect.arrayContaining([
        'short-smb',
        'mfa-attestation',
        'ransomware-supplement',
        'mid-market',
        'revenue-gated',
        'renewal-delta',
        'payment-fraud',
        'quarterly-re-attestation',
      ]),
    )
    const thin = Object.entries(FORMS).filter(([, numbers]) => numbers.length < 2)
    expect(thin).toEqual([])
  })

  it('has an issuer of its own for each form, the re-attestation of an application aside', () => {
    const issuers = Object.keys(FORMS)
      .filter((form) => form !== 'quarterly-re-attestation')
      .map((form) => editionOf(form, '1').form.issuer)
    expect(new Set(issuers).size).toBe(issuers.length)
    expect(editionOf('quarterly-re-attestation', '1').form.issuer).toBe(
      editionOf('core-cyber', '1').form.issuer,
    )
  })

  it('shows every kind of change between editions somewhere', () => {
    const kinds = STEPS.flatMap(([form, older, newer]) => kindsBetween(form, older, newer))
    expect([...new Set(kinds)].sort()).toEqual([
      'added',
      'definition-changed',
      'gate-changed',
      'merged',
      'moved',
      'options-changed',
      'removed',
      'reworded',
      'split',
      'threshold-changed',
      'type-changed',
    ])
  })
})

// Names by which real carriers are known; invented ones share no word with them.
const REAL_INSURERS =
  /\b(travelers|coalition|tokio|hcc|corvus|beazley|at-?bay|aig|cowbell|hartford|chubb|cfc|hiscox|axis|axa|zurich|allianz|munich|swiss|liberty|nationwide|berkshire|markel|arch|sompo|qbe|resilience|embroker|cna|crum|aspen|everest|hanover|farmers|progressive|geico|usaa|erie|lloyd'?s|evanston|philadelphia|intact|mapfre|generali|aviva|brit|kiln|starr|ironshore|argo|amtrust|westchester|scottsdale|houston|great american)\b/i

describe.each(EDITIONS)('the built-in form %s, edition %s', (form, number) => {
  const edition = editionOf(form, number)
  const questions = listQuestions(edition)

  it('parses without problems and names only controls and facts that exist', () => {
    const parsed = parseDefinition(textOf(form, number), `${form}/${number}.yaml`, controlIds, factKeys)
    expect(parsed.ok ? [] : parsed.problems).toEqual([])
    expect([edition.form.code, edition.edition]).toEqual([form, number])
  })

  it('is nobody’s real form', () => {
    expect(edition.form.issuer).not.toMatch(REAL_INSURERS)
    expect(textOf(form, number)).toContain(`${edition.form.issuer} is an invented insurer`)
  })

  it('claims nothing that the catalogue does not know', () => {
    for (const question of questions) {
      const control = question.control && findControl(catalogue, question.control)
      if (!control) continue
      const unknown = claimsOffered(question).filter((claim) => !Object.hasOwn(control.claims, claim))
      expect(unknown, question.id).toEqual([])
    }
  })

  it('keeps every answer under a key of its own in the answer bank', () => {
    const keys = questions
      .filter(({ canonical }) => canonical)
      .map(({ id }) => JSON.stringify(canonicalKeyOf(edition, id)))
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it('proposes answers and opens gates only by facts that the dictionary knows', () => {
    const facts = questions.flatMap(({ canonical }) => canonical?.fact ?? [])
    const known = [...facts, ...circumstancesAskedBy(edition).facts]
    expect(known.filter((fact) => !factKeys.has(fact))).toEqual([])
  })

  it('states in words every limit that it states as data', () => {
    for (const { id, prompt, help = '', threshold } of questions) {
      if (threshold) expect(`${prompt} ${help}`, id).toContain(threshold.value.toLocaleString('en-US'))
    }
  })

  it('says what counts wherever a control is claimed', () => {
    const bare = questions.filter(
      (question) =>
        question.control && claimsOffered(question).length > 0 && !(question.help && question.scope),
    )
    expect(bare.map(({ id }) => id)).toEqual([])
  })

  it('offers "yes" alone only where a blank says "no"', () => {
    const yesOnly = questions.filter((question) => question.kind === 'yes-no' && question.yesOnly)
    expect(yesOnly.length === 0 || edition.blankMeans === 'no').toBe(true)
  })
})

describe.each(STEPS)('%s from edition %s to %s', (form, older, newer) => {
  const before = editionOf(form, older)
  const after = editionOf(form, newer)
  const { rules } = compareEditions(before, after)

  it('follows the edition before it and names only questions of it as former ones', () => {
    const olderIds = listQuestions(before).map(({ id }) => id)
    expect(after.follows).toBe(older)
    expect(after.publishedOn > before.publishedOn).toBe(true)
    const named = listQuestions(after).flatMap(({ formerly = [] }) => formerly)
    expect(named.filter((id) => !olderIds.includes(id))).toEqual([])
  })

  it.each(['draft', 'renewal'] as const)(
    'copies no answer into the parts of a split question (%s)',
    (purpose) => {
      const split = Object.entries(rules).filter(([, { because }]) => because.includes('split'))
      const sources = new Set(split.flatMap(([, { from }]) => from))
      const answers = Object.fromEntries(
        listQuestions(before)
          .filter(({ id }) => sources.has(id))
          .map((question) => [question.id, bestAnswer(question)]),
      )
      const carried = carryForward({ older: before, newer: after, answers, purpose })
      for (const [id] of split) {
        expect(carried.kept, id).not.toHaveProperty([id])
        if (carried.proposed[id]) expect(carried.proposed[id]?.answer, id).toBeNull()
      }
    },
  )
})

describe.each(Object.keys(FORMS))('the editions of %s', (form) => {
  it('show a split, a change of type and a change of meaning', () => {
    const kinds = STEPS.filter(([other]) => other === form).flatMap((step) => kindsBetween(...step))
    // A renewal form grows shorter: it merges where the others split.
    const joined = form === 'renewal-delta' ? 'merged' : 'split'
    expect(kinds).toEqual(expect.arrayContaining([joined, 'type-changed', 'definition-changed']))
  })
})

function kindsBetween(form: string, older: string, newer: string) {
  return differenceOf(form, older, newer).changes.map(({ kind }) => kind)
}

/** What somebody would most like to have copied: "yes", or the first thing offered. */
function bestAnswer(question: Question): Answer {
  const [first] = optionsOf(question)
  switch (question.kind) {
    case 'yes-no':
      return { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
    case 'single-choice':
    case 'band':
      return { state: 'answered', value: { kind: question.kind, choice: first?.id ?? '' } }
    case 'multiple-choice':
      return { state: 'answered', value: { kind: 'multiple-choice', choices: [first?.id ?? ''] } }
    case 'date':
      return { state: 'answered', value: { kind: 'date', date: '2026-01-01' } }
    case 'text':
      return { state: 'answered', value: { kind: 'text', text: 'As before' } }
    default:
      throw new Error(`No sample answer for a ${question.kind} question; add one.`)
  }
}
