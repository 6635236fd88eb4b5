import { describe, expect, it } from 'vitest'
import { parseDefinition } from '#questionnaires/validate-definition.ts'

/** Every problem as the text that stands at its place, and its message. */
function problemsOf(text: string): [at: string, message: string][] {
  const parsed = parseDefinition(text, 'sample.json')
  if (parsed.ok) return []
  return parsed.problems.map(({ line, column, message }) => {
    const at = (text.split('\n')[line - 1] ?? '').slice(column - 1)
    return [/^"[^"]*"/.exec(at)?.[0] ?? at, message]
  })
}

describe('a definition in JSON', () => {
  const sample = (question: object) => ({
    schema: 1,
    form: { code: 'sample', title: 'Sample: “one”', issuer: 'Nobody' },
    edition: '1',
    publishedOn: '2026-01-01',
    summary: 'A sample.\nWith two lines and a\ttab.',
    declaration: { text: 'True.', signerRoles: [{ id: 'owner', label: 'Owner' }], maximumAgeDays: 30 },
    sections: [
      {
        id: 'only',
        title: 'Only',
        questions: [{ id: 'x', prompt: 'Why?', reference: { item: '1' }, kind: 'yes-no', ...question }],
      },
    ],
  })
  const LAYOUTS: [string, string | number | undefined][] = [
    ['on one line', undefined],
    ['indented with blanks', 2],
    ['indented with tabs', '\t'],
  ]

  it.each(LAYOUTS)('%s is a definition', (_, indent) => {
    const text = JSON.stringify(sample({ explain: ['yes'] }), null, indent)
    const parsed = parseDefinition(text, 'sample.json')
    expect(parsed).toMatchObject({ ok: true, edition: { summary: 'A sample.\nWith two lines and a\ttab.' } })
  })

  it.each(LAYOUTS)('%s has its problems in their places', (_, indent) => {
    const meaning = JSON.stringify(sample({ explain: ['maybe'] }), null, indent)
    expect(problemsOf(meaning)).toEqual([['"maybe"', '"maybe" is not an answer to this question.']])
    const shape = JSON.stringify(sample({ colour: 'red' }), null, indent)
    expect(problemsOf(shape)).toEqual([
      ['"colour"', '"colour" is not known here. Remove it or check its spelling.'],
    ])
  })

  it.each(LAYOUTS)('%s that breaks off is refused with a place', (_, indent) => {
    const text = JSON.stringify(sample({}), null, indent).slice(0, -1)
    const parsed = parseDefinition(text, 'sample.json')
    expect(parsed).toMatchObject({ ok: false, problems: [{ code: 'yaml', line: expect.any(Number) }] })
  })
})
