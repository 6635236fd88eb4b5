/** The catalogue in another language: texts by id replace what is read, and nothing of what is judged. */
import { Catalogue, CatalogueError } from './controls.ts'

interface Told {
  id: string
  reason: string
  supportsReason?: string | undefined
  remedy: string
}

/**
 * The same catalogue with every text as `say` gives it. This is also the list of what counts as a text.
 * @param say is asked once a text; its place is the ids that lead there: `controls.identity.mfa-email.label`
 */
export function mapTexts(catalogue: Catalogue, say: (place: string, text: string) => string): Catalogue {
  const told = <Rule extends Told>(place: string, rules: readonly Rule[]): Rule[] =>
    rules.map((rule) => ({
      ...rule,
      reason: say(`${place}.${rule.id}.reason`, rule.reason),
      ...(rule.supportsReason === undefined
        ? {}
        : { supportsReason: say(`${place}.${rule.id}.supportsReason`, rule.supportsReason) }),
      remedy: say(`${place}.${rule.id}.remedy`, rule.remedy),
    }))
  const optional = <Key extends string>(key: Key, place: string, text: string | undefined) =>
    (text === undefined ? {} : { [key]: say(`${place}.${key}`, text) }) as Partial<Record<Key, string>>
  return {
    ...catalogue,
    domains: catalogue.domains.map((domain) => ({
      ...domain,
      label: say(`domains.${domain.id}`, domain.label),
    })),
    evidenceKinds: catalogue.evidenceKinds.map((kind) => {
      const place = `evidenceKinds.${kind.id}`
      return {
        ...kind,
        label: say(`${place}.label`, kind.label),
        ...optional('note', place, kind.note),
        ...optional('weakBecause', place, kind.weakBecause),
      }
    }),
    ...(catalogue.evidenceRules && { evidenceRules: told('evidenceRules', catalogue.evidenceRules) }),
    ...(catalogue.crossChecks && { crossChecks: told('crossChecks', catalogue.crossChecks) }),
    controls: catalogue.controls.map((control) => {
      const place = `controls.${control.domain}.${control.id}`
      return {
        ...control,
        label: say(`${place}.label`, control.label),
        meaning: say(`${place}.meaning`, control.meaning),
        ...(control.corroborating && {
          corroborating: control.corroborating.map(({ kind, why }) => ({
            kind,
            why: say(`${place}.corroborating.${kind}`, why),
          })),
        }),
        ...(control.evidenceRules && {
          evidenceRules: told(`${place}.evidenceRules`, control.evidenceRules),
        }),
        rules: told(`${place}.rules`, control.rules),
      }
    }),
  }
}

/**
 * Pure: ids, rules, limits and order stay what they are.
 * @param texts one text at each place (`mapTexts`), nested by the parts of the place, and the version it is meant for
 * @throws CatalogueError `catalogue-invalid`, naming every text that is missing, too many or cannot be filled in alike
 */
export function translateCatalogue(catalogue: Catalogue, texts: unknown): Catalogue {
  const given = new Map(listLeaves(texts))
  const faults: string[] = []
  const version = given.get('version')
  if (version !== catalogue.version)
    faults.push(`version: these texts are for ${version}, the catalogue is ${catalogue.version}.`)
  given.delete('version')
  const translated = mapTexts(catalogue, (place, text) => {
    const other = given.get(place)
    given.delete(place)
    if (typeof other === 'string') {
      if (placeholdersOf(other) !== placeholdersOf(text))
        faults.push(`${place}: takes ${placeholdersOf(other)} instead of ${placeholdersOf(text)}.`)
      if (/[[\]|]/.test(other.replaceAll(/\[[^[\]|]*\|[^[\]|]*\]/g, '')))
        faults.push(`${place}: write a choice as [one|several].`)
      return other
    }
    faults.push(`${place}: has no text.`)
    return text
  })
  for (const place of given.keys()) faults.push(`${place}: the catalogue has no such text.`)
  const limits = Catalogue.safeParse(translated).error?.issues ?? []
  faults.push(...limits.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`))
  if (faults.length === 0) return translated
  throw new CatalogueError(
    'catalogue-invalid',
    `The texts of the control catalogue in another language do not fit it. Correct them:\n${faults.join('\n')}`,
  )
}

/** What is no map of further places, under its place: `controls.identity.mfa-email.label`. */
function listLeaves(value: unknown, place = ''): [place: string, leaf: unknown][] {
  if (typeof value !== 'object' || value === null) return [[place, value]]
  return Object.entries(value).flatMap(([key, part]) => listLeaves(part, place ? `${place}.${key}` : key))
}

function placeholdersOf(text: string): string {
  const names = [...text.matchAll(/\{[^}]*\}/g)].map(([name]) => name)
  return [...new Set(names)].sort().join(' ') || 'nothing'
}
