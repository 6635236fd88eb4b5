/** What plugin 19506 ("Nessus Scan Information") tells of the scan itself, in its output text. */

export const SCAN_INFORMATION_PLUGIN = '19506'

export interface ScanInformation {
  version: string | null
  credentialed: boolean | null
  /** null: not told, or in words that name no ports. */
  portRange: string | null
}

export function readScanInformation(output: string): ScanInformation {
  const credentials = line(output, 'Credentialed checks')?.toLowerCase()
  return {
    version: /^\d[\w.]*/.exec(line(output, 'Nessus version') ?? '')?.[0] ?? null,
    credentialed: credentials?.startsWith('yes') ? true : credentials?.startsWith('no') ? false : null,
    portRange: line(output, 'Port range') ?? null,
  }
}

function line(output: string, label: string): string | undefined {
  return new RegExp(`^[ \\t]*${label}[ \\t]*:[ \\t]*(\\S.*)$`, 'im').exec(output)?.[1]?.trim()
}

/**
 * Whether a TCP port lies in a range such as `1-1024,3389`, `T:1-65535,U:53`, `default` or `all`.
 * null where the words cannot be read. Nessus's default list has all the ports that we ask for.
 */
export function rangeHasPort(range: string, port: number): boolean | null {
  const words = range.toLowerCase().trim()
  if (words === 'default' || words === 'sc-default' || words === 'all') return true
  let protocol = 't'
  for (const part of words.split(',')) {
    const parts = /^\s*(?:([tu]):)?\s*(?:(\d{1,5})(?:\s*-\s*(\d{1,5}))?|(default|all))\s*$/.exec(part)
    if (!parts) return null
    // A prefix holds until the next one.
    protocol = parts[1] ?? protocol
    if (protocol !== 't') continue
    if (parts[4]) return true
    const from = Number(parts[2])
    if (port >= from && port <= Number(parts[3] ?? from)) return true
  }
  return false
}
