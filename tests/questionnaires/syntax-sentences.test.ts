import { expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { sentenceFor } from '#questionnaires/syntax-sentences.ts'
import { parseDefinition } from '#questionnaires/validate-definition.ts'

const slip = (text: string) => {
  const parsed = parseDefinition(text, 'form.yaml')
  if (parsed.ok) throw new Error('That was a form')
  expect(parsed.problems).toHaveLength(1)
  const [{ line, column, message } = { line: 0, column: 0, message: '' }] = parsed.problems
  expect(message).toMatch(/[.] Nothing else was checked until this is mended\.$/)
  return `${line}:${column} ${message}`
}

/** The library's own words, which nobody should have to learn. */
const JARGON = /map|scalar|flow|token|block|implicit|sequence|indicator|collection|node/i

it.each<[slip: string, text: string, said: RegExp]>([
  ['a bracket that stays open', 'schema: 1\nform: {code: a\ntitle: b', /^3:1 A bracket is opened/],
  ['a list in JSON that stays open', '{"a": [1, 2}', /^1:12 A bracket is opened/],
  ['a quotation mark that stays open', 'a: 1\nb: "Hello\nc: 2\nd: 3', /^2:4 A quotation mark is opened here/],
  ['a second colon', 'prompt: Who: what', /^1:9 Behind a colon stands a field/],
  ['a line that is indented too far', 'a: x\nb:\n  - c: 1\n     d: 2', /^3:8 .*line the next line up/],
  ['a line that is indented too little', 'a:\n  - b: 1\n   c: 2', /^3:1 .*begin with "- "/],
  ['lines that do not line up', 'a:\n    b: 1\n  c: 2', /^3:1 This line does not line up/],
  ['a tab', 'a:\n\t- x', /^2:1 This line is indented with a tab/],
  ['a missing colon', 'a: 1\nb\n', /^2:1 This line names a field without a colon/],
  ['a value with an odd beginning', 'a: @x', /^1:4 A value cannot begin with this character/],
  ['a field given twice', 'a: 1\na: 2', /^2:1 This field is given a second time/],
  ['a comma that JSON misses behind a number', '{"a": 1\n"b": 2}', /^1:7 Inside brackets, a comma/],
  ['a comma that JSON misses behind a text', '{"a": "x"\n"b": 2}', /A comma is missing/],
  ['a backslash', 'a: "\\q"', /^1:5 A backslash/],
  ['a type', 'a: !foo x', /^1:4 "!" at the beginning/],
  ['a second document', 'a: 1\n---\nb: 1', /^2:1 A second document starts here/],
  ['words behind a list', '- a\nb: 1', /^2:1 This does not belong here/],
])('%s is said in plain words, in its place and alone', (_, text, said) => {
  const sentence = slip(text)
  expect(sentence).toMatch(said)
  expect(sentence).not.toMatch(JARGON)
})

it('says the first of the many problems that one slip makes', () => {
  const text = Array.from({ length: 40 }, (_, index) => `a${index}: "x" y`).join('\n')
  expect(parseDocument(text).errors.length).toBeGreaterThan(20)
  expect(slip(text)).toMatch(/^1:\d+ /)
})

it('falls back on what the library says where there is no sentence for it', () => {
  expect(sentenceFor({ code: 'IMPOSSIBLE', message: 'Block scalar header not found' })).toBe(
    'Block scalar header not found.',
  )
})
