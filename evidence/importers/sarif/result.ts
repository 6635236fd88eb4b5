/** One SARIF result in the few words that are kept of it. */
import type { Finding, Severity } from '../importer.ts'
import { asList, asNumber, asObject, asText, type Json } from '../json-reader.ts'
import { cut, cvesIn, withoutTags } from '../scan/text.ts'
import { type createRules, type RuleReference, textOf } from './rules.ts'

export interface Result {
  rule: RuleReference
  level: string | null
  kind: string
  message: string | null
  messageId: string | null
  path: string | null
  line: number | null
  isSuppressed: boolean
  fix: string | null
}

/** Kinds that tell of no problem. */
const HARMLESS = new Set(['pass', 'notapplicable', 'informational'])

const BY_LEVEL: Record<string, Severity> = { error: 'high', warning: 'medium', note: 'low', none: 'info' }

/** null for a result that is no problem, or no longer one. */
export function readResult(fields: { [name: string]: Json }): Result | null {
  const kind = asText(fields.kind)?.toLowerCase() ?? 'fail'
  if (HARMLESS.has(kind) || asText(fields.baselineState)?.toLowerCase() === 'absent') return null
  const reference = asObject(fields.rule)
  const place = asObject(asList(fields.locations)[0])
  const physical = asObject(place?.physicalLocation)
  const uri = asText(asObject(physical?.artifactLocation)?.uri)
  const component = asNumber(asObject(reference?.toolComponent)?.index)
  return {
    rule: {
      id: cut(asText(fields.ruleId) ?? asText(reference?.id), 200),
      index: indexOf(fields.ruleIndex) ?? indexOf(reference?.index),
      extension: component !== null && component >= 0 ? component : null,
    },
    level: cut(asText(fields.level), 20),
    kind,
    message: cut(textOf(fields.message), 4000),
    messageId: cut(asText(asObject(fields.message)?.id), 100),
    path: cut(uri ?? asText(asObject(asList(place?.logicalLocations)[0])?.fullyQualifiedName), 300),
    line: indexOf(asObject(physical?.region)?.startLine),
    isSuppressed: isSuppressed(fields.suppressions),
    fix: cut(textOf(asObject(asList(fields.fixes)[0])?.description), 1000),
  }
}

/** -1 is how SARIF says: none. */
function indexOf(value: Json | undefined): number | null {
  const index = asNumber(value)
  return index !== null && Number.isInteger(index) && index >= 0 ? index : null
}

/** A suppression that is still being looked at, or was refused, suppresses nothing. */
function isSuppressed(suppressions: Json | undefined): boolean {
  const list = asList(suppressions).map(asObject)
  return (
    list.length > 0 &&
    list.every((suppression) => {
      const status = asText(suppression?.status) ?? asText(suppression?.state)
      return suppression !== null && (status === null || status.toLowerCase() === 'accepted')
    })
  )
}

export function toFinding(
  result: Result,
  rules: ReturnType<typeof createRules>,
): Omit<Finding, 'assetKey'> & { isRated: boolean } {
  const { id, rule } = rules.find(result.rule)
  const level = result.level ?? (result.kind === 'fail' ? (rule?.level ?? 'warning') : null)
  const severity = level === null ? undefined : BY_LEVEL[level.toLowerCase()]
  const where = result.path === null ? null : `${result.path}${result.line === null ? '' : `:${result.line}`}`
  return {
    // Lines move when code above them changes; the file is the steadiest name of the place.
    checkId: `${id}${result.path ? ` ${result.path}` : ''}`.slice(0, 300),
    title: rule?.title ?? (cut(withoutTags((result.message ?? '').slice(0, 2000)), 500) || id),
    severity: severity ?? 'unknown',
    port: null,
    protocol: null,
    service: null,
    cves: [...new Set([...cvesIn(id), ...(rule?.cves ?? [])])],
    solution: result.fix ?? rule?.help ?? null,
    fixAvailableOn: null,
    firstSeenOn: null,
    isSuppressed: result.isSuppressed,
    output: cut([where, result.message ?? result.messageId].filter(Boolean).join('\n'), 8000),
    isRated: severity !== undefined,
  }
}

/** Characters that a result held back takes, roughly. */
export const sizeOf = ({ message, path, fix }: Result) =>
  300 + (message?.length ?? 0) + (path?.length ?? 0) + (fix?.length ?? 0)
