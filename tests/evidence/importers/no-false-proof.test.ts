/** What a file does not show is no proof that it is not there: each case once made a "yes" look supported. */
import { describe, expect, it } from 'vitest'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import type { Importer, ReadOptions } from '#evidence/importers/importer.ts'
import { readAll } from './read-all.ts'
import { zipOf } from './zip-of.ts'

async function read(text: string | Uint8Array, options: Partial<ReadOptions> = { viewpoint: 'external' }) {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const importer = detectImporter(bytes)
  if (!importer) throw new Error('No importer recognises this')
  const whole = await readAll(importer as Importer, bytes, options)
  const facts = Object.fromEntries(
    whole.summary.facts.map(({ key, value, completeness }) => [key, `${value} ${completeness}`]),
  )
  return { ...whole, facts }
}
const lines = (...rows: string[]) => rows.join('\r\n')

const TENABLE = 'Plugin ID,CVE,Risk,Host,Protocol,Port,Name,Solution,Plugin Output,Host End'
const ENDED = '2026-11-18T10:00:00Z'
const finding = `50000,CVE-2026-1,High,203.0.113.5,tcp,443,Old library,Update it.,,${ENDED}`

describe('a table of findings', () => {
  it('shows which ports have findings, and not that no other answers', async () => {
    const { facts } = await read(lines(TENABLE, finding))
    expect(facts['exposure.rdp_open_count']).toBe('0 partial')
  })

  it('with the scanner’s own list of ports shows that no other answers', async () => {
    const list = `11219,,None,203.0.113.5,tcp,443,Nessus SYN scanner,n/a,Port 443/tcp was found to be open,${ENDED}`
    expect((await read(lines(TENABLE, finding, list))).facts['exposure.rdp_open_count']).toBe('0 complete')
  })

  it('of Qualys and of Greenbone is no list of ports either', async () => {
    const qualys = lines(
      'IP,DNS,QID,Title,Severity,Port,Protocol,Last Detected',
      '203.0.113.5,,38170,Certificate,4,443,tcp,11/18/2026',
    )
    const greenbone = lines(
      'IP,Hostname,Port,Port Protocol,CVSS,Severity,NVT Name,NVT OID,CVEs,Task Name,Timestamp,Solution,Specific Result',
      '203.0.113.5,,443,tcp,7.5,High,Old library,1.3.6.1.4,CVE-2026-1,Weekly,2026-11-18T10:00:00Z,Update it.,',
    )
    for (const text of [qualys, greenbone])
      expect((await read(text)).facts['exposure.rdp_open_count'] ?? 'nothing').not.toMatch(/complete/)
  })

  it('says of each host whether the scanner had signed in', async () => {
    const information = (host: string, word: string) =>
      `19506,,None,${host},tcp,0,Nessus Scan Information,n/a,"Information:\nCredentialed checks : ${word}",${ENDED}`
    const { assets } = await read(
      lines(TENABLE, finding, information('203.0.113.5', 'no'), information('203.0.113.6', 'yes, as admin')),
    )
    expect(assets.map(({ address, credentialed }) => [address, credentialed])).toEqual([
      ['203.0.113.5', false],
      ['203.0.113.6', true],
    ])
  })
})

describe('what the tool was told to pass over', () => {
  const SC = 'Plugin,Plugin Name,Severity,IP Address,DNS Name,Port,Protocol,Last Observed,Accept Risk Comment'

  it('counts as open: accepting a risk does not take it away', async () => {
    const { facts, findings } = await read(
      lines(SC, '1,Hole,Critical,203.0.113.5,,443,tcp,2026-11-18T10:00:00Z,The owner knows.'),
    )
    expect(findings[0]?.isSuppressed).toBe(true)
    expect(facts['vuln.critical_external_open_count']).toMatch(/^1 /)
  })

  it('as a false positive is left out, and nothing is proved by leaving it out', async () => {
    const { facts, summary } = await read(
      lines(
        'IP,Hostname,Port,Port Protocol,CVSS,Severity,NVT Name,NVT OID,CVEs,Task Name,Timestamp,Solution,Specific Result',
        '203.0.113.5,,443,tcp,9.8,False Positive,Hole,1.3.6.1.4,CVE-2026-1,Weekly,2026-11-18T10:00:00Z,Update it.,',
      ),
    )
    expect(facts['vuln.critical_external_open_count']).toBe('0 partial')
    const told = summary.facts.find(({ key }) => key === 'vuln.critical_external_open_count')
    expect(told?.note).toContain('1 finding judged a false positive in the tool is left out.')
  })
})

describe('what closes nothing', () => {
  const nmap = (ports: string) => `<?xml version="1.0"?>
<nmaprun scanner="nmap" args="nmap -p ${ports} 203.0.113.5" version="7.94">
<scaninfo type="syn" protocol="tcp" numservices="1" services="${ports}"/>
<host><status state="up"/><address addr="203.0.113.5" addrtype="ipv4"/>
<ports><port protocol="tcp" portid="443"><state state="open"/></port></ports></host>
<runstats><finished time="1795000000" exit="success"/><hosts up="1" down="0" total="1"/></runstats></nmaprun>`

  it('a scan of fewer ports is of another scope', async () => {
    const [wide, narrow] = await Promise.all([read(nmap('1-65535')), read(nmap('443'))])
    expect(wide.summary.scope).not.toBe(narrow.summary.scope)
  })

  it('a log that does not say what was analysed', async () => {
    const sarif = JSON.stringify({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'Semgrep', rules: [] } },
          results: [{ ruleId: 'r', message: { text: 'Hole' } }],
        },
      ],
    })
    expect((await read(sarif)).summary.gaps.join()).toContain('does not say what was analysed')
  })

  it('an archive of scans of different days', async () => {
    const on = (day: string) => lines(TENABLE, finding.replaceAll('2026-11-18', day))
    const gapsOf = async (...days: string[]) => {
      const entries = Object.fromEntries(days.map((day, index) => [`${index}.csv`, on(day)]))
      return (await read(await zipOf(entries))).summary.gaps.join()
    }
    expect(await gapsOf('2026-11-01', '2026-11-18')).toContain('of different days')
    expect(await gapsOf('2026-11-18', '2026-11-18')).not.toContain('of different days')
  })
})
