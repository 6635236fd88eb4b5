/** Device lists as CSV, of an RMM, a directory or an EDR console: inventory, protection and encryption by device. */
import { type Columns, readHeader, sniffRows } from './csv-reader.ts'
import { protectionFacts } from './devices/facts.ts'
import { count, makeShareFact, newShare } from './devices/share.ts'
import { encryptionOf, protectionOf } from './devices/states.ts'
import type { ImportEvent, Importer } from './importer.ts'
import { createAssetKeys } from './scan/asset.ts'
import { type FactSetting, makeFact } from './scan/make-fact.ts'
import { dateOfList, flagOf, readTable } from './scan/table.ts'
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

export const devicesImporter: Importer = {
  format: 'devices',
  label: 'Device inventory or EDR coverage report (CSV)',
  evidenceKind: 'device-inventory-export',

  recognises: (head) => sniffRows(head).some((cells) => isDeviceTable(readHeader(cells))),

  read(bytes, options) {
    const keys = createAssetKeys()
    const shares = {
      edr: newShare(),
      serverEdr: newShare(),
      block: newShare(),
      tamper: newShare(),
      encrypted: newShare(),
      serverEncrypted: newShare(),
    }
    const sightings: (number | null)[] = []
    let events: ImportEvent[] = []
    let newest = Number.NEGATIVE_INFINITY
    let twice = 0
    let servers = 0
    let knowsProtection = false
    return readTable(
      bytes,
      {
        isHeader(columns) {
          knowsProtection = some(columns, [...PROTECTION, ...AGENT_VERSION])
          return isDeviceTable(columns)
        },
        row(cell, columns, moment) {
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
          // Of a device that may have no agent, nothing is known about the agent's settings either.
          if (protection !== false) {
            const mode = pick(MODE)
            const blocks =
              /block|prevent|protect|kill|quarantine|enforc/i.test(mode) &&
              !/detect only|audit|passive|\b(not|no|off|disabled|unprotected)\b/i.test(mode)
            count(shares.block, protection && mode ? blocks : null)
            count(shares.tamper, protection && flagOf(pick(TAMPER)))
          }
          count(isServer ? shares.serverEncrypted : shares.encrypted, encryptionOf(pick(ENCRYPTION)))
          const seen = moment(SEEN)
          if (protection !== false) sightings.push(seen?.time ?? null)
          if (seen) newest = Math.max(newest, seen.time)
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
              makeShareFact(setting, 'crypto.endpoint_encrypted_percent', shares.encrypted),
              makeShareFact(setting, 'crypto.server_encrypted_percent', shares.serverEncrypted),
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
      },
      options,
    )
  },
}
