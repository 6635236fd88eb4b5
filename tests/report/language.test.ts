/** A report in German says nothing of its own in English: on its pages, in its file's data and on the page beside it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StatementAnswers, StatementControls } from '#app/components/report/statement-answers.tsx'
import {
  StatementCoverage,
  StatementFindings,
  StatementGlance,
  StatementWho,
} from '#app/components/report/statement-overview.tsx'
import { StatementSources } from '#app/components/report/statement-sources.tsx'
import { DE } from '#app/report/language/de/catalogue.ts'
import { EN } from '#app/report/language/en/catalogue.ts'
import { wordsIn } from '#app/report/language/words.ts'
import { readingOf } from '#app/report/pdf/account.ts'
import { renderReport } from '#app/report/render.server.ts'
import { canonicalStatement, Statement } from '#app/report/statement.ts'
import { exampleStatement } from './example-statement.ts'
import { needs, runTool } from './outside-tools.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-language-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function textOf(pdf: Uint8Array): string {
  const file = join(folder, 'report.pdf')
  writeFileSync(file, pdf)
  return runTool('pdftotext', [file, '-']).output
}

// Line ends and hyphens fall elsewhere on a page than in a message.
const letters = (text: string) => text.replaceAll(/[\s\u00ad-]+/g, '').replaceAll(NAMES, '')
// A framework's name, and a fact whose key is not in the dictionary and is said by the key itself.
const NAMES = /CISControls|Criticalover30days/g

/** The example with what people wrote taken to letters that no message has, so that only the report itself speaks. */
function spoken(language: 'en' | 'de'): Statement {
  const example = exampleStatement()
  const mute = <T>(value: T, key = ''): T => {
    if (typeof value === 'string') return (WRITTEN.includes(key) ? 'Ωμέγα' : value) as T
    if (Array.isArray(value)) return value.map((item) => mute(item, key)) as T
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mute(member, name)])) as T
  }
  const { brand, ...plain } = mute(example)
  return { ...plain, language, ...(brand ? { brand: example.brand } : {}) }
}
const WRITTEN =
  'prompt shown explanation sentence remedy label domain section title fileName collector subject note reason compensatingControl owner approvedBy scope declaration legalName industry formTitle issuer tool name organisation'.split(
    ' ',
  )

interface Element {
  type: number
  value?: string
  options?: Record<string, { value: Element[] }>
}

/** The fixed pieces of a message, branches included. */
function piecesOf(message: string): string[] {
  const pieces: string[] = []
  const walk = (elements: Element[]) => {
    for (const { type, value, options } of elements) {
      if (type === 0 && value) pieces.push(value)
      for (const branch of Object.values(options ?? {})) walk(branch.value)
    }
  }
  walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst() as Element[])
  return pieces
}

const GERMAN = letters(Object.values(DE).flatMap(piecesOf).join(' '))

/** English pieces of three words or more, and whole messages of one or two, that German itself does not contain. */
const ENGLISH = Object.entries(EN).flatMap(([key, message]) =>
  piecesOf(message)
    .filter((piece) => piece.trim().split(/\s+/).length >= 3 || (piece === message && piece.length > 7))
    .map((piece) => ({ key, piece: letters(piece) }))
    .filter(({ piece }) => !GERMAN.includes(piece)),
)

const found = (text: string) => {
  const flat = letters(text)
  return ENGLISH.filter(({ piece }) => flat.includes(piece)).map(({ key }) => key)
}

describe('a report in German', () => {
  let pdf: Uint8Array
  let german = ''
  let english = ''
  beforeAll(async () => {
    pdf = await renderReport(spoken('de'))
    german = textOf(pdf)
    english = textOf(await renderReport(spoken('en')))
  })

  test('has not one English sentence on its pages, of all that the English one has', ({ skip }) => {
    needs('pdftotext', skip)
    expect(found(german)).toEqual([])
    // The same search does find them where they are: so many sentences would have been noticed.
    expect(found(english).length).toBeGreaterThan(150)
    expect(found(`${german} ${EN['cover.caution']}`)).toEqual(['cover.caution'])
  })

  test('writes days and numbers as German does', ({ skip }) => {
    needs('pdftotext', skip)
    const text = german.replaceAll(/\s+/g, ' ')
    for (const words of ['18. März 2026', '94,7 % (36 von 38)', '1.310', 'Nachweisbericht', 'Seite 1 von'])
      expect(text).toContain(words)
    expect(text).not.toMatch(/\d,\d{3}\b/)
    expect(text).not.toMatch(/\b(?:January|March|October|December)\b/)
  })

  test('says of its file that it is German', () => {
    expect(Buffer.from(pdf).toString('latin1')).toContain('/Lang (de)')
  })

  test('has the same bytes each time', async () => {
    expect(Buffer.compare(await renderReport(spoken('de')), pdf)).toBe(0)
  })

  test('says the same on the page beside it, marked as German, and what people wrote as of no known language', () => {
    const parts = [
      StatementGlance,
      StatementControls,
      StatementFindings,
      StatementCoverage,
      StatementAnswers,
      StatementWho,
      StatementSources,
    ]
    const pageOf = (language: 'en' | 'de') =>
      parts
        .map((part) => renderToStaticMarkup(createElement(part, { reading: readingOf(spoken(language)) })))
        .join('\n')
    const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ')
    const page = pageOf('de')
    expect(found(plain(page))).toEqual([])
    expect(found(plain(pageOf('en'))).length).toBeGreaterThan(60)
    expect(page.match(/<div lang="de">/g)?.length).toBe(parts.length)
    expect(page).toContain('<bdi class="break-words" lang="">Ωμέγα</bdi>')
    expect(pageOf('en')).not.toContain('lang=""')
  })
})

test('the language is part of what is signed, and a statement without one is English', () => {
  const { language: _none, ...old } = exampleStatement()
  expect(readingOf(old).words.language).toBe('en')
  expect(canonicalStatement(old)).not.toContain('"language"')
  expect(canonicalStatement({ ...old, language: 'de' })).toContain('"language":"de"')
  expect(Statement.safeParse({ ...old, language: 'fr' }).success).toBe(false)
  expect(() => wordsIn('fr' as 'en')).toThrow('No catalogue')
})
