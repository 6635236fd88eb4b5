/** Questions and editions small enough to read in a test. */
import { Edition, Question } from '#questionnaires/definition.ts'
import { parseDefinition } from '#questionnaires/validate-definition.ts'

export const NOW = new Date('2026-11-24T09:00:00Z')

let item = 0

export function sampleQuestion<Kind extends Question['kind']>(
  kind: Kind,
  fields: Record<string, unknown> = {},
): Extract<Question, { kind: Kind }> {
  item += 1
  const given = { id: 'sample', prompt: 'A question?', reference: { item: String(item) }, kind, ...fields }
  return Question.parse(given) as Extract<Question, { kind: Kind }>
}

export const OPTIONS = [
  { id: 'first', label: 'The first' },
  { id: 'second', label: 'The second', claim: 'two' },
  { id: 'neither', label: 'Neither' },
]

export function sampleEdition(sections: { id: string; questions: Record<string, unknown>[] }[]): Edition {
  return Edition.parse({
    schema: 1,
    form: { code: 'sample', title: 'Sample', issuer: 'Nobody' },
    edition: '1',
    publishedOn: '2026-01-01',
    summary: 'A sample.',
    declaration: { text: 'True.', signerRoles: [{ id: 'owner', label: 'Owner' }], maximumAgeDays: 30 },
    sections: sections.map((section) => ({
      id: section.id,
      title: section.id,
      questions: section.questions.map((question) => {
        item += 1
        return { prompt: `${String(question.id)}?`, reference: { item: String(item) }, ...question }
      }),
    })),
  })
}

const HEAD = `schema: 1
form: { code: sample, title: Sample, issuer: Nobody }
edition: '1'
publishedOn: 2026-01-01
summary: A sample.
declaration:
  text: 'True.'
  signerRoles: [{ id: owner, label: Owner }]
  maximumAgeDays: 30
sections:
  - id: only
    title: Only
    questions:
`

/** Line on which the first question of `definitionText` starts. */
export const FIRST_QUESTION_LINE = HEAD.split('\n').length

/** A definition with one question a line, each given as YAML flow fields. */
export function definitionText(...questions: string[]): string {
  const lines = questions.map(
    (fields, index) => `      - { prompt: Why?, reference: { item: '${index}' }, ${fields} }`,
  )
  return `${HEAD}${lines.join('\n')}\n`
}

export function problemsOf(text: string, controlIds?: ReadonlySet<string>) {
  const parsed = parseDefinition(text, 'sample.yaml', controlIds)
  return parsed.ok ? [] : parsed.problems
}
