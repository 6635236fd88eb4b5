/** Which machine a `ReportHost` stands for, when its scan ended, and whether somebody could log in. */
import type { Asset } from '../importer.ts'
import { hostOfUrl, isAddress } from '../scan/asset.ts'
import { type Moment, parseHostTime, parseTimestamp } from '../scan/dates.ts'
import type { NessusHost } from './document.ts'

/** Everything but the key. Web application scans name a URL as the host. */
export function describeHost({ name, properties }: NessusHost): Omit<Asset, 'key' | 'credentialed'> {
  const property = (tag: string) => properties[tag]?.trim() || null
  const plainName = hostOfUrl(name) ?? name.trim()
  const fqdn = property('host-fqdn')
  const hostname = fqdn
    ? (hostOfUrl(fqdn) ?? fqdn)
    : (property('netbios-name') ?? (isAddress(plainName) ? null : plainName))
  return {
    hostname,
    address: property('host-ip') ?? (isAddress(plainName) ? plainName : null),
    externalId: null,
    operatingSystem: property('operating-system'),
  }
}

/** The unix time is exact; the text beside it is in the scanner's own zone, which it does not name. */
export function endOf(properties: Record<string, string>): Moment | null {
  return parseTimestamp(properties.host_end_timestamp ?? '') ?? parseHostTime(properties.host_end ?? '')
}

/** Where the host's tag and plugin 19506 disagree, a login that failed is the likelier truth. */
export function credentialedOf(properties: Record<string, string>, told: boolean | null): boolean | null {
  const tag = properties.credentialed_scan?.trim().toLowerCase()
  const said = [tag === 'true' ? true : tag === 'false' ? false : null, told].filter((word) => word !== null)
  return said.length === 0 ? null : said.every(Boolean)
}
