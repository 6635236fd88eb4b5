/** For tools that see less than a network scanner: only the facts that they can carry are kept, with the reason. */
import type { FactKey } from '../../facts.ts'
import type { ImportSummary } from '../importer.ts'

export interface FactLimit {
  keys: readonly FactKey[]
  /** Why what is not there may still be elsewhere. */
  because: string
}

/** None of these tools looks from the internet, wherever the person stood who ran it. */
export function limitFacts(summary: ImportSummary, { keys, because }: FactLimit): ImportSummary {
  const facts = summary.facts
    .filter(({ key }) => (keys as readonly string[]).includes(key))
    .map((fact) => ({
      ...fact,
      scope: { ...fact.scope, viewpoint: 'internal' as const },
      completeness: 'partial' as const,
      note: `${because} ${fact.note ?? ''}`.trim().slice(0, 1000),
    }))
  return { ...summary, facts }
}
