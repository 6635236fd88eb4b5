import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareAnswers } from '#app/documents/answer-changes.ts'
import { anyEdition } from '#tests/questionnaires/edition-arbitraries.ts'
import { storedAnswers } from './workbook-answers.ts'
import { exportForm, importForm, temporaryFiles } from './workbook-forms.ts'

const file = temporaryFiles()

const formWithAnswers = anyEdition.chain((edition) =>
  fc.record({ edition: fc.constant(edition), answers: storedAnswers(edition) }),
)

describe('an application through a workbook', () => {
  it('comes back with every answer as it was, whatever the form and the texts', async () => {
    const path = file('any.xlsx')
    await fc.assert(
      fc.asyncProperty(formWithAnswers, async ({ edition, answers }) => {
        await exportForm(path, answers, edition)
        const reading = await importForm(path, edition)
        expect(reading.problems).toEqual([])
        expect(reading.notices).toEqual([])
        expect(reading.answers).toEqual(answers)
        expect(compareAnswers(edition, answers, reading.answers)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
