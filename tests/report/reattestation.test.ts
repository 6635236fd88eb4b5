import { describe, expect, test } from 'vitest'
import { renderReport } from '#app/report/render.server.ts'
import { beforeTheOfficer, canonicalStatement, Statement } from '#app/report/statement.ts'
import type { OfficerResult, Reattestation } from '#app/report/statement-reattestation.ts'
import { inTotoStatement } from '#app/report/twins/readiness-predicate.ts'
import { listInconsistencies } from '#app/report/verify/consistency.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { exampleStatement } from './example-statement.ts'

const ENDED: OfficerResult = {
  result: 'no-longer-true',
  since: '2026-02-03',
  cause: 'The contract ended',
  plan: { what: 'Sign another one', owner: 'Ola Officer', due: '2026-06-01' },
  broker: { tell: 'told', on: '2026-02-05' },
}
const TRUE: OfficerResult = { result: 'still-true', confirmed: 'in-list' }

/** The example, re-attested: its first answer is no longer true. */
function reattested(change: (reattestation: Reattestation) => Reattestation = (one) => one): Statement {
  const example = exampleStatement()
  const before: Statement = {
    ...example,
    reattestation: {
      period: { number: 2, first: '2026-04-01', last: '2026-06-30' },
      chain: [0, 1].map((number) => ({
        reportId: crypto.randomUUID(),
        number,
        attestedAt: `2026-0${number + 1}-05T10:00:00.000Z`,
        statementSha256: 'a'.repeat(64),
        pdfSha256: 'b'.repeat(64),
      })),
      answers: example.answers.map(({ questionId, shown, status, weakened }, index) => ({
        questionId,
        mark: index === 0 ? 'contradicted' : 'unchanged',
        marks: [index === 0 ? 'contradicted' : 'unchanged'],
        signed: { shown, status, weakened },
        since: index === 0 ? '2026-02-03' : null,
        changed: null,
        against: index === 0 ? ['Two accounts sign in without a second factor.'] : [],
        lapsed: [],
        earlier: null,
      })),
      newExceptions: [],
      openSubjectivities: [],
      changedFacts: [],
    },
  }
  const { reattestation } = before
  if (!reattestation) throw new Error('No re-attestation')
  return {
    ...before,
    reattestation: change({
      ...reattestation,
      answers: reattestation.answers.map((answer, index) => ({
        ...answer,
        result: index === 0 ? ENDED : TRUE,
      })),
      certified: { at: example.createdAt, sha256: sha256Hex(canonicalStatement(before)) },
      statedAt: example.createdAt,
    }),
  }
}

test('a statement without a re-attestation is what it always was', () => {
  const example = exampleStatement()
  expect(JSON.parse(canonicalStatement(example))).not.toHaveProperty('reattestation')
  expect(listInconsistencies(example)).toEqual([])
})

test('a whole re-attestation agrees with itself, and its envelope names what it follows', () => {
  const statement = reattested()
  expect(listInconsistencies(statement)).toEqual([])
  const { predicate } = inTotoStatement(statement, {
    role: 'technical-contributor',
    at: new Date(statement.createdAt),
  })
  expect(predicate.reattestation).toMatchObject({ number: 2, follows: [{}, { pdfSha256: 'b'.repeat(64) }] })
})

const first = (change: Partial<Reattestation['answers'][number]>) => (one: Reattestation) => ({
  ...one,
  answers: one.answers.map((answer, index) => (index === 0 ? { ...answer, ...change } : answer)),
})

describe('the verifier refuses a re-attestation', () => {
  test.each<[string, (one: Reattestation) => Reattestation, RegExp]>([
    ['with a mark that was made milder', first({ mark: 'unchanged', marks: ['unchanged'] }), /certified/],
    ['with a reason left out', first({ against: [] }), /certified/],
    ['with an answer without a word', first({ result: undefined }), /Nothing is said/],
    ['that the officer never answered', beforeTheOfficer, /has not said/],
    ['with a marked answer confirmed in a list', first({ result: TRUE }), /not gone through by itself/],
    ['whose chain is out of order', (one) => ({ ...one, chain: [...one.chain].reverse() }), /not in order/],
    [
      'that follows itself or a later one',
      (one) => ({ ...one, period: { ...one.period, number: 1 } }),
      /not in order/,
    ],
    [
      'that ends before it begins',
      (one) => ({ ...one, period: { ...one.period, last: '2026-01-01' } }),
      /ends before/,
    ],
    [
      'that follows a report of the future',
      (one) => ({
        ...one,
        chain: one.chain.map((cited) => ({ ...cited, attestedAt: '2099-01-01T00:00:00.000Z' })),
      }),
      /signed after/,
    ],
  ])('%s', (_what, change, sentence) => {
    expect(listInconsistencies(reattested(change)).join(' ')).toMatch(sentence)
  })

  test('that calls an answer still true although it is contradicted and nothing covers it', () => {
    const statement = reattested()
    const contradicted = statement.answers.find(({ status }) => status === 'contradicted')
    if (!contradicted || !statement.reattestation) throw new Error('The example has no contradiction')
    const uncovered: Statement = {
      ...statement,
      answers: statement.answers.map((answer) =>
        answer === contradicted ? { ...answer, exceptionId: null } : answer,
      ),
      reattestation: {
        ...statement.reattestation,
        answers: statement.reattestation.answers.map((answer) =>
          answer.questionId === contradicted.questionId
            ? { ...answer, result: { result: 'still-true', confirmed: 'alone' } }
            : answer,
        ),
      },
    }
    expect(listInconsistencies(uncovered).join(' ')).toMatch(/said to be still true/)
  })
})

test('is drawn with the longest words, in either language', async () => {
  const long = 'Ein sehr langer Satz über die Ursache. '.repeat(50)
  const change = (one: Reattestation): Reattestation => ({
    ...one,
    answers: one.answers.map((answer) => ({
      ...answer,
      against: [long],
      result: { ...ENDED, cause: long, plan: { ...ENDED.plan, what: 'W'.repeat(1500) } },
    })),
    changedFacts: [
      { label: 'L'.repeat(200), subject: 'S'.repeat(500), before: null, now: long, observedOn: '2026-02-03' },
    ],
    openSubjectivities: [{ reference: null, condition: long, due: null }],
  })
  for (const language of ['en', 'de'] as const) {
    const pdf = await renderReport(Statement.parse({ ...reattested(change), language }))
    expect(String(Buffer.from(pdf.subarray(0, 5)))).toBe('%PDF-')
    const { ATTESTED_TEST_PICTURES: pictures } = process.env
    if (pictures) (await import('node:fs')).writeFileSync(`${pictures}/extreme-${language}.pdf`, pdf)
  }
}, 120_000)
