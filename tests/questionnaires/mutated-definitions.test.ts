import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLibraryFolder } from '#questionnaires/library.server.ts'
import { parseDefinition } from '#questionnaires/validate-definition.ts'

const original = readFileSync(join(findLibraryFolder(), 'core-cyber', '1.yaml'), 'utf8')
const lines = original.split('\n')

/** One way to damage the file, at a place between 0 and 1. */
const MUTATIONS: Record<string, (place: number, other: number) => string> = {
  'cut off': (place) => original.slice(0, at(place, original.length)),
  'a character replaced': (place, other) => {
    const offset = at(place, original.length)
    return (
      original.slice(0, offset) +
      ':-[]{}\'"&*!|>%@`#\u0000\ufffd\t'[at(other, 19)] +
      original.slice(offset + 1)
    )
  },
  'a line removed': (place) => lines.toSpliced(at(place, lines.length), 1).join('\n'),
  'a line repeated': (place) =>
    lines.toSpliced(at(place, lines.length), 0, lines[at(place, lines.length)] ?? '').join('\n'),
  'a line indented': (place) =>
    lines.with(at(place, lines.length), `  ${lines[at(place, lines.length)]}`).join('\n'),
  'two lines exchanged': (place, other) => {
    const [a, b] = [at(place, lines.length), at(other, lines.length)]
    return lines
      .with(a, lines[b] ?? '')
      .with(b, lines[a] ?? '')
      .join('\n')
  },
  'a block moved': (place, other) => {
    const block = lines.slice(at(place, lines.length), at(place, lines.length) + 12)
    return lines
      .toSpliced(at(place, lines.length), 12)
      .toSpliced(at(other, lines.length), 0, ...block)
      .join('\n')
  },
  'a value emptied': (place) =>
    lines
      .with(at(place, lines.length), (lines[at(place, lines.length)] ?? '').replace(/: .*/, ':'))
      .join('\n'),
}

describe('a damaged edition', () => {
  it('never crashes, and each problem has a place and a sentence', () => {
    let refused = 0
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(MUTATIONS)), unit(), unit(), (name, place, other) => {
        const text = MUTATIONS[name]?.(place, other) ?? ''
        const parsed = parseDefinition(text, '1.yaml')
        if (parsed.ok) return
        refused += 1
        expect(parsed.problems.length).toBeGreaterThan(0)
        for (const problem of parsed.problems) {
          expect(problem).toMatchObject({
            file: '1.yaml',
            line: expect.any(Number),
            column: expect.any(Number),
          })
          expect(problem.line).toBeGreaterThanOrEqual(1)
          expect(problem.line).toBeLessThanOrEqual(text.split('\n').length)
          expect(problem.column).toBeGreaterThanOrEqual(1)
          expect(problem.message).toMatch(/\S.*[.!?]$/)
        }
      }),
      { seed: 4, numRuns: 200 },
    )
    // Damage inside a sentence goes unnoticed here (the lock catches it); most damage must not.
    expect(refused).toBeGreaterThan(80)
  })

  it('is refused without any one of the fields that every question needs', () => {
    const needed = lines.flatMap((line, index) =>
      /^ {8}(prompt|kind|reference): \S/.test(line) ? [index] : [],
    )
    const accepted = needed.filter(
      (index) => parseDefinition(lines.toSpliced(index, 1).join('\n'), '1.yaml').ok,
    )
    expect(needed.length).toBeGreaterThan(150)
    expect(accepted).toEqual([])
  })
})

function at(place: number, length: number): number {
  return Math.min(length - 1, Math.floor(place * length))
}

function unit() {
  return fc.noBias(fc.nat(99_999)).map((part) => part / 100_000)
}
