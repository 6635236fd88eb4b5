/** The three forms of Trivy's JSON in file order: a report, the older bare list of results, a Kubernetes cluster. */
import { createJsonReader, type Json, type JsonPath } from '../json-reader.ts'

export type ItemKind = 'Vulnerabilities' | 'Misconfigurations' | 'Secrets' | 'Licenses' | 'Ignored'
export type Fields = { [name: string]: Json }

export interface TrivyListener {
  /** A value of the report itself: `ArtifactName`, `CreatedAt`, `OS`, `ClusterName`. */
  heading(name: string, value: Json): void
  /** `Namespace`, `Kind` and `Name` of a Kubernetes resource, as they come. */
  resource(name: string, value: Json): void
  resourceEnd(): void
  /** `Target`, `Class` and `Type` of a result, as they come. */
  result(name: string, value: Json): void
  resultEnd(): void
  item(kind: ItemKind, fields: Fields): void
}

const HEADINGS = new Set(['ArtifactName', 'ArtifactType', 'CreatedAt', 'ClusterName', 'SchemaVersion'])
const RESOURCE = new Set(['Namespace', 'Kind', 'Name'])
const RESULT = new Set(['Target', 'Class', 'Type'])
const ITEMS: Record<string, ItemKind> = {
  Vulnerabilities: 'Vulnerabilities',
  Misconfigurations: 'Misconfigurations',
  Secrets: 'Secrets',
  Licenses: 'Licenses',
  ExperimentalModifiedFindings: 'Ignored',
}
/** Of an item; references and descriptions are most of a file and are passed over. */
const ITEM = new Set([
  'VulnerabilityID',
  'PkgName',
  'PkgPath',
  'InstalledVersion',
  'FixedVersion',
  'Status',
  'Title',
  'Severity',
  'PublishedDate',
  'ID',
  'AVDID',
  'Message',
  'Resolution',
  'RuleID',
  'Category',
  'StartLine',
])
/** Of a cluster; older versions split them by kind. */
const RESOURCE_LISTS = new Set(['Resources', 'Vulnerabilities', 'Misconfigurations'])

type Place = 'report' | 'resource' | 'result' | ItemKind | 'list' | 'trivy' | 'metadata' | null

/** What a value is. A list of reports, one a file of many scans, is read like one report after the other. */
function placeOf(path: JsonPath, isList: boolean): Place {
  if (isList && path.length === 1) return 'result'
  const steps = isList ? path.slice(1) : path
  const [first] = steps
  if (steps.length === 0) return 'report'
  if (first === 'Results') return placeInResults(steps.slice(1))
  if (isList) return placeInResults([0, ...steps])
  if (first === 'Trivy' && steps.length === 1) return 'trivy'
  if (first === 'Metadata' && steps.length === 1) return 'metadata'
  if (!RESOURCE_LISTS.has(String(first))) return null
  if (steps.length === 1) return 'list'
  if (steps.length === 2) return 'resource'
  return steps[2] === 'Results' ? placeInResults(steps.slice(3)) : null
}

/** Steps behind `Results`. */
function placeInResults(steps: JsonPath): Place {
  if (steps.length === 0) return 'list'
  if (steps.length === 1) return 'result'
  const kind = ITEMS[String(steps[1])]
  if (kind === undefined) return null
  return steps.length === 2 ? 'list' : steps.length === 3 ? kind : null
}

export function createTrivyReader(listener: TrivyListener) {
  let isList = false
  /** The item being read, and how deep it stands. */
  let item: Fields | null = null
  let itemDepth = 0
  const isItem = (place: Place): place is ItemKind =>
    place !== null && Object.values(ITEMS).includes(place as ItemKind)

  return createJsonReader({
    choose(path, kind) {
      if (path.length === 0) {
        isList = kind === 'array'
        return kind === 'scalar' ? 'skip' : 'enter'
      }
      const name = String(path.at(-1))
      if (item !== null) {
        if (kind === 'scalar') return ITEM.has(name) ? 'take' : 'skip'
        return name === 'CauseMetadata' ? 'enter' : 'skip'
      }
      if (kind === 'scalar') {
        const parent = placeOf(path.slice(0, -1), isList)
        const isWanted =
          ((parent === 'report' || (isList && parent === 'result')) && HEADINGS.has(name)) ||
          (parent === 'resource' && RESOURCE.has(name)) ||
          (parent === 'result' && RESULT.has(name)) ||
          (parent === 'trivy' && name === 'Version')
        return isWanted ? 'take' : 'skip'
      }
      const place = placeOf(path, isList)
      if (isItem(place)) {
        item = kind === 'object' ? {} : null
        itemDepth = path.length
        return kind === 'object' ? 'enter' : 'skip'
      }
      if (place !== null) return 'enter'
      return name === 'OS' && path.at(-2) === 'Metadata' ? 'take' : 'skip'
    },
    value(path, value) {
      const name = String(path.at(-1))
      if (item !== null) {
        item[name] = value
        return
      }
      const parent = placeOf(path.slice(0, -1), isList)
      if (parent === 'trivy') listener.heading('Version', value)
      else if (name === 'OS' || HEADINGS.has(name)) listener.heading(name, value)
      else if (parent === 'resource') listener.resource(name, value)
      else listener.result(name, value)
    },
    leave(path) {
      if (item !== null && path.length > itemDepth) return
      const place = placeOf(path, isList)
      if (item !== null && isItem(place)) {
        const own = item
        item = null
        listener.item(place, own)
        return
      }
      if (place === 'result') listener.resultEnd()
      else if (place === 'resource') listener.resourceEnd()
    },
  })
}
