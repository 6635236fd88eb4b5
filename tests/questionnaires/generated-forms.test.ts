import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { buildStatement, type StatementSources } from '#app/services/statement-building.ts'
import { type Answer, progressOf } from '#questionnaires/answers.ts'
import {
  applicableQuestions,
  circumstancesAskedBy,
  isEligible,
  undecidedQuestions,
} from '#questionnaires/branching.ts'
import { carryForward } from '#questionnaires/carry-forward.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { checkDefinition } from '#questionnaires/definition-checks.ts'
import { edition as sample } from './compare-sample-editions.ts'
import { conditionArbitrary } from './edition-arbitraries.ts'
import { generatedForm, someCircumstances } from './generated-forms.ts'
import { fittingAnswers } from './generated-questions.ts'
import { nextEdition } from './next-edition.ts'
import { applies, type Filled } from './plain-conditions.ts'
import { NOW } from './sample-questions.ts'

const filledForm: fc.Arbitrary<Filled> = generatedForm.chain((form) =>
  fc.record({ form: fc.constant(form), answers: fittingAnswers(form), circumstances: someCircumstances }),
)
const catalogue = loadCatalogue()
const options = (seed: number, numRuns = 80) => ({ seed, numRuns })

function readinessOf({ form, answers, circumstances }: Filled) {
  const sources = { facts: [], evidence: [], exceptions: [], now: NOW }
  return evaluateReadiness({ edition: form, catalogue, answers, circumstances, ...sources })
}

/** Everything that is decided about a form. */
function decisionsOf({ form, answers, circumstances }: Filled) {
  return {
    applicable: [...applicableQuestions(form, answers, circumstances)],
    undecided: [...undecidedQuestions(form, answers, circumstances)],
    progress: progressOf(form, answers, circumstances),
    eligible: isEligible(form, circumstances),
  }
}

function hiddenIn({ form, answers, circumstances }: Filled): string[] {
  const applicable = applicableQuestions(form, answers, circumstances)
  return listQuestions(form)
    .map(({ id }) => id)
    .filter((id) => !applicable.has(id))
}

const MARK = 'left-behind'

/** Answers left behind on every hidden question, which nothing may ever show. */
function withLeftovers(filled: Filled): Filled {
  const leftover: Answer = {
    state: 'dont-know',
    gap: { owner: MARK, dueOn: '2026-12-01' },
    explanation: MARK,
  }
  const hidden = hiddenIn(filled).map((id): [string, Answer] => {
    const given = filled.answers[id]
    return [id, given ? { ...given, explanation: MARK } : leftover]
  })
  return { ...filled, answers: { ...filled.answers, ...Object.fromEntries(hidden) } }
}

function withoutHidden(filled: Filled): Filled {
  const hidden = hiddenIn(filled)
  const visible = Object.entries(filled.answers).filter(([id]) => !hidden.includes(id))
  return { ...filled, answers: Object.fromEntries(visible) }
}

describe('a generated form', () => {
  it('could be published', () => {
    const seen = new Set<string>()
    let gated = 0
    fc.assert(
      fc.property(generatedForm, (form) => {
        expect(checkDefinition(form)).toEqual([])
        for (const { kind, when } of listQuestions(form)) {
          seen.add(kind)
          if (when) gated++
        }
      }),
      options(1),
    )
    expect(seen.size).toBe(12)
    expect(gated).toBeGreaterThan(200)
  })

  it('shows what its conditions say, no more and no less', () => {
    fc.assert(
      fc.property(filledForm, (filled) => {
        const { form, answers, circumstances } = filled
        const shown = applicableQuestions(form, answers, circumstances)
        for (const { id } of listQuestions(form))
          expect([id, shown.has(id)]).toEqual([id, applies(filled, id)])
      }),
      options(2),
    )
  })

  it('is decided alike every time, in form order, whatever the order of answers and circumstances', () => {
    fc.assert(
      fc.property(filledForm, (filled) => {
        const reversed = <T extends object>(record: T) =>
          Object.fromEntries(Object.entries(record).reverse()) as T
        const first = decisionsOf(filled)
        const order = listQuestions(filled.form).map(({ id }) => id)
        expect(first.applicable).toEqual(order.filter((id) => first.applicable.includes(id)))
        expect(first.undecided).toEqual(order.filter((id) => first.undecided.includes(id)))
        expect(first.applicable.filter((id) => first.undecided.includes(id))).toEqual([])
        expect(decisionsOf(filled)).toEqual(first)
        const turned = {
          ...filled,
          answers: reversed(filled.answers),
          circumstances: reversed(filled.circumstances),
        }
        expect(decisionsOf(turned)).toEqual(first)
      }),
      options(3),
    )
  })

  it('calls every question open that more answers, circumstances or findings could show', () => {
    const growing = filledForm.chain((filled) =>
      fc.record({
        filled: fc.constant(filled),
        more: fc.array(fc.tuple(fittingAnswers(filled.form), someCircumstances), {
          minLength: 4,
          maxLength: 4,
        }),
      }),
    )
    let opened = 0
    fc.assert(
      fc.property(growing, ({ filled: { form, answers, circumstances }, more }) => {
        const shown = applicableQuestions(form, answers, circumstances)
        const open = undecidedQuestions(form, answers, circumstances)
        for (const [further, known] of more) {
          // Everything that is known stays; only what was not known comes to it.
          const facts = { ...known.facts, ...circumstances.facts }
          const later = applicableQuestions(
            form,
            { ...further, ...answers },
            { ...known, ...circumstances, facts },
          )
          const added = [...later].filter((id) => !shown.has(id))
          opened += added.length
          expect(added.filter((id) => !open.has(id))).toEqual([])
        }
      }),
      options(5),
    )
    expect(opened).toBeGreaterThan(100)
  })
})

describe('an answer to a hidden question', () => {
  it('influences nothing', () => {
    fc.assert(
      fc.property(filledForm, (filled) => {
        const clean = withoutHidden(filled)
        const left = withLeftovers(filled)
        expect(decisionsOf(left)).toEqual(decisionsOf(clean))
        expect(readinessOf(left)).toEqual(readinessOf(clean))
      }),
      options(6),
    )
  })

  it('and its absence never block', () => {
    fc.assert(
      fc.property(filledForm, (given) => {
        for (const filled of [given, withLeftovers(given), withoutHidden(given)]) {
          const hidden = hiddenIn(filled)
          const missing = decisionsOf(filled).progress.flatMap(({ requiredMissing }) => requiredMissing)
          expect(missing.filter((id) => hidden.includes(id))).toEqual([])
          const blocking = readinessOf(filled).blocking.map(({ questionId }) => questionId)
          expect(blocking.filter((id) => hidden.includes(id))).toEqual([])
        }
      }),
      options(7),
    )
  })

  it('never shows in readiness or in the statement that is signed', () => {
    let leftovers = 0
    fc.assert(
      fc.property(filledForm, (given) => {
        const filled = withLeftovers(given)
        leftovers += hiddenIn(filled).length
        const applicable = [...applicableQuestions(filled.form, filled.answers, filled.circumstances)]
        const readiness = readinessOf(filled)
        expect(readiness.answers.map(({ questionId }) => questionId)).toEqual(applicable)
        const statement = buildStatement(sourcesOf(filled, readiness))
        expect(statement.answers.map(({ questionId }) => questionId)).toEqual(applicable)
        expect(JSON.stringify([readiness, statement])).not.toContain(MARK)
      }),
      options(8),
    )
    expect(leftovers).toBeGreaterThan(200)
  })

  it('is not carried into another edition, neither kept nor proposed nor dropped', () => {
    const moving = filledForm.chain((filled) =>
      fc.record({
        filled: fc.constant(filled),
        newer: nextEdition(filled.form),
        purpose: fc.constantFrom('draft' as const, 'renewal' as const),
      }),
    )
    fc.assert(
      fc.property(moving, ({ filled: given, newer, purpose }) => {
        const filled = withLeftovers(given)
        const { form: older, answers, circumstances } = filled
        const hidden = hiddenIn(filled)
        const carried = carryForward({ older, newer, answers, circumstances, purpose })
        const named = [
          ...Object.values(carried.kept).map(({ questionId }) => questionId),
          ...Object.values(carried.proposed).flatMap(({ questionIds }) => questionIds),
          ...carried.dropped.map(({ questionId }) => questionId),
        ]
        expect(named.filter((id) => hidden.includes(id))).toEqual([])
        expect(JSON.stringify(carried)).not.toContain(MARK)
      }),
      options(9),
    )
  })
})

describe('a form that could not be published', () => {
  /** Circles, tests that fit nothing, names of nothing. */
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
  const simple = fc.record({ question: fc.constantFrom(...ids), is: fc.constantFrom('yes', 'no') })
  const gate = fc.oneof(conditionArbitrary([...ids, 'nowhere']), simple)
  const anyForm = fc
    .array(fc.option(gate, { freq: 8 }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((conditions) =>
      sample(
        '1',
        conditions.map((when, index) => ({ id: ids[index], ...(when && { when }) })),
      ),
    )

  it('is decided all the same, and alike every time', () => {
    const filled = anyForm.chain((form) =>
      fc.record({ form: fc.constant(form), answers: fittingAnswers(form), circumstances: someCircumstances }),
    )
    let circles = 0
    fc.assert(
      fc.property(filled, (given) => {
        if (checkDefinition(given.form).some(({ message }) => message.includes('wait for each other')))
          circles++
        const first = decisionsOf(given)
        expect(decisionsOf(given)).toEqual(first)
        expect(readinessOf(given).answers.map(({ questionId }) => questionId)).toEqual(first.applicable)
        const asked = circumstancesAskedBy(given.form)
        expect(asked.names.length).toBeLessThanOrEqual(5)
      }),
      options(10, 150),
    )
    expect(circles).toBeGreaterThan(8)
  })
})

/** Everything that a statement is built from beside the form: one client, one application, nothing collected. */
function sourcesOf({ form, answers, circumstances }: Filled, readiness: StatementSources['readiness']) {
  const rows = Object.keys(answers).map((questionId) => ({
    questionId,
    answeredByName: 'Ana Ruiz',
    answeredAt: NOW,
  }))
  return {
    reportId: 'report',
    at: NOW,
    organisation: { id: 'organisation', name: 'Broker' },
    client: { id: 'client', legalName: 'Acme', industry: 'other', headcount: 5, domains: [] },
    application: { id: 'application', createdAt: NOW, editionSha256: 'a'.repeat(64) },
    input: {
      edition: form,
      catalogue,
      answers,
      circumstances,
      facts: [],
      evidence: [],
      exceptions: [],
      now: NOW,
    },
    readiness,
    answerRows: rows,
    evidence: [],
    exceptionRows: [],
    coversFrom: null,
    scans: [],
    ledgerHead: { sequence: 1, hash: 'b'.repeat(64) },
    signers: [],
    // Only what the statement reads of the rows of the database.
  } as unknown as StatementSources
}
