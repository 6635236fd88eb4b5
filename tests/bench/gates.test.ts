import { describe, expect, test } from 'vitest'
import { applicableQuestions } from '#questionnaires/branching.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { parseDefinition } from '#questionnaires/validate-definition.ts'
import { measure } from '../../bench/gates.ts'
import { generateForm, openingAnswers } from '../support/generated-form.ts'

describe('a generated form', () => {
  test.each([
    [10, 6],
    [300, 200],
  ])('of %i questions has %i gates, is a valid definition, and opens whole', (questions, gates) => {
    const edition = generateForm({ code: 'generated', questions, gates })
    expect(listQuestions(edition)).toHaveLength(questions)
    expect(listQuestions(edition).filter(({ when }) => when)).toHaveLength(gates)
    expect(parseDefinition(JSON.stringify(edition), 'generated.json', new Set())).toMatchObject({ ok: true })
    expect(applicableQuestions(edition, {}).size).toBe(questions - gates)
    expect(applicableQuestions(edition, openingAnswers(edition)).size).toBe(questions)
  })
})

test('the measurement of gates runs and counts', async () => {
  const { rows } = await measure({ quick: true, rounds: 1, uploadMegabytes: 1, folder: '', say: () => {} })
  expect(rows.length).toBe(3)
  for (const { ours, theirs, ratio } of rows) {
    expect(ours).toBeGreaterThan(0)
    expect(theirs).toBeGreaterThan(0)
    expect(ratio).toBeCloseTo(ours / theirs)
  }
})
