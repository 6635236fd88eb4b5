/** Writes scan files in the Nessus v2 format, dated relative to today so that the demo never goes stale. */

export interface DemoHost {
  name: string
  address: string
  operatingSystem: string
  credentialed: boolean
  findings: DemoFinding[]
}

export interface DemoFinding {
  pluginId: number
  name: string
  family: string
  severity: 0 | 1 | 2 | 3 | 4
  port: number
  service: string
  cves?: string[]
  solution?: string
  /** When the vendor's fix came out. */
  patchedOn?: Date
}

const escapeXml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

/** Nessus writes C's ctime, without a time zone. */
function ctime(date: Date): string {
  const [weekday, day, month, year, clock] = date.toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${String(Number(day)).padStart(2, ' ')} ${clock} ${year}`
}

const slashed = (date: Date) => date.toISOString().slice(0, 10).replaceAll('-', '/')
const RISK = ['None', 'Low', 'Medium', 'High', 'Critical'] as const

export function writeScanFile(name: string, scannedAt: Date, hosts: DemoHost[]): string {
  const end = new Date(scannedAt.getTime() + 35 * 60_000)
  return `<?xml version="1.0" ?>
<NessusClientData_v2>
<Policy><policyName>Demo policy</policyName></Policy>
<Report name="${escapeXml(name)}">
${hosts.map((host) => writeHost(host, scannedAt, end)).join('\n')}
</Report>
</NessusClientData_v2>
`
}

function writeHost(host: DemoHost, start: Date, end: Date): string {
  return `<ReportHost name="${escapeXml(host.name)}"><HostProperties>
<tag name="HOST_START">${ctime(start)}</tag>
<tag name="HOST_END">${ctime(end)}</tag>
<tag name="HOST_END_TIMESTAMP">${Math.floor(end.getTime() / 1000)}</tag>
<tag name="host-ip">${escapeXml(host.address)}</tag>
<tag name="host-fqdn">${escapeXml(host.name)}</tag>
<tag name="operating-system">${escapeXml(host.operatingSystem)}</tag>
<tag name="Credentialed_Scan">${host.credentialed}</tag>
</HostProperties>
${host.findings.map(writeFinding).join('\n')}
</ReportHost>`
}

function writeFinding(finding: DemoFinding): string {
  const dated = finding.patchedOn
    ? `<vuln_publication_date>${slashed(finding.patchedOn)}</vuln_publication_date><patch_publication_date>${slashed(finding.patchedOn)}</patch_publication_date>`
    : ''
  return `<ReportItem port="${finding.port}" svc_name="${escapeXml(finding.service)}" protocol="tcp" severity="${finding.severity}" pluginID="${finding.pluginId}" pluginName="${escapeXml(finding.name)}" pluginFamily="${escapeXml(finding.family)}">
<risk_factor>${RISK[finding.severity]}</risk_factor>${(finding.cves ?? []).map((cve) => `<cve>${cve}</cve>`).join('')}${dated}
<solution>${escapeXml(finding.solution ?? 'n/a')}</solution>
</ReportItem>`
}
