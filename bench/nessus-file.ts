/** Writes a Nessus v2 file of any size, always the same bytes for the same size, shaped as real exports are. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

const ITEMS_PER_HOST = 60
const FLUSH_CHARACTERS = 1024 * 1024
const WORDS =
  'the remote host is affected by a missing update that allows an attacker on the same network to read memory of the service when it handles a request with a header longer than its buffer &amp; then closes the connection'.split(
    ' ',
  )
const RISKS = ['None', 'Low', 'Medium', 'High', 'Critical'] as const

/** A fixed seed: two runs read the same file. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** @returns the bytes written: the first whole host beyond `bytes` ends the file */
export async function writeNessusFile(path: string, bytes: number): Promise<number> {
  const random = seeded(20_261_124)
  const file = createWriteStream(path)
  let pending = '<?xml version="1.0" ?>\n<NessusClientData_v2>\n<Report name="Bench">\n'
  let written = 0
  const flush = async () => {
    written += pending.length
    const goesOn = file.write(pending)
    pending = ''
    if (!goesOn) await once(file, 'drain')
  }
  for (let host = 0; written + pending.length < bytes; host += 1) {
    pending += openHost(host)
    for (let item = 0; item < ITEMS_PER_HOST; item += 1) pending += reportItem(item, random)
    pending += '</ReportHost>\n'
    if (pending.length > FLUSH_CHARACTERS) await flush()
  }
  pending += '</Report>\n</NessusClientData_v2>\n'
  await flush()
  file.end()
  await finished(file)
  return written
}

function openHost(host: number): string {
  const address = `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`
  return `<ReportHost name="${address}"><HostProperties>
<tag name="HOST_END">Mon Nov 23 18:05:00 2026</tag>
<tag name="HOST_END_TIMESTAMP">1795457100</tag>
<tag name="host-ip">${address}</tag>
<tag name="host-fqdn">host-${host}.bench.example</tag>
<tag name="operating-system">Linux Kernel 6.1</tag>
<tag name="Credentialed_Scan">${host % 10 !== 0}</tag>
</HostProperties>
`
}

/** About 4 kB, as in real exports, most of it prose that the importer passes over. */
function reportItem(item: number, random: (below: number) => number): string {
  // Most items of a real scan are informational.
  const severity = random(10) < 7 ? 0 : 1 + random(4)
  const cves = severity === 0 ? 0 : 1 + random(3)
  let references = ''
  for (let count = 0; count < cves; count += 1)
    references += `<cve>CVE-${2015 + random(11)}-${1000 + random(50_000)}</cve>\n`
  return `<ReportItem port="${random(2) === 0 ? 443 : 0}" svc_name="www" protocol="tcp" severity="${severity}" pluginID="${10_000 + item + random(40) * 1000}" pluginName="${prose(8, random)}" pluginFamily="General">
<description>${prose(150 + random(150), random)}</description>
<fname>bench_${item}.nasl</fname>
<plugin_modification_date>2026/10/${10 + random(19)}</plugin_modification_date>
<plugin_type>remote</plugin_type>
<risk_factor>${RISKS[severity]}</risk_factor>
<see_also>https://bench.example/advisory/${random(100_000)}</see_also>
<solution>${prose(25, random)}</solution>
<synopsis>${prose(20, random)}</synopsis>
${references}<patch_publication_date>2026/0${1 + random(9)}/1${random(10)}</patch_publication_date>
<plugin_output>${prose(200 + random(250), random)}</plugin_output>
</ReportItem>
`
}

function prose(words: number, random: (below: number) => number): string {
  let text = ''
  let at = random(WORDS.length)
  for (let count = 0; count < words; count += 1) {
    text += `${WORDS[at]}${count % 14 === 13 ? '\n' : ' '}`
    at = (at + 1 + random(3)) % WORDS.length
  }
  return text
}
