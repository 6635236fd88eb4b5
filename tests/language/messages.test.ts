import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '#app/language/languages.ts'
import { sayFrom } from '#app/language/messages.ts'
import { formatsOf } from '#app/language/patterns.ts'
import { REASONS_DE } from '#app/readiness/language/de.ts'
import { REASONS_EN } from '#app/readiness/language/en.ts'
import { COVER_DE } from '#app/report/language/claim-cover/de.ts'
import { COVER_EN } from '#app/report/language/claim-cover/en.ts'
import { DE } from '#app/report/language/de/catalogue.ts'
import { EN } from '#app/report/language/en/catalogue.ts'
import { PAPERS_DE } from '#app/report/language/papers/de.ts'
import { PAPERS_EN } from '#app/report/language/papers/en.ts'
import { OFFICER_DE } from '#app/report/language/signing/de.ts'
import { OFFICER_EN } from '#app/report/language/signing/en.ts'
import { MAILS_DE } from '#app/report/language/signing/mails-de.ts'
import { MAILS_EN } from '#app/report/language/signing/mails-en.ts'
import { wordsIn } from '#app/report/language/words.ts'

/** Each catalogue of messages in the first language and in each other one. */
const CATALOGUES: {
  of: string
  english: Record<string, string>
  others: Record<string, Record<string, string>>
}[] = [
  { of: 'the report', english: EN, others: { de: DE } },
  { of: 'reasons', english: REASONS_EN, others: { de: REASONS_DE } },
  { of: 'the officer’s pages', english: OFFICER_EN, others: { de: OFFICER_DE } },
  { of: 'a claim pack’s cover', english: COVER_EN, others: { de: COVER_DE } },
  { of: 'waivers and the matrix', english: PAPERS_EN, others: { de: PAPERS_DE } },
  { of: 'the officer’s mails', english: MAILS_EN, others: { de: MAILS_DE } },
]
const OTHERS = CATALOGUES.flatMap(({ of, english, others }) =>
  Object.entries(others).map(([language, messages]) => ({ of, language, english, messages })),
)

interface Element {
  type: number
  value?: string
  options?: Record<string, { value: Element[] }>
}
const [ARGUMENT, NUMBER, SELECT, PLURAL] = [1, 2, 5, 6]

/** The arguments of a message and how each is used, as the library itself reads it. */
function argumentsOf(message: string): string[] {
  const found = new Set<string>()
  const walk = (elements: Element[]) => {
    for (const { type, value, options } of elements) {
      if ([ARGUMENT, NUMBER].includes(type)) found.add(`${value}`)
      if ([SELECT, PLURAL].includes(type)) {
        found.add(`${value} chooses`)
        for (const branch of Object.values(options ?? {})) walk(branch.value)
      }
    }
  }
  walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst() as Element[])
  return [...found].sort()
}

/** The names that the type of `say` reads out of a message; the same rule as `ArgumentsOf`, letter by letter. */
function namesByType(message: string): string[] {
  const names = message
    .split('{')
    .slice(1)
    .map((rest) => (rest.split('}')[0] ?? '').split(',')[0] ?? '')
    .filter((name) => name !== '' && !name.includes(' ') && !name.startsWith('#'))
  return [...new Set(names)].sort()
}

test('every catalogue is there in every language', () => {
  for (const { others } of CATALOGUES) expect(['en', ...Object.keys(others)]).toEqual([...LANGUAGES])
})

describe.each(OTHERS)('the catalogue of $of in $language', ({ english, messages }) => {
  test('has the keys of the English one, no more and no fewer', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort())
  })

  test.each(Object.entries(english))('%s takes the same arguments', (key, text) => {
    const message = messages[key] ?? ''
    expect(argumentsOf(message)).toEqual(argumentsOf(text))
    expect(message.trim()).toBe(message)
    expect(message).not.toBe('')
  })
})

test('the types ask for exactly the arguments that a message has', () => {
  for (const { english, others } of CATALOGUES) {
    for (const [key, message] of Object.entries(english)) {
      const names = [...new Set(argumentsOf(message).map((name) => name.replace(' chooses', '')))].sort()
      expect(namesByType(message), key).toEqual(names)
    }
    for (const messages of Object.values(others))
      for (const [key, message] of Object.entries(messages))
        expect(namesByType(message), key).not.toContain('#')
  }
})

test('German uses its own quotation marks and no straight ones', () => {
  for (const { others } of CATALOGUES) {
    for (const [key, message] of Object.entries(others.de ?? {})) {
      expect(message, key).not.toMatch(/["”]/)
      expect(message.split('„').length, key).toBe(message.split('“').length)
    }
  }
})

describe('numbers, days and plurals', () => {
  test.each([
    ['en', '1,234,567', '0.5', '482.1', '1 March 2026', '24 November 2026, 06:05 UTC'],
    ['de', '1.234.567', '0,5', '482,1', '1. März 2026', '24. November 2026, 06:05 UTC'],
  ] as const)('in %s', (language, grouped, half, fixed, day, time) => {
    const formats = formatsOf(language)
    expect(formats.number(1234567)).toBe(grouped)
    expect(formats.number(0.5)).toBe(half)
    expect(formats.fixed(482.133, 1)).toBe(fixed)
    expect(formats.date('2026-03-01')).toBe(day)
    expect(formats.time('2026-11-24T06:05:59.000Z')).toBe(time)
  })

  test('come from our patterns, whatever the machine’s Intl says', () => {
    const { NumberFormat, DateTimeFormat, PluralRules } = Intl
    const refuse = Object.assign(
      () => {
        throw new Error('asked Intl')
      },
      // The library asks once whether it knows the name of the language; no words come of that.
      { supportedLocalesOf: () => ['en'] },
    )
    try {
      Object.assign(Intl, { NumberFormat: refuse, DateTimeFormat: refuse, PluralRules: refuse })
      for (const language of LANGUAGES) {
        const say = sayFrom<{ a: '{n, plural, one {# thing} other {# things}}, {m, number}' }>(language, {
          a: '{n, plural, one {# thing} other {# things}}, {m, number}',
        })
        expect(say('a', { n: 1, m: 2 })).toBe('1 thing, 2')
        expect(say('a', { n: 4, m: 2 })).toBe('4 things, 2')
      }
    } finally {
      Object.assign(Intl, { NumberFormat, DateTimeFormat, PluralRules })
    }
  })

  test('one and many have their own words', () => {
    const { say } = wordsIn('de')
    expect(say('headline.uncovered', { count: 1 })).toBe('1 widerlegte Antwort hat keine Ausnahme.')
    expect(say('headline.uncovered', { count: 1200 })).toBe(
      '1.200 widerlegte Antworten haben keine Ausnahme.',
    )
  })

  test('a value is never read as a message', () => {
    expect(wordsIn('de').say('attention.answered', { answer: '{count, plural, one {x}}' })).toBe(
      'Geantwortet: {count, plural, one {x}}',
    )
  })
})
