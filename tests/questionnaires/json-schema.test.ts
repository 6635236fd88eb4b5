import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Edition } from '#questionnaires/definition.ts'
import { buildDefinitionSchema, SCHEMA_PATH } from '#questionnaires/definition-schema.ts'
import { FIELD_DESCRIPTIONS } from '#questionnaires/field-descriptions.ts'
import { writeDefinition } from '#questionnaires/write-definition.ts'
import { anyEdition } from './edition-arbitraries.ts'
import { EDITIONS, editionOf, textOf } from './library-editions.ts'
import { definitionText } from './sample-questions.ts'

const published = readFileSync(fileURLToPath(new URL(`../../public/${SCHEMA_PATH}`, import.meta.url)), 'utf8')
// Dates have a pattern as well, so that the formats, which another package checks, are not needed.
const isFit = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false }).compile(
  JSON.parse(published),
)

describe('the published schema', () => {
  it('is the one that the definitions of this release have; else run npx tsx questionnaires/write-schema.ts', () => {
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(buildDefinitionSchema())))
  })

  it('describes fields that exist', () => {
    const missing = Object.values(FIELD_DESCRIPTIONS).filter(
      (words) => !published.includes(JSON.stringify(words)),
    )
    expect(missing).toEqual([])
  })

  it.each(EDITIONS)('takes edition %s %s of the library', (form, number) => {
    isFit(parse(textOf(form, number)))
    expect(isFit.errors ?? []).toEqual([])
  })

  it('takes whatever the definitions take, written out or with its defaults', () => {
    fc.assert(
      fc.property(anyEdition, (edition) => {
        expect([isFit(edition), isFit.errors]).toEqual([true, null])
        expect([isFit(parse(writeDefinition(edition))), isFit.errors]).toEqual([true, null])
      }),
      { numRuns: 60 },
    )
  })

  it.each<[string, string]>([
    ['no kind', 'id: x'],
    ['an unknown kind', 'id: x, kind: essay'],
    ['an unknown field', 'id: x, kind: text, colour: red'],
    ['a field of another kind', 'id: x, kind: text, options: [{ id: a, label: A }, { id: b, label: B }]'],
    ['a malformed id', 'id: X y, kind: text'],
    ['one option', 'id: x, kind: band, options: [{ id: a, label: A }]'],
    ['an option without a label', 'id: x, kind: band, options: [{ id: a }, { id: b, label: B }]'],
    ['a condition without a test', 'id: x, kind: text, when: { question: gate }'],
    ['a condition with two tests', 'id: x, kind: text, when: { question: gate, is: a, includes: b }'],
    [
      'a bad condition deep inside',
      'id: x, kind: text, when: { all: [{ not: { any: [{ question: 5, is: a }] } }] }',
    ],
    ['an empty "all"', 'id: x, kind: text, when: { all: [] }'],
    ['an unknown circumstance', 'id: x, kind: text, when: { circumstance: weather, is: rain }'],
    ['a text for a number', 'id: x, kind: number, min: "1"'],
    ['a day that is no date', 'id: x, kind: text, requiredFrom: 2026-13-01'],
    ['a table without columns', 'id: x, kind: table, columns: []'],
  ])('refuses a question with %s', (_, fields) => {
    const data = parse(definitionText(fields))
    expect([isFit(data), Edition.safeParse(data).success]).toEqual([false, false])
  })

  it.each<[string, (edition: Record<string, unknown>) => void]>([
    ['another schema', (edition) => Object.assign(edition, { schema: 2 })],
    ['an edition that is a number', (edition) => Object.assign(edition, { edition: 1 })],
    ['no declaration', (edition) => Reflect.deleteProperty(edition, 'declaration')],
    ['no sections', (edition) => Object.assign(edition, { sections: [] })],
    ['an unknown rule for blanks', (edition) => Object.assign(edition, { blankMeans: 'yes' })],
  ])('refuses a form with %s', (_, change) => {
    const edition = structuredClone(editionOf('core-cyber', '1')) as unknown as Record<string, unknown>
    change(edition)
    expect([isFit(edition), Edition.safeParse(edition).success]).toEqual([false, false])
  })
})
