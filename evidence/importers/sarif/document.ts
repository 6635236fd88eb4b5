/** The runs of a SARIF file as rules and results, in file order; code flows, artifacts and the like are passed over. */
import { asObject, asText, createJsonReader, type Json, type JsonPath } from '../json-reader.ts'

type Fields = { [name: string]: Json }

export interface SarifListener {
  version(text: string): void
  /** `name`, `version` and the like of the driver, once all of them and all rules were told. */
  tool(driver: Fields): void
  rule(extension: number | null, index: number, fields: Fields): void
  result(fields: Fields): void
  /** Parts of a run that come in any order. */
  part(name: string, value: Json): void
  /** A list of results that lies in another file. */
  elsewhere(): void
  runEnd(): void
}

const DRIVER = new Set(['name', 'version', 'semanticVersion', 'dottedQuadFileVersion', 'fullName'])
const RULE = new Set(['id', 'name', 'shortDescription', 'fullDescription', 'helpUri', 'defaultConfiguration'])
const RESULT = new Set([
  'ruleId',
  'ruleIndex',
  'rule',
  'level',
  'kind',
  'message',
  'locations',
  'suppressions',
  'baselineState',
  'fixes',
])
const INVOCATION = new Set(['endTimeUtc', 'startTimeUtc', 'executionSuccessful'])
const PARTS = new Set(['versionControlProvenance', 'automationDetails'])
const PROPERTIES = new Set(['imageName', 'repoTags'])

type Place = 'run' | 'tool' | 'driver' | 'rule' | 'result' | 'invocation' | 'properties' | 'list' | null

/** What an entered value is; lists lead to their items. */
function placeOf(path: JsonPath): Place {
  const [runs, , part, third, fourth, fifth, sixth] = path
  if (runs !== 'runs') return null
  const depth = path.length
  if (depth === 1) return 'list'
  if (depth === 2) return 'run'
  if (part === 'results' || part === 'invocations') {
    if (depth === 3) return 'list'
    return depth === 4 ? (part === 'results' ? 'result' : 'invocation') : null
  }
  if (part === 'properties') return depth === 3 ? 'properties' : null
  if (part !== 'tool') return null
  if (depth === 3) return 'tool'
  if (third === 'driver') {
    if (depth === 4) return 'driver'
    return fourth === 'rules' ? (depth === 5 ? 'list' : depth === 6 ? 'rule' : null) : null
  }
  if (third !== 'extensions') return null
  if (depth === 4) return 'list'
  if (depth === 5 && typeof fourth === 'number') return 'driver'
  return fifth === 'rules' && (sixth === undefined || depth === 7) ? (depth === 6 ? 'list' : 'rule') : null
}

export function createSarifReader(listener: SarifListener) {
  let fields: Fields = {}
  let driver: Fields = {}

  const wanted = (parent: Place, name: string) => {
    switch (parent) {
      case 'rule':
        return RULE.has(name)
      case 'result':
        return RESULT.has(name)
      case 'driver':
        return DRIVER.has(name)
      case 'invocation':
        return INVOCATION.has(name)
      case 'properties':
        return PROPERTIES.has(name)
      case 'run':
        return PARTS.has(name)
      default:
        return false
    }
  }

  return createJsonReader({
    choose(path, kind) {
      const depth = path.length
      if (depth === 0) return kind === 'object' ? 'enter' : 'skip'
      if (depth === 1 && path[0] === 'version') return kind === 'scalar' ? 'take' : 'skip'
      const name = path[depth - 1]
      if (depth === 3 && name === 'externalPropertyFileReferences') return kind === 'object' ? 'take' : 'skip'
      if (typeof name === 'string' && wanted(placeOf(path.slice(0, -1)), name)) return 'take'
      return kind !== 'scalar' && placeOf(path) !== null ? 'enter' : 'skip'
    },
    value(path, value) {
      const name = String(path.at(-1))
      if (path.length === 1) return listener.version(asText(value) ?? '')
      if (name === 'externalPropertyFileReferences') {
        if (asObject(value)?.results) listener.elsewhere()
        return
      }
      if (path.length === 3) return listener.part(name, value)
      if (path[2] === 'tool' && path.length === 5 && path[3] === 'driver') driver[name] = value
      else fields[name] = value
    },
    leave(path) {
      const place = placeOf(path)
      if (place === null || place === 'list') return
      const own = fields
      fields = {}
      switch (place) {
        case 'rule':
          return listener.rule(path[3] === 'driver' ? null : Number(path[4]), Number(path.at(-1)), own)
        case 'result':
          return listener.result(own)
        case 'invocation':
        case 'properties':
          return listener.part(place, own)
        case 'tool':
          listener.tool(driver)
          driver = {}
          return
        case 'run':
          return listener.runEnd()
      }
    },
  })
}
