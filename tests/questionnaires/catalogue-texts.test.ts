/** The German texts of the control catalogue: each text once, filled in alike, and nothing else touched. */
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '#app/language/languages.ts'
import { KINDS_DE } from '#app/report/language/de/kinds.ts'
import { loadCatalogue, readCatalogueTexts } from '#questionnaires/catalogue.server.ts'
import { mapTexts, translateCatalogue } from '#questionnaires/catalogue-texts.ts'
import type { Catalogue, CatalogueError } from '#questionnaires/controls.ts'
import { findLibraryFolder } from '#questionnaires/library.server.ts'

const english = loadCatalogue()
const german = loadCatalogue('de')
const texts = () => structuredClone(readCatalogueTexts(findLibraryFolder(), 'de'))

/** Every text by its place. */
function textsOf(catalogue: Catalogue): Map<string, string> {
  const found = new Map<string, string>()
  mapTexts(catalogue, (place, text) => {
    found.set(place, text)
    return text
  })
  return found
}
const pairs = [...textsOf(english)].map(([place, text]) => ({
  place,
  text,
  other: textsOf(german).get(place) ?? '',
}))

/** What is left of a catalogue when its texts are gone. */
const bare = (catalogue: Catalogue) => mapTexts(catalogue, () => '')

describe('the catalogue in German', () => {
  it('says each of its texts, and differs in nothing else', () => {
    expect(pairs.length).toBeGreaterThan(700)
    expect(bare(german)).toEqual(bare(english))
    expect(loadCatalogue('de')).toBe(german)
  })

  it('is there in every language that a report can be written in', () => {
    for (const language of LANGUAGES) expect(loadCatalogue(language).version).toBe(english.version)
  })

  it('says nothing as English does but for a word that both have', () => {
    const same = pairs.filter(({ text, other }) => text === other).map(({ text }) => text)
    expect(same).toEqual(['Plan'])
  })

  it('says what is the same in English in the same words, and what differs in different ones', () => {
    const wordsOf = new Map<string, string>()
    const textOf = new Map<string, string>()
    for (const { place, text, other } of pairs) {
      expect(wordsOf.get(text) ?? other, place).toBe(other)
      expect(textOf.get(other) ?? text, place).toBe(text)
      wordsOf.set(text, other)
      textOf.set(other, text)
    }
  })

  it('uses German quotation marks and ends its sentences', () => {
    for (const { place, text, other } of pairs) {
      expect(other, place).not.toMatch(/["”]/)
      expect(other.split('„').length, place).toBe(other.split('“').length)
      expect(other, place).toBe(other.trim())
      expect(/[.…]$/.test(other), place).toBe(/[.…]$/.test(text))
    }
  })

  it('names kinds of evidence as the report does', () => {
    expect(Object.fromEntries(german.evidenceKinds.map(({ id, label }) => [id, label]))).toEqual(KINDS_DE)
  })
})

describe('texts that do not fit the catalogue are refused with their place', () => {
  type Texts = Record<string, Record<string, Record<string, Record<string, unknown>>>>
  const translate = (change: (copy: Texts) => void) => {
    const copy = texts() as Texts
    change(copy)
    return () => translateCatalogue(english, copy)
  }

  it.each<[string, (copy: Texts) => void, RegExp]>([
    [
      'a missing text',
      (copy) => delete copy.controls!.identity!['mfa-email']!.label,
      /controls\.identity\.mfa-email\.label: has no text/,
    ],
    [
      'a control that the catalogue does not have',
      (copy) => {
        copy.controls!.identity!.mfa = { label: 'MFA' }
      },
      /controls\.identity\.mfa\.label: the catalogue has no such text/,
    ],
    [
      'a control in the file of another domain',
      (copy) => {
        copy.controls!.email!['mfa-email'] = copy.controls!.identity!['mfa-email']!
      },
      /controls\.email\.mfa-email\.label: the catalogue has no such text/,
    ],
    [
      'a placeholder too few',
      (copy) => {
        copy.crossChecks!['old-plan-review-date']!.reason = 'Zu alt.' as never
      },
      /crossChecks\.old-plan-review-date\.reason: takes nothing instead of \{other\}/,
    ],
    [
      'a placeholder too many',
      (copy) => {
        copy.crossChecks!['old-plan-review-date']!.remedy = 'Berichtigen Sie {other}.' as never
      },
      /takes \{other\} instead of nothing/,
    ],
    [
      'a choice that is not one',
      (copy) => {
        copy.crossChecks!['old-plan-review-date']!.remedy = 'Berichtigen Sie [das Datum.' as never
      },
      /write a choice as \[one\|several\]/,
    ],
    [
      'a number for a text',
      (copy) => {
        copy.domains!.identity = 5 as never
      },
      /domains\.identity: has no text/,
    ],
    [
      'a text that is too long',
      (copy) => {
        copy.evidenceKinds!.coi!.label = 'x'.repeat(121) as never
      },
      /evidenceKinds\.\d+\.label: Too big/,
    ],
    [
      'another version of the catalogue',
      (copy) => {
        copy.version = '4' as never
      },
      /these texts are for 4, the catalogue is/,
    ],
  ])('%s', (_, change, message) => {
    expect(translate(change)).toThrow(message)
  })

  it('and so is a language that has none, and what is no map of texts', () => {
    const codeOf = (run: () => unknown) => {
      try {
        run()
      } catch (error) {
        return (error as CatalogueError).code
      }
      return 'nothing was thrown'
    }
    expect(codeOf(() => loadCatalogue('fr'))).toBe('catalogue-missing')
    for (const nothing of [null, 'text', [], {}])
      expect(codeOf(() => translateCatalogue(english, nothing))).toBe('catalogue-invalid')
  })
})
