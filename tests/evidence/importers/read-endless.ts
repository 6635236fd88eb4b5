/** Child process of bounded-memory.test.ts: reads one endless kind of file and tells how memory grew. Arguments: kind, elements. */
import { nessusImporter } from '#evidence/importers/nessus.ts'

const kind = process.argv[2] ?? ''
const tag = '<tag name="HOST_END_TIMESTAMP">1769925600</tag>'
const start = '<?xml version="1.0"?><NessusClientData_v2>'
const intoHost = `${start}<Report name="r"><ReportHost name="h"><HostProperties>${tag}</HostProperties>`
const outOfHost = '</ReportHost></Report></NessusClientData_v2>'

interface Endless {
  before: string
  after: string
  /** Elements in one `write`. */
  each: number
  write(at: number): string
}

const ITEM = (at: number) =>
  `<ReportItem port="${at % 65_536}" svc_name="msrdp" protocol="tcp" severity="4" pluginID="${at}" pluginName="Check ${at}"/>`

const KINDS: Record<string, Endless> = {
  policy: {
    before: `${start}<Policy>`,
    after: '</Policy></NessusClientData_v2>',
    each: 1,
    write: () => '<a/>',
  },
  items: {
    before: intoHost,
    after: outOfHost,
    each: 1,
    write: (at) => `<ReportItem pluginID="${at}" severity="4"/>`,
  },
  'cves-of-one-item': {
    before: `${intoHost}<ReportItem>`,
    after: `</ReportItem>${outOfHost}`,
    each: 1,
    write: (at) => `<cve>CVE-2020-${1_000_000 + at}</cve>`,
  },
  services: {
    before: `${start}<Report name="r">`,
    after: '</Report></NessusClientData_v2>',
    each: 21,
    write: (at) =>
      `<ReportHost name="h${at}">${Array.from({ length: 20 }, (_, port) => ITEM(port + 1)).join('')}</ReportHost>`,
  },
  tags: {
    before: `${start}<Report name="r"><ReportHost name="h"><HostProperties>`,
    after: `</HostProperties></ReportHost></Report></NessusClientData_v2>`,
    each: 1,
    write: (at) => `<tag name="t${at}">x</tag>`,
  },
  hosts: {
    before: `${start}<Report>`,
    after: '</Report></NessusClientData_v2>',
    each: 1,
    write: (at) => `<ReportHost name="h${at}"/>`,
  },
}

const endless = KINDS[kind]
const wanted = Number(process.argv[3])
if (!endless) throw new Error(`No such kind: ${kind}`)
let elements = 0

async function* bytes({ before, after, each, write }: Endless): AsyncGenerator<Uint8Array> {
  yield Buffer.from(before)
  for (let at = 0; elements < wanted; ) {
    let text = ''
    for (; elements < wanted && text.length < 65_536; at++) {
      text += write(at)
      elements += each
    }
    yield Buffer.from(text)
  }
  yield Buffer.from(after)
}

const before = process.memoryUsage().rss
let peak = before
let events = 0
let outcome = 'read whole'
try {
  for await (const event of nessusImporter.read(bytes(endless), {
    viewpoint: 'internal',
    now: new Date('2026-02-10T12:00:00Z'),
  })) {
    events += 1
    if (event.type === 'progress') peak = Math.max(peak, process.memoryUsage().rss)
  }
} catch (error) {
  outcome = (error as { code?: string }).code ?? String(error)
}
process.stdout.write(
  JSON.stringify({ outcome, elements, events, grownMegabytes: Math.round((peak - before) / 1e6) }),
)
