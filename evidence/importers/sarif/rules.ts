/** The rules of one SARIF run: results name them by id or by their place in a list. */
import { ImportError } from '../importer.ts'
import { asObject, asText, type Json } from '../json-reader.ts'
import { cut, cvesIn, withoutTags } from '../scan/text.ts'

export interface Rule {
  title: string | null
  level: string | null
  cves: string[]
  help: string | null
}

export interface RuleReference {
  id: string | null
  index: number | null
  /** The place in `tool.extensions` of the component whose rule it is; null: the driver. */
  extension: number | null
}

const MAXIMUM_RULES = 200_000

export function createRules() {
  const byId = new Map<string, Rule>()
  const byPlace = new Map<string, { id: string; rule: Rule }>()

  return {
    add(extension: number | null, index: number, fields: { [name: string]: Json }): void {
      if (byPlace.size >= MAXIMUM_RULES)
        throw new ImportError(
          'too-large',
          `The file describes more than ${MAXIMUM_RULES} rules in one run. Export it in parts.`,
        )
      const id = cut(asText(fields.id), 200) ?? ''
      const rule = readRule(id, fields)
      byPlace.set(`${extension ?? ''}/${index}`, { id, rule })
      if (id !== '' && !byId.has(id)) byId.set(id, rule)
    },
    /** The id is stronger than the place; `CA1000/1` may stand for a part of rule `CA1000`. */
    find({ id, index, extension }: RuleReference): { id: string; rule: Rule | null } {
      const named = id === null ? undefined : (byId.get(id) ?? byId.get(id.replace(/\/[^/]*$/, '')))
      if (id !== null && named) return { id, rule: named }
      const placed = index === null ? undefined : byPlace.get(`${extension ?? ''}/${index}`)
      return { id: id ?? (placed?.id || 'unknown'), rule: placed?.rule ?? null }
    },
  }
}

function readRule(id: string, fields: { [name: string]: Json }): Rule {
  const short = textOf(fields.shortDescription)
  const name = asText(fields.name)
  const title = [short, name, textOf(fields.fullDescription)].find((text) => text?.trim()) ?? null
  const configuration = asObject(fields.defaultConfiguration)
  const help = asText(fields.helpUri)
  return {
    title: cut(title === null ? null : withoutTags(title.slice(0, 2000)), 500),
    level: cut(asText(configuration?.level), 20),
    cves: cvesIn(`${id} ${short?.slice(0, 500) ?? ''}`),
    help: help && /^https?:\/\//i.test(help) ? cut(`See ${help}`, 500) : null,
  }
}

/** The text of a SARIF message. */
export function textOf(value: Json | undefined): string | null {
  const message = asObject(value)
  return asText(message?.text) ?? asText(message?.markdown)
}
