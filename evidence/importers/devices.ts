/** Device lists as CSV, of an RMM, a directory or an EDR console: inventory, protection and encryption by device. */
import { type Columns, readHeader, sniffRows } from './csv-reader.ts'
import type { ImportEvent, Importer } from './importer.ts'
import { createAssetKeys } from './scan/asset.ts'
import { type FactSetting, makeFact, makePercent } from './scan/make-fact.ts'
import { dateOfList, flagOf, readTable } from './scan/table.ts'
import { parseTableMoment } from './scan/table-dates.ts'
import { cut, many } from './scan/text.ts'

const NAME = [
  'Device Name',
  'Hostname',
  'Host Name',
  'Computer Name',
  'Device',
  'Computer',
  'Endpoint',
  'Endpoint Name',
  'Machine Name',
  'Asset Name',
  'System Name',
  'DNS Name',
  'Agent Name',
]
const SYSTEM = ['OS', 'Operating System', 'OS Name', 'OS Version', 'Platform', 'OS Platform']
const SEEN = [
  'Last Seen',
  'Last Check-in',
  'Last Checkin',
  'Last Contact',
  'Last Online',
  'Last Active',
  'Last Sync',
  'Last Successful Scan',
  'Last Communication',
  'Last Activity',
]
const PROTECTION = [
  'EDR',
  'EDR Installed',
  'EDR Status',
  'Protection Status',
  'Agent Installed',
  'Sensor Installed',
  'Antivirus Status',
  'Security Status',
  'EDR Agent',
  'Onboarding Status',
  'Endpoint Protection',
  'Sensor Health State',
  'Agent Status',
]
const AGENT_VERSION = ['Agent Version', 'Sensor Version', 'EDR Version', 'EDR Agent Version']
const MODE = ['Policy Mode', 'Prevention Mode', 'EDR Mode', 'Protection Mode', 'Mitigation Mode', 'Policy']
const TAMPER = ['Tamper Protection', 'Tamper Protection Status', 'Anti-Tamper', 'Uninstall Protection']
const ENCRYPTION = [
  'Encryption',
  'Encrypted',
  'BitLocker',
  'BitLocker Status',
  'Disk Encryption',
  'Encryption Status',
  'FileVault',
  'Is Encrypted',
]
const ID = [
  'Device ID',
  'Agent ID',
  'Azure AD Device ID',
  'Entra Device ID',
  'Serial Number',
  'Serial',
  'Asset ID',
  'Machine ID',
  'UUID',
  'AID',
]
const ADDRESS = ['IP Address', 'IP', 'Local IP', 'IPv4', 'Last IP', 'Private IP', 'IPv4 Address']
const TYPE = ['Device Type', 'Type', 'Machine Type', 'Role', 'Form Factor', 'Chassis Type']

const STALE_DAYS = 7
const DAY = 86_400_000
const some = (columns: Columns, names: string[]) => names.some((name) => columns.has(name))
const isDeviceTable = (columns: Columns) =>
  some(columns, NAME) &&
  some(columns, [...SYSTEM, ...AGENT_VERSION]) &&
  some(columns, [...SEEN, ...PROTECTION, ...AGENT_VERSION, ...ENCRYPTION, ...TAMPER]) &&
  // Findings, jobs and vulnerabilities name devices too.
  ![
    'Plugin ID',
    'QID',
    'NVT Name',
    'CVE',
    'CveId',
    'Severity',
    'Vulnerability',
    'Job Name',
    'softwareName',
  ].some((name) => columns.has(name))

interface Share {
  yes: number
  no: number
}

export const devicesImporter: Importer = {
  format: 'devices',
  label: 'Device inventory or EDR coverage report (CSV)',
  evidenceKind: 'device-inventory-export',

  recognises: (head) => sniffRows(head).some((cells) => isDeviceTable(readHeader(cells))),

  read(bytes, options) {
    const keys = createAssetKeys()
    const shares = {
      edr: share(),
      serverEdr: share(),
      block: share(),
      tamper: share(),
      encrypted: share(),
      serverEncrypted: share(),
    }
    const sightings: number[] = []
    let events: ImportEvent[] = []
    let newest = Number.NEGATIVE_INFINITY
    let twice = 0
    let servers = 0
    let knowsProtection = false
    return readTable(bytes, {
      isHeader(columns) {
        knowsProtection = some(columns, [...PROTECTION, ...AGENT_VERSION])
        return isDeviceTable(columns)
      },
      row(cell, columns) {
        const pick = (names: string[]) => names.map((name) => cell(name)).find((text) => text !== '') ?? ''
        const hostname = cut(pick(NAME), 500)
        const address = cut(pick(ADDRESS).split(/[,; ]/)[0], 100)
        const externalId = cut(pick(ID), 300)
        if (!hostname && !address && !externalId) return
        const { key, isKnown } = keys.keyOf({ name: hostname ?? '', address, externalId })
        if (isKnown) {
          twice += 1
          return
        }
        const operatingSystem = cut(pick(SYSTEM), 300)
        events.push({
          type: 'asset',
          asset: { key, hostname, address, externalId, operatingSystem, credentialed: null },
        })
        const isServer = /\bserver\b|\blinux\b|\besxi\b/i.test(`${operatingSystem} ${pick(TYPE)}`)
        if (isServer) servers += 1
        const protection = protectionOf(pick(PROTECTION), pick(AGENT_VERSION), some(columns, AGENT_VERSION))
        count(shares.edr, protection)
        if (isServer) count(shares.serverEdr, protection)
        if (protection) {
          const mode = pick(MODE)
          if (mode)
            count(
              shares.block,
              /block|prevent|protect|kill|quarantine|enforc/i.test(mode) &&
                !/detect only|audit|passive/i.test(mode),
            )
          count(shares.tamper, flagOf(pick(TAMPER)))
        }
        count(isServer ? shares.serverEncrypted : shares.encrypted, encryptionOf(pick(ENCRYPTION)))
        const seen = parseTableMoment(pick(SEEN))
        if (!seen) return
        newest = Math.max(newest, seen.time)
        if (protection !== false) sightings.push(seen.time)
      },
      takeEvents() {
        const taken = events
        events = []
        return taken
      },
      finish() {
        const devices = keys.count()
        const scope = `${many(devices, 'device')}`
        const own = Number.isFinite(newest) ? new Date(newest) : null
        const date =
          own && own > options.now ? dateOfList(own, options) : dateOfList(options.statedOn ?? own, options)
        const setting: FactSetting | null = date.observedAt && {
          viewpoint: 'tenant',
          subject: 'Device list',
          collector: 'Device list',
          observedAt: date.observedAt,
          gaps: [],
        }
        const facts = []
        if (setting) {
          facts.push(makeFact(setting, 'asset.device_count', devices))
          if (knowsProtection) facts.push(...protectionFacts(setting, shares, sightings))
          facts.push(
            makePercent(
              setting,
              'crypto.endpoint_encrypted_percent',
              shares.encrypted.yes,
              total(shares.encrypted),
            ),
            makePercent(
              setting,
              'crypto.server_encrypted_percent',
              shares.serverEncrypted.yes,
              total(shares.serverEncrypted),
            ),
          )
        }
        return {
          summary: {
            format: 'devices',
            tool: 'Device list',
            toolVersion: null,
            scanDate: own?.toISOString() ?? null,
            scope,
            gaps: [],
            counts: { devices, servers, withEdr: shares.edr.yes, withoutEdr: shares.edr.no },
            facts: facts.filter((fact) => fact !== null),
          },
          warnings: [
            ...(date.warning ? [date.warning] : []),
            ...(twice > 0 ? [`${many(twice, 'row')} of devices that the list had before.`] : []),
          ],
        }
      },
    })
  },
}

function protectionFacts(
  setting: FactSetting,
  shares: Record<'edr' | 'serverEdr' | 'block' | 'tamper', Share>,
  sightings: number[],
) {
  const { edr, serverEdr, block, tamper } = shares
  // An EDR console knows the devices that have its agent; who has none is not in its list at all.
  const console =
    edr.no === 0
      ? 'The list shows no device without EDR, as a console that knows only its own agents would; compare it with the inventory.'
      : null
  const stale = sightings.filter((time) => setting.observedAt.getTime() - time > STALE_DAYS * DAY).length
  return [
    makePercent(setting, 'endpoint.edr_coverage_percent', edr.yes, total(edr), { gaps: [console] }),
    makePercent(setting, 'endpoint.edr_server_coverage_percent', serverEdr.yes, total(serverEdr), {
      gaps: [console],
    }),
    total(edr) > 0 ? makeFact(setting, 'endpoint.edr_unprotected_count', edr.no, { gaps: [console] }) : null,
    sightings.length > 0 ? makeFact(setting, 'endpoint.edr_stale_agents_7d', stale) : null,
    makePercent(setting, 'endpoint.edr_block_mode_percent', block.yes, total(block)),
    makePercent(setting, 'endpoint.edr_tamper_protection_percent', tamper.yes, total(tamper)),
  ]
}

const share = (): Share => ({ yes: 0, no: 0 })
const total = ({ yes, no }: Share) => yes + no
function count(into: Share, flag: boolean | null): void {
  if (flag === true) into.yes += 1
  if (flag === false) into.no += 1
}

/** null: the list does not say. An agent's version proves an agent, an empty cell under that header that there is none. */
function protectionOf(status: string, version: string, hasVersions: boolean): boolean | null {
  if (status !== '') {
    const flag = flagOf(status)
    if (flag !== null) return flag
    if (
      /not|un(protected|managed|healthy)|missing|can be onboarded|insufficient|disconnected|never/i.test(
        status,
      )
    )
      return false
    if (/onboarded|healthy|running|connected|online|offline|up to date|ok|normal/i.test(status)) return true
  }
  return version !== '' ? true : hasVersions ? false : null
}

function encryptionOf(text: string): boolean | null {
  const flag = flagOf(text)
  if (flag !== null || text === '') return flag
  if (/\b(not|un|in progress|decrypt|suspended|partial|off)/i.test(text)) return false
  return /encrypted|protected|bitlocker|filevault|\bon\b/i.test(text) ? true : null
}
