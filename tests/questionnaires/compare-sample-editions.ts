/** Pairs of small editions that differ in exactly what a test is about. */
import { Edition, Question } from '#questionnaires/definition.ts'

export type Fields = Record<string, unknown>

/** One section; each question's item is its id unless given, so that places say nothing by accident. */
export function edition(number: string, questions: Fields[], form: Fields = {}): Edition {
  return editionOf(number, [{ id: 'only', title: 'Only', questions }], form)
}

export function editionOf(
  number: string,
  sections: { id: string; title?: string; intro?: string; questions: Fields[] }[],
  { code = 'sample', ...form }: Fields = {},
): Edition {
  return Edition.parse({
    schema: 1,
    form: { code, title: 'Sample', issuer: 'Nobody' },
    edition: number,
    publishedOn: '2026-01-01',
    summary: 'A sample.',
    declaration: { text: 'True.', signerRoles: [{ id: 'owner', label: 'Owner' }], maximumAgeDays: 30 },
    ...form,
    sections: sections.map((section) => ({
      title: section.id,
      ...section,
      questions: section.questions.map(complete),
    })),
  })
}

function complete(fields: Fields): Fields {
  return { kind: 'yes-no', prompt: `${fields.id}?`, reference: { item: String(fields.id) }, ...fields }
}

export function question(fields: Fields): Question {
  return Question.parse(complete({ id: 'sample', ...fields }))
}
