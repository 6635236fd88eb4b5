/** Records of Defender's exports: a weakness on a device, software without a known weakness, or a device. */
import type { Finding, Severity } from '../importer.ts'
import { asText, type Json } from '../json-reader.ts'
import { type Moment, parseHostTime } from '../scan/dates.ts'
import { NO_SIGNALS, type Signals } from '../scan/signals.ts'
import { cut, toCve } from '../scan/text.ts'

/** The value under the first of these names that has one; empty where none has. */
export type Get = (...names: string[]) => string

export interface DefenderDevice {
  id: string
  name: string | null
  address: string | null
  system: string | null
  seen: Moment | null
  /** Whether Defender's sensor runs on it; null: not told. */
  isOnboarded: boolean | null
}

export function getFrom(record: { [name: string]: Json }): Get {
  return (...names) => {
    for (const name of names) {
      const text = asText(record[name])?.trim()
      if (text) return text
    }
    return ''
  }
}

/** A device's own record has no software. */
export const isDevice = (get: Get) =>
  get('machineId', 'deviceId', 'cveId') === '' &&
  get('id') !== '' &&
  get('computerDnsName', 'onboardingStatus', 'healthStatus', 'lastIpAddress') !== ''

export function readDevice(get: Get): DefenderDevice {
  const onboarding = get('onboardingStatus').toLowerCase()
  return {
    id: get('id').slice(0, 300),
    name: get('computerDnsName') || null,
    address: get('lastIpAddress') || null,
    system: systemOf(get('osPlatform'), get('version', 'osVersion')),
    seen: parseHostTime(get('lastSeen')),
    isOnboarded: onboarding === '' ? null : onboarding === 'onboarded',
  }
}

/** The device that a record of software or of a weakness stands on. */
export const deviceOf = (get: Get): DefenderDevice => ({
  id: get('machineId', 'deviceId', 'Device ID', 'Machine ID').slice(0, 300),
  name: get('deviceName', 'computerDnsName', 'Device Name') || null,
  address: null,
  system: systemOf(get('osPlatform', 'OS Platform'), get('osVersion', 'OS Version')),
  seen: parseHostTime(get('lastSeenTimestamp', 'Last Seen Timestamp')),
  // Only its sensor tells Defender of software.
  isOnboarded: true,
})

function systemOf(platform: string, version: string): string | null {
  const words = [platform, version].filter((word) => word && word.toLowerCase() !== 'other')
  return words.length > 0 ? words.join(' ') : null
}

const SEVERITY: Record<string, Severity> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
}

/** null for software without a known weakness. */
export function readWeakness(get: Get): { parts: Omit<Finding, 'assetKey'>; signals: Signals } | null {
  const written = get('cveId', 'CVE ID', 'CVE').slice(0, 100)
  if (written === '' || written.toLowerCase() === 'null') return null
  const cve = toCve(written)
  const id = cve ?? written
  const vendor = get('productVendor', 'softwareVendor', 'Software Vendor')
  const product = get('productName', 'softwareName', 'Software Name')
  const version = get('productVersion', 'softwareVersion', 'Software Version')
  const named = [vendor, product].filter(Boolean).join(' ')
  const first = parseHostTime(get('firstSeenTimestamp', 'First Seen Timestamp'))
  const firstSeenOn = first === null ? null : new Date(first.time).toISOString().slice(0, 10)
  const level = get('vulnerabilitySeverityLevel', 'severity', 'Severity').toLowerCase()
  return {
    parts: {
      // The version changes with every update and is no part of the identity.
      checkId: [id, named].filter(Boolean).join(' ').slice(0, 300),
      title: (named ? `${id} in ${named}` : id).slice(0, 500),
      severity: SEVERITY[level] ?? 'unknown',
      port: null,
      protocol: null,
      service: null,
      cves: cve ? [cve] : [],
      solution: cut(solutionOf(get), 4000),
      fixAvailableOn: null,
      firstSeenOn,
      isSuppressed: false,
      output: cut(
        [
          version ? `Version ${version}` : '',
          ...['exploitabilityLevel', 'diskPaths', 'registryPaths'].map((name) => get(name)),
        ]
          .filter(Boolean)
          .join('\n'),
        8000,
      ),
    },
    signals: { ...NO_SIGNALS, publishedOn: firstSeenOn },
  }
}

function solutionOf(get: Get): string | null {
  const update = get('recommendedSecurityUpdate', 'Recommended Security Update')
  const kb = get('fixingKbId', 'recommendedSecurityUpdateId', 'Recommended Security Update Id')
  const number = /^\d{4,12}$/.test(kb) ? `KB${kb}` : kb
  if (update) return `Install ${update}${number ? ` (${number})` : ''}.`
  return number ? `Install ${number}.` : null
}
