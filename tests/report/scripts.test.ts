/** Names and answers in scripts that the report's own typeface lacks. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Font } from '@react-pdf/renderer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registerFonts } from '#app/report/pdf/fonts.server.ts'
import {
  breakWord,
  familiesOf,
  LATIN_MARK,
  printable,
  readsFromRight,
  SANS,
  SCRIPT_FACES,
} from '#app/report/pdf/typefaces.ts'
import { renderReport } from '#app/report/render.server.ts'
import { exampleStatement } from './example-statement.ts'
import { needs, runTool } from './outside-tools.ts'
import { scriptsStatement, WORDS } from './scripts-statement.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-scripts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What two spellings of the same letters share; direction marks and spaces are the extracting program's. */
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\s]/g, '')
    // A tone mark and the ring of Thai am are written in either order.
    .replaceAll(/\u0e4d([\u0e48-\u0e4b])/g, '$1\u0e4d')

describe('a report with names in eight scripts', () => {
  let file: string
  let pdf: Uint8Array
  beforeAll(async () => {
    pdf = await renderReport(scriptsStatement())
    file = join(folder, 'scripts.pdf')
    writeFileSync(file, pdf)
  })

  test('has the same bytes each time', async () => {
    expect(Buffer.compare(await renderReport(scriptsStatement()), pdf)).toBe(0)
  })

  test('holds the words as text that can be searched and copied', ({ skip }) => {
    needs('pdftotext', skip)
    const text = plain(runTool('pdftotext', [file, '-']).output)
    for (const words of ['korean', 'japanese', 'chinese', 'thai', 'emoji'] as const) {
      expect(text, words).toContain(plain(WORDS[words]))
    }
    // Scripts whose letters change places or join: each letter is there, and most words whole.
    for (const words of [WORDS.hebrew, WORDS.arabic]) {
      const found = words.split(' ').filter((word) => text.includes(plain(word)))
      expect(found.length, words).toBeGreaterThan(words.split(' ').length / 2)
    }
    for (const letter of plain(WORDS.hindi)) expect(text).toContain(letter)
    expect(text).not.toContain('\ufffd')
    expect(text).not.toContain('Somelettersofthisstatement')
  })

  test('embeds every face it uses', ({ skip }) => {
    needs('pdffonts', skip)
    const lines = runTool('pdffonts', [file]).output.trim().split('\n').slice(2)
    expect(lines.length).toBeGreaterThan(8)
    for (const line of lines) expect(line).toMatch(/ yes yes yes /)
  })

  test('keeps everything inside the margins', ({ skip }) => {
    needs('pdftotext', skip)
    const boxes = runTool('pdftotext', ['-bbox', file, '-']).output.matchAll(
      /xMin="([\d.-]+)".*xMax="([\d.-]+)"/g,
    )
    for (const [box, left, right] of boxes) {
      expect(Number(left), box).toBeGreaterThan(57)
      expect(Number(right), box).toBeLessThan(612 - 55)
    }
  })
})

test('a report in Latin letters reads no other face', () => {
  expect(familiesOf(JSON.stringify(exampleStatement()))).toEqual([SANS])
})

test('Chinese characters are drawn in the Japanese way only beside kana', () => {
  expect(familiesOf('北京')).toEqual([SANS, 'Noto Sans Hans'])
  expect(familiesOf('北海道フェリー')).toEqual([SANS, 'IBM Plex Sans JP', 'Noto Sans Hans'])
})

test('every letter that is said to be drawn has a glyph in each weight of its face', async () => {
  registerFonts()
  for (const { family, letters } of SCRIPT_FACES) {
    for (const fontWeight of [400, 500, 600]) {
      await Font.load({ fontFamily: family, fontWeight })
      const font = Font.getFont({ fontFamily: family, fontWeight })?.data as unknown as {
        hasGlyphForCodePoint(point: number): boolean
      }
      const missing: string[] = []
      for (const range of letters.split(' ')) {
        const [first = 0, last = first] = range.split('-').map((end) => Number.parseInt(end, 16))
        for (let point = first; point <= last; point++) {
          if (!font.hasGlyphForCodePoint(point)) missing.push(point.toString(16))
        }
      }
      expect(missing, `${family} ${fontWeight}`).toEqual([])
    }
  }
})

test('lines end between Chinese, Japanese and Thai letters, never before what belongs to the letter before', () => {
  expect(breakWord('北风轮渡，总部')).toEqual(['北', '风', '轮', '渡，', '总', '部'])
  expect(breakWord('フェリーは')).toEqual(['フェ', 'リー', 'は'])
  expect(breakWord('「港」と')).toEqual(['「港」', 'と'])
  expect(breakWord('เรือ').join('')).toBe('เรือ')
  expect(breakWord('ที่เรือ')).toEqual(['ที่', 'เรื', 'อ'])
  expect(breakWord('주식회사')).toEqual(['주식회사'])
})

test('a name that is read from the right cannot turn what stands beside it around', () => {
  expect(printable('שלום')).toBe(`${LATIN_MARK}שלום${LATIN_MARK}`)
  expect(readsFromRight(printable('שלום world'))).toBe(true)
  expect(readsFromRight(printable('16, שלום'))).toBe(true)
  expect(readsFromRight(printable('world שלום'))).toBe(false)
})
