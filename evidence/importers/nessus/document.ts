/** The elements of a Nessus v2 file as hosts and report items, in file order; everything else is passed over. */
import { ImportError } from '../importer.ts'
import { CVES_PER_FINDING } from '../scan/text.ts'
import type { XmlHandlers } from '../xml-reader.ts'

export const ROOT = 'nessusclientdata_v2'

export interface NessusHost {
  /** As in the file; may be a URL, empty when missing. */
  name: string
  /** `HostProperties` by lower-case tag name, as far as we use them. */
  properties: Record<string, string>
}

export interface NessusItem {
  pluginId: string
  pluginName: string
  pluginFamily: string
  severity: string
  port: string
  protocol: string
  service: string
  cves: string[]
  /** Empty when missing. */
  fields: NessusFields
  wasShortened: boolean
}

export interface NessusFields {
  plugin_name: string
  risk_factor: string
  solution: string
  plugin_output: string
  patch_publication_date: string
  vuln_publication_date: string
}

export interface NessusListener {
  report(name: string): void
  item(host: NessusHost, item: NessusItem): void
  hostEnd(host: NessusHost): void
}

const PROPERTIES = new Set([
  'host_end',
  'host_end_timestamp',
  'host-ip',
  'host-fqdn',
  'netbios-name',
  'operating-system',
  'credentialed_scan',
  'system-type',
])

/** Children of a report item that we use, and how many characters of them. */
const FIELDS = new Map<string, { name: keyof NessusFields | 'cve'; characters: number }>(
  (
    [
      ['cve', 100],
      ['plugin_name', 500],
      ['risk_factor', 40],
      ['solution', 4000],
      ['plugin_output', 8000],
      ['patch_publication_date', 40],
      ['vuln_publication_date', 40],
    ] as const
  ).map(([name, characters]) => [name, { name, characters }]),
)
const PROPERTY_LENGTH = 2000
const ATTRIBUTE_LENGTH = 500

/**
 * The format fixes the depth of everything we read: root 1, Report 2, ReportHost 3, ReportItem and HostProperties 4,
 * their children 5. So Policy, often most of the file, is passed over without being looked at.
 */
export function createNessusHandlers(
  listener: NessusListener,
  collectText: (wanted: boolean) => void,
): XmlHandlers {
  let inReport = false
  let inProperties = false
  let host: NessusHost | null = null
  let item: NessusItem | null = null
  let collected = ''
  let limit = 0
  let field = ''

  const collect = (name: string, characters: number) => {
    field = name
    collected = ''
    limit = characters
    collectText(true)
  }

  return {
    open(name, attributes, depth) {
      if (depth > 5) return
      const element = name.toLowerCase()
      switch (depth) {
        case 1:
          if (element !== ROOT) {
            throw new ImportError(
              'unrecognised',
              `The file begins with "${name.slice(0, 60)}", so it is no Nessus v2 export.`,
            )
          }
          break
        case 2:
          inReport = element === 'report'
          if (inReport) listener.report(attribute(attributes, 'name'))
          break
        case 3:
          if (inReport && element === 'reporthost')
            host = { name: attribute(attributes, 'name'), properties: {} }
          break
        case 4:
          if (host && element === 'reportitem') item = readItem(attributes)
          inProperties = host !== null && element === 'hostproperties'
          break
        case 5:
          if (item) {
            const known = FIELDS.get(element)
            if (known) collect(known.name, known.characters)
          } else if (inProperties && element === 'tag') {
            const tag = attribute(attributes, 'name').toLowerCase()
            if (PROPERTIES.has(tag)) collect(tag, PROPERTY_LENGTH)
          }
      }
    },

    text(text) {
      const room = limit - collected.length
      if (text.length <= room) collected += text
      else {
        collected += text.slice(0, room)
        if (item) item.wasShortened = true
      }
    },

    close(depth) {
      if (depth > 5) return
      if (depth === 5 && field !== '') {
        if (item) addField(item, field as keyof NessusFields | 'cve', collected)
        else if (host) host.properties[field] ??= collected
        field = ''
        collectText(false)
      } else if (depth === 4) {
        if (host && item) listener.item(host, item)
        item = null
        inProperties = false
      } else if (depth === 3 && host) {
        listener.hostEnd(host)
        host = null
      } else if (depth === 2) inReport = false
    },
  }
}

function addField(item: NessusItem, field: keyof NessusFields | 'cve', text: string): void {
  if (field !== 'cve') {
    if (item.fields[field] === '') item.fields[field] = text
  } else if (item.cves.length >= CVES_PER_FINDING) item.wasShortened = true
  else item.cves.push(text)
}

type ItemAttribute = Exclude<keyof NessusItem, 'cves' | 'fields' | 'wasShortened'>

const ATTRIBUTES = new Map<string, ItemAttribute>([
  ['port', 'port'],
  ['svc_name', 'service'],
  ['protocol', 'protocol'],
  ['severity', 'severity'],
  ['pluginID', 'pluginId'],
  ['pluginName', 'pluginName'],
  ['pluginFamily', 'pluginFamily'],
])
const BY_LOWER_CASE = new Map([...ATTRIBUTES].map(([name, key]) => [name.toLowerCase(), key]))

/** Missing attributes are empty; in files with many items, each name is looked up once. */
function readItem(attributes: Readonly<Record<string, string>>): NessusItem {
  const item: NessusItem = {
    pluginId: '',
    pluginName: '',
    pluginFamily: '',
    severity: '',
    port: '',
    protocol: '',
    service: '',
    cves: [],
    fields: {
      plugin_name: '',
      risk_factor: '',
      solution: '',
      plugin_output: '',
      patch_publication_date: '',
      vuln_publication_date: '',
    },
    wasShortened: false,
  }
  for (const name in attributes) {
    const key = ATTRIBUTES.get(name) ?? BY_LOWER_CASE.get(name.toLowerCase())
    if (key) item[key] = shorten(attributes[name] ?? '')
  }
  return item
}

function shorten(value: string): string {
  return value.length > ATTRIBUTE_LENGTH ? value.slice(0, ATTRIBUTE_LENGTH) : value
}

/** Empty when missing. Names are compared without case only where the exact one is absent. */
function attribute(attributes: Readonly<Record<string, string>>, name: string): string {
  let value = attributes[name]
  if (value === undefined) {
    const wanted = name.toLowerCase()
    for (const key in attributes) if (key.toLowerCase() === wanted) value = attributes[key]
  }
  return shorten(value ?? '')
}
