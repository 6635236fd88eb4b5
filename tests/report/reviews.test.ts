import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, describe, expect, test } from 'vitest'
import { StatementReviews } from '#app/components/report/statement-reviews.tsx'
import { readingOf } from '#app/report/pdf/account.ts'
import { headlinesOf } from '#app/report/pdf/headlines.ts'
import { sayWhoJudged } from '#app/report/pdf/independence-words.ts'
import { renderReport } from '#app/report/render.server.ts'
import { canonicalStatement, Statement } from '#app/report/statement.ts'
import type { ToldReview } from '#app/report/statement-reviews.ts'
import { drawSample } from '#app/report/statement-sampling.ts'
import { inTotoStatement } from '#app/report/twins/readiness-predicate.ts'
import { listInconsistencies } from '#app/report/verify/consistency.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { exampleStatement, uuid } from './example-statement.ts'
import { needs, runTool } from './outside-tools.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-reviews-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const POPULATION = exampleStatement().answers.map(({ questionId }) => questionId)

const review = (change: Partial<ToldReview> = {}): ToldReview => ({
  reviewId: uuid(701),
  assessor: { name: 'Rosa Reviewer', firm: 'Harbor Mutual' },
  by: 'link',
  signedOffAt: '2026-03-17T15:00:00.000Z',
  sections: ['Patching and exposure', 'Backup and recovery'],
  evidenceFrom: '2026-01-01',
  evidenceUntil: '2026-03-16',
  samples: [
    { seed: 'harbor-7', population: POPULATION, drawn: drawSample(POPULATION, 3, 'harbor-7', sha256Hex) },
  ],
  questions: 11,
  decided: 6,
  byKind: { accepted: 3, 'accepted-with-note': 1, asked: 0, rejected: 1, contradiction: 1 },
  decidedByOthers: 1,
  changedSince: 2,
  opinion: 'with-conditions',
  summary: 'Two vendor accounts are to be closed.\nEverything else is as it is said to be.',
  decisionsSha256: 'c'.repeat(64),
  ...change,
})

const reviewed = (...reviews: ToldReview[]): Statement => {
  const { reviewer: _named, ...example } = exampleStatement()
  return { ...example, reviews }
}

function textOf(pdf: Uint8Array, name: string): string {
  const file = join(process.env.ATTESTED_TEST_PICTURES ?? folder, `${name}.pdf`)
  writeFileSync(file, pdf)
  return runTool('pdftotext', ['-layout', file, '-']).output.replaceAll(/\s+/g, ' ')
}

test('a statement without reviews is what it always was, and an empty list is none', () => {
  expect(canonicalStatement(exampleStatement())).not.toContain('"reviews"')
  expect(sha256Hex(canonicalStatement(exampleStatement()))).toBe(DIGEST_BEFORE)
  expect(Statement.safeParse({ ...exampleStatement(), reviews: [] }).success).toBe(false)
})
const DIGEST_BEFORE = '2621249c11c131a150f8d737e74d3c925ea5c73013582e2d9d6a1495977f526e'

test('a review that can be agrees with itself, and the envelope carries its opinion without a name', () => {
  const statement = reviewed(review())
  expect(listInconsistencies(statement)).toEqual([])
  const { predicate } = inTotoStatement(statement, {
    role: 'technical-contributor',
    at: new Date(statement.createdAt),
  })
  expect(predicate.reviews).toMatchObject([{ opinion: 'with-conditions', decided: 6, changedSince: 2 }])
  expect(JSON.stringify(predicate.reviews)).not.toContain('Rosa')
  expect(Statement.parse(JSON.parse(canonicalStatement(statement)))).toEqual(statement)
})

test.each<[string, Partial<ToldReview>, RegExp]>([
  ['with more decisions by kind than were decided', { decided: 5 }, /not as many/],
  ['with more decided than there was', { questions: 5 }, /More questions were decided/],
  ['with more changed than was decided', { changedSince: 7 }, /More answers have changed/],
  ['with more decided by others than was decided', { decidedByOthers: 7 }, /Others decided/],
  [
    'without a decision',
    {
      decided: 0,
      decidedByOthers: 0,
      changedSince: 0,
      byKind: { accepted: 0, 'accepted-with-note': 0, asked: 0, rejected: 0, contradiction: 0 },
    },
    /without a decision/,
  ],
  ['of a later day', { signedOffAt: '2026-03-19T00:00:00.000Z' }, /after the statement/],
  ['of days the wrong way round', { evidenceFrom: '2026-04-01' }, /end before they begin/],
  [
    'with a sample that was chosen, not drawn',
    { samples: [{ seed: 'harbor-7', population: POPULATION, drawn: POPULATION.slice(0, 3) }] },
    /seed draws/,
  ],
  [
    'with a sample of what was not in the list',
    { samples: [{ seed: 'harbor-7', population: ['a'], drawn: ['b'] }] },
    /seed draws/,
  ],
])('the verifier refuses a review %s', (_what, change, sentence) => {
  expect(listInconsistencies(reviewed(review(change))).join(' ')).toMatch(sentence)
})

test('the verifier refuses a review that is told twice', () => {
  expect(listInconsistencies(reviewed(review(), review())).join(' ')).toMatch(/review .* stands twice/)
})

test.each<[string, Partial<Record<keyof ToldReview, unknown>>]>([
  ['an opinion that nobody can give', { opinion: 'delighted' }],
  ['a kind of decision that is none', { byKind: { waved: 6 } }],
  ['a count below nothing', { changedSince: -1 }],
  ['half a question', { decided: 5.5 }],
  ['an empty draw', { samples: [{ seed: 'x', population: ['a'], drawn: [] }] }],
  ['no words at all', { summary: null }],
])('a statement with %s is no statement', (_what, change) => {
  expect(Statement.safeParse({ ...exampleStatement(), reviews: [{ ...review(), ...change }] }).success).toBe(
    false,
  )
})

describe('the first page and the method', () => {
  test('say the opinion in place of that nobody reviewed', () => {
    const account = readingOf(reviewed(review()))
    const said = headlinesOf(account).join(' ')
    expect(said).toContain('Rosa Reviewer of Harbor Mutual reviewed this application and was satisfied with')
    expect(said).toContain('has changed in part since')
    expect(said).not.toContain('No independent reviewer')
    expect(sayWhoJudged(account).reviewed).toContain('satisfied with conditions')
    expect(sayWhoJudged(account).caution).toContain('judges its own work')
  })

  test('count several, and still name the reviewer whom the preparer named', () => {
    const statement: Statement = {
      ...reviewed(
        review({ changedSince: 0 }),
        review({ reviewId: uuid(702), opinion: 'not-satisfied', changedSince: 0 }),
      ),
      reviewer: { name: 'Ada Auditor', organisation: 'Audit House' },
    }
    const said = headlinesOf(readingOf(statement)).join(' ')
    expect(said).toContain(
      '2 reviews by assessors were signed off: 0 satisfied, 1 satisfied with conditions, 1 not',
    )
    expect(said).toContain('Ada Auditor')
    expect(said).not.toContain('changed in part')
  })
})

const SAID = {
  en: [
    'Reviews by assessors',
    'Rosa Reviewer, Harbor Mutual',
    'Satisfied with conditions',
    'Two vendor accounts are to be closed.',
    '17 March 2026',
    'Invited as a person, by a link',
    'From 1 January 2026 to 16 March 2026',
    '3 of 11 questions with the seed “harbor-7”',
    '6 of 11 questions',
    'Accepted: 3',
    'Contradiction raised: 1',
    'For 2 of the decided answers',
    'c'.repeat(64),
  ],
  de: [
    'Prüfungen durch Gutachter',
    'Rosa Reviewer, Harbor Mutual',
    'Zufriedenstellend unter Bedingungen',
    'Two vendor accounts are to be closed.',
    '17. März 2026',
    'Persönlich über einen Link eingeladen',
    'Vom 1. Januar 2026 bis 16. März 2026',
    '3 von 11 Fragen mit dem Startwert „harbor-7“',
    '6 von 11 Fragen',
    'Anerkannt: 3',
    'Widerspruch festgestellt: 1',
    'Bei 2 entschiedenen Antworten',
    'c'.repeat(64),
  ],
} as const

for (const language of ['en', 'de'] as const) {
  test(`the chapter says everything, on paper and on the page beside it (${language})`, async ({ skip }) => {
    needs('pdftotext', skip)
    const statement: Statement = { ...reviewed(review()), language }
    const page = renderToStaticMarkup(createElement(StatementReviews, { reading: readingOf(statement) }))
    const plain = page
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(' ,', ',')
    const drawn = textOf(await renderReport(statement), `reviewed-${language}`)
    for (const words of SAID[language]) {
      expect(plain, words).toContain(words)
      expect(drawn, words).toContain(words)
    }
  }, 60_000)
}

test('long words, many draws and words that are read from the right stay on their pages', async ({
  skip,
}) => {
  needs('pdftotext', skip)
  const hebrew = 'שני חשבונות של ספק המיזוג מוחלפים עד סוף 2026, ראו את החריגה (סעיף 4). '
  const statement = reviewed(
    review({ summary: hebrew.repeat(60), assessor: { name: 'רוזה', firm: 'מעבורות הצפון בע"מ' } }),
    review({
      reviewId: uuid(702),
      by: 'engagement',
      assessor: { name: 'N'.repeat(200), firm: 'F'.repeat(200) },
      summary: 'S'.repeat(8000),
      sections: Array.from({ length: 40 }, (_, number) => `Section ${number} ${'x'.repeat(100)}`),
      samples: Array.from({ length: 30 }, (_, number) => ({
        seed: `${number}${'s'.repeat(200)}`,
        population: POPULATION,
        drawn: drawSample(POPULATION, 9, `${number}${'s'.repeat(200)}`, sha256Hex),
      })),
    }),
  )
  const file = join(process.env.ATTESTED_TEST_PICTURES ?? folder, 'extreme.pdf')
  writeFileSync(file, await renderReport(statement))
  const boxes = [
    ...runTool('pdftotext', ['-bbox', file, '-']).output.matchAll(/xMin="([\d.-]+)".*xMax="([\d.-]+)"/g),
  ]
  expect(boxes.length).toBeGreaterThan(500)
  for (const [box, left, right] of boxes) {
    expect(Number(left), box).toBeGreaterThan(57)
    expect(Number(right), box).toBeLessThan(612 - 55)
  }
  expect(runTool('pdftotext', [file, '-']).output.match(/S/g)?.length).toBeGreaterThan(7900)
}, 60_000)
