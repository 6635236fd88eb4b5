/** Which machine a `ReportHost` stands for, and the key by which its findings name it. */
import { type Asset, ImportError } from '../importer.ts'
import { detach } from '../xml-reader.ts'
import type { NessusHost } from './document.ts'

/** Four times the addresses of a /16 network: more in one file is no scan. */
const MAXIMUM_HOSTS = 262_144

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i
const isAddress = (text: string) => IPV4.test(text) || IPV6.test(text)

/** Everything but the key. Web application scans name a URL as the host. */
export function describeHost({ name, properties }: NessusHost): Omit<Asset, 'key' | 'credentialed'> {
  const property = (tag: string) => properties[tag]?.trim() || null
  const plainName = hostOfUrl(name) ?? name.trim()
  const fqdn = property('host-fqdn')
  const hostname = fqdn
    ? (hostOfUrl(fqdn) ?? fqdn)
    : (property('netbios-name') ?? (isAddress(plainName) ? null : plainName))
  return {
    hostname: shorten(hostname || null, 500),
    address: shorten(property('host-ip') ?? (isAddress(plainName) ? plainName : null), 100),
    // Several guesses stand on a line each.
    operatingSystem: shorten(property('operating-system')?.replace(/\s*\n\s*/g, ' or ') ?? null, 300),
  }
}

function hostOfUrl(text: string): string | null {
  if (!/^https?:\/\//i.test(text)) return null
  return URL.canParse(text) ? new URL(text).hostname : null
}

function shorten(text: string | null, characters: number): string | null {
  return text === null ? null : detach(text.slice(0, characters))
}

/** Gives every machine of a file one key: its name, or name and address where two machines share a name. */
export function createAssetKeys() {
  const keys = new Map<string, string>()
  const taken = new Set<string>()
  let unnamed = 0
  return {
    /** `isKnown`: an earlier report of the same file had this machine already. */
    keyOf(host: NessusHost): { key: string; isKnown: boolean } {
      const { address } = describeHost(host)
      const name = detach(host.name.trim()) || address || `unnamed host ${++unnamed}`
      const identity = address ? `${name} (${address})` : name
      const known = keys.get(identity)
      if (known !== undefined) return { key: known, isKnown: true }
      if (keys.size >= MAXIMUM_HOSTS) {
        throw new ImportError(
          'too-large',
          `The file names more than ${MAXIMUM_HOSTS} hosts. Export the scan in parts.`,
        )
      }
      const key = taken.has(name) ? identity : name
      keys.set(identity, key)
      taken.add(key)
      return { key, isKnown: false }
    },
    count: () => keys.size,
    countUnnamed: () => unnamed,
  }
}
