/** The elements of a Greenbone report as results and hosts; the rest of the file is passed over. */
import { ImportError } from '../importer.ts'
import { CVES_PER_FINDING } from '../scan/text.ts'
import type { ElementListener, Wanted } from '../xml-elements.ts'
import type { OpenvasResult } from './finding.ts'

export interface OpenvasHost {
  address: string
  /** As in the file; null: the element is missing. */
  end: string | null
  details: { name: string; value: string }[]
}

export interface OpenvasListener {
  /** A text of the report itself, by its path below the report: `task/name`, `scan_end`. */
  field(path: string, text: string): void
  page(first: string): void
  result(result: OpenvasResult): void
  host(host: OpenvasHost): void
  reportEnd(): void
}

const wanted = (paths: Record<string, number>) =>
  new Map<string, Wanted>(Object.entries(paths).map(([path, characters]) => [path, { characters }]))

const FIELDS = wanted({
  'task/name': 200,
  'task/target/name': 200,
  scan_start: 60,
  scan_end: 60,
  scan_run_status: 40,
  'filters/term': 2000,
  'result_count/filtered': 20,
})
const RESULT = wanted({
  name: 600,
  host: 300,
  'host/hostname': 500,
  port: 100,
  threat: 40,
  severity: 20,
  original_threat: 40,
  original_severity: 20,
  description: 8200,
  'nvt/name': 600,
  'nvt/cve': 100_000,
  'nvt/solution': 4200,
  'nvt/tags': 40_000,
  'nvt/severities/severity/date': 60,
})
const HOST = wanted({ ip: 100, end: 60, 'detail/name': 100, 'detail/value': 600 })
/** What is used whole or not at all; of the others, a cut is told. */
const TOLD_WHEN_CUT = new Set(['description', 'nvt/solution', 'nvt/cve'])
// Real hosts have some hundred details, of which a handful is used.
const USED_DETAIL = /^(best_os_txt|OS|hostname|Auth-[A-Za-z0-9]{1,20}-(Success|Failure))$/
const RESULT_PATH = 'results/result'
const BELOW_RESULT = `${RESULT_PATH}/`
const BELOW_HOST = 'host/'

export function createOpenvasListener(listener: OpenvasListener): ElementListener {
  // Reports stand alone, in another report, or in the answer of the manager.
  const relative = new Map<string, string>()
  const relativeOf = (path: string) => {
    let found = relative.get(path)
    if (found === undefined) {
      found = path.replace(/^(get_reports_response(\/|$))?(report(\/|$)){0,2}/, '')
      relative.set(path, found)
    }
    return found
  }
  let result: OpenvasResult | null = null
  let host: OpenvasHost | null = null
  let detailName = ''

  return {
    open(path, attributes) {
      const place = relativeOf(path)
      if (place === '') {
        if (path !== 'report' && !path.endsWith('report') && path !== 'get_reports_response')
          throw new ImportError('unrecognised', 'The file is no Greenbone report.')
        return undefined
      }
      if (place === RESULT_PATH) result = { oid: '', texts: {}, cves: [], wasShortened: false }
      else if (result) {
        const below = place.slice(BELOW_RESULT.length)
        if (below === 'nvt') result.oid = attributes.oid ?? ''
        else if (below === 'nvt/refs/ref') addReference(result, attributes)
        else return RESULT.get(below)
      } else if (place === 'host') host = { address: '', end: null, details: [] }
      else if (host) return HOST.get(place.slice(BELOW_HOST.length))
      else if (place === 'results') listener.page(attributes.start ?? '')
      else return FIELDS.get(place)
      return undefined
    },

    close(path, text, wasCut) {
      const place = relativeOf(path)
      if (place === '') listener.reportEnd()
      else if (place === RESULT_PATH) {
        if (result) listener.result(result)
        result = null
      } else if (result) {
        const below = place.slice(BELOW_RESULT.length)
        if (RESULT.has(below)) result.texts[below] ??= text
        if (wasCut && TOLD_WHEN_CUT.has(below)) result.wasShortened = true
      } else if (place === 'host') {
        if (host) listener.host(host)
        host = null
      } else if (host) {
        const below = place.slice(BELOW_HOST.length)
        if (below === 'ip') host.address = text.trim()
        else if (below === 'end') host.end = text
        else if (below === 'detail/name') detailName = text.trim()
        else if (below === 'detail') detailName = ''
        else if (below === 'detail/value' && USED_DETAIL.test(detailName) && host.details.length < 100)
          host.details.push({ name: detailName, value: text.trim() })
        if (below === 'detail/name' && detailName.startsWith('Auth-') && host.details.length < 100)
          host.details.push({ name: detailName, value: '' })
      } else if (FIELDS.has(place)) listener.field(place, text.trim())
    },
  }
}

function addReference(result: OpenvasResult, attributes: Readonly<Record<string, string>>): void {
  if (attributes.type?.toLowerCase() !== 'cve' || attributes.id === undefined) return
  if (result.cves.length >= CVES_PER_FINDING) result.wasShortened = true
  else result.cves.push(attributes.id.slice(0, 100))
}
