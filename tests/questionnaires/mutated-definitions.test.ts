import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseDefinition } from '#questionnaires/validate-definition.ts'
import { EDITIONS, textOf } from './library-editions.ts'

/** Every built-in edition as its authors wrote it, and as JSON; `short` is for forms that programs write. */
const ORIGINALS = EDITIONS.flatMap(([form, number]) => {
  const text = textOf(form, number)
  const name = `${form}-${number}`
  return [
    { file: `${name}.yaml`, text },
    { file: `${name}.json`, text: JSON.stringify(parse(text), null, 2) },
    { file: `${name}.short.json`, text: JSON.stringify(parse(text)) },
  ]
})

const FILES = ORIGINALS.map(({ file }) => file)

function textIn(file: string): string {
  return ORIGINALS.find((original) => original.file === file)?.text ?? ''
}

type Mutation = (text: string, place: number, other: number) => string

/** Ways to damage a file, at places between 0 and 1. */
const MUTATIONS: Record<string, Mutation> = {
  'cut off': (text, place) => text.slice(0, at(place, text.length)),
  'a character replaced': (text, place, other) => {
    const characters = ':-[]{}\'"&*!|>%@`#\\,?\n\r\u0000\u0085\u2028\ufeff\ufffd\ud800\t'
    const offset = at(place, text.length)
    return text.slice(0, offset) + characters[at(other, characters.length)] + text.slice(offset + 1)
  },
  'characters removed': (text, place, other) => {
    const offset = at(place, text.length)
    return text.slice(0, offset) + text.slice(offset + 1 + at(other, 30))
  },
  'a line removed': inLines((lines, place) => lines.toSpliced(place, 1)),
  'a line repeated': inLines((lines, place) => lines.toSpliced(place, 0, lines[place] ?? '')),
  'a line indented': inLines((lines, place) => lines.with(place, `  ${lines[place]}`)),
  'a line outdented': inLines((lines, place) => lines.with(place, (lines[place] ?? '').replace(/^ {2}/, ''))),
  'two lines exchanged': inLines((lines, place, other) =>
    lines.with(place, lines[other] ?? '').with(other, lines[place] ?? ''),
  ),
  'a block moved': inLines((lines, place, other) =>
    lines.toSpliced(place, 12).toSpliced(other, 0, ...lines.slice(place, place + 12)),
  ),
  'a value emptied': inLines((lines, place) => lines.with(place, (lines[place] ?? '').replace(/: .*/, ':'))),
  'a value replaced': inLines((lines, place, other) => {
    const values = [
      'null',
      '[]',
      '{}',
      '-1',
      'true',
      '1e999',
      '.nan',
      '""',
      '*a',
      '!!map x',
      '2026-02-30',
      '<<',
    ]
    return lines.with(place, (lines[place] ?? '').replace(/: .*/, `: ${values[other % values.length]}`))
  }),
  'a key replaced': inLines((lines, place, other) => {
    const keys = ['__proto__', 'constructor', 'kind', 'id', 'when', 'questions', '<<', '?']
    return lines.with(place, (lines[place] ?? '').replace(/[\w"]+:/, `${keys[other % keys.length]}:`))
  }),
}

function inLines(change: (lines: string[], place: number, other: number) => string[]): Mutation {
  return (text, place, other) => {
    const lines = text.split('\n')
    return change(lines, at(place, lines.length), at(other, lines.length)).join('\n')
  }
}

describe('a damaged edition', () => {
  it.each(Object.entries(MUTATIONS))(
    'with %s never crashes, and each problem has a place and a sentence',
    (name, mutate) => {
      const refused: string[] = []
      fc.assert(
        fc.property(fc.constantFrom(...FILES), unit(), unit(), (file, place, other) => {
          const text = mutate(textIn(file), place, other)
          const parsed = parseDefinition(text, file)
          if (parsed.ok) return
          refused.push(file)
          expectPlaces(text, file, parsed.problems)
        }),
        { seed: 4 + name.length, numRuns: 60 },
      )
      // Damage inside a sentence goes unnoticed here (the lock catches it), and so do repeated lines of a text.
      expect(refused.length).toBeGreaterThan(10)
    },
    60_000,
  )

  it('is taken from every form, as YAML and as JSON', () => {
    expect(ORIGINALS.length).toBeGreaterThan(50)
    const refused = ORIGINALS.filter(({ text, file }) => !parseDefinition(text, file).ok)
    expect(refused.map(({ file }) => file)).toEqual([])
  })

  it.each(['core-cyber-1.yaml', 'mid-market-2.json'])(
    'is refused without any one of the fields that every question needs: %s',
    (file) => {
      const lines = textIn(file).split('\n')
      const needed = lines.flatMap((line, index) =>
        /^( {8}(prompt|kind|reference): | {10}"(prompt|kind)": )/.test(line) ? [index] : [],
      )
      const accepted = needed.filter((index) => {
        return parseDefinition(lines.toSpliced(index, 1).join('\n'), file).ok
      })
      expect(needed.length).toBeGreaterThan(60)
      expect(accepted.map((index) => lines[index])).toEqual([])
    },
    60_000,
  )
})

function expectPlaces(
  text: string,
  file: string,
  problems: readonly { line: number; column: number; message: string }[],
) {
  const lines = text.split('\n')
  expect(problems.length).toBeGreaterThan(0)
  for (const problem of problems) {
    expect(problem).toMatchObject({ file, line: expect.any(Number), column: expect.any(Number) })
    expect(problem.line).toBeGreaterThanOrEqual(1)
    expect(problem.line).toBeLessThanOrEqual(lines.length)
    expect(problem.column).toBeGreaterThanOrEqual(1)
    // One behind the last character is where something is missing.
    expect(problem.column).toBeLessThanOrEqual((lines[problem.line - 1] ?? '').length + 1)
    expect(problem.message).toMatch(/^\S[^\n]*[.!?]$/)
  }
}

function at(place: number, length: number): number {
  return Math.max(0, Math.min(length - 1, Math.floor(place * length)))
}

function unit() {
  return fc.noBias(fc.nat(99_999)).map((part) => part / 100_000)
}
