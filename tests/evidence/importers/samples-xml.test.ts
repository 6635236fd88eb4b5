import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { inspectFile } from '#evidence/importers/read-file.server.ts'

const folder = fileURLToPath(new URL('../../../../shared/samples/', import.meta.url))
const isThere = existsSync(folder)
if (!isThere)
  console.warn('Real files are not beside this checkout (../shared/samples): their tests are skipped.')

const rated = (counts: Record<string, number>) => ({
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  info: 0,
  unknown: 0,
  ...counts,
})

interface Expected {
  format: string
  assets: number
  findings: Record<string, number>
  cves: number
  records: number
  scanDate: string
  toolVersion: string | null
  counts: Record<string, number>
}

const scans: [string, Expected][] = [
  [
    'openvas/many_vuln.xml',
    {
      format: 'openvas',
      assets: 1,
      // 19 high and 23 medium; the two without a threat are medium by their CVSS of 4.0.
      findings: rated({ high: 19, medium: 25 }),
      cves: 46,
      records: 44,
      scanDate: '2023-09-26T13:04:00.000Z',
      toolVersion: null,
      counts: { withoutThreat: 2 },
    },
  ],
  [
    'openvas/report_detail_v2.xml',
    {
      format: 'openvas',
      assets: 1,
      findings: rated({ high: 1 }),
      cves: 93,
      records: 1,
      scanDate: '2025-08-22T15:09:57.000Z',
      toolVersion: null,
      counts: {},
    },
  ],
  [
    'openvas/dradis_report_v7.xml',
    {
      format: 'openvas',
      assets: 1,
      findings: rated({ medium: 6 }),
      cves: 3,
      records: 6,
      scanDate: '2014-09-20T03:55:33.000Z',
      toolVersion: null,
      counts: {},
    },
  ],
  [
    'qualys/Qualys_Sample_Report.xml',
    {
      format: 'qualys',
      assets: 7,
      findings: rated({ critical: 7, high: 6, medium: 46, low: 65, info: 177 }),
      cves: 51,
      records: 301,
      scanDate: '2019-08-01T20:03:10.000Z',
      toolVersion: null,
      counts: { confirmed: 90, potential: 2, information: 209 },
    },
  ],
  [
    'qualys/dradis_scan_simple.xml',
    {
      format: 'qualys',
      assets: 1,
      findings: rated({ medium: 1, low: 1, info: 1 }),
      cves: 2,
      records: 3,
      scanDate: '2011-12-20T12:00:00.000Z',
      toolVersion: '4.14.30-1',
      counts: { confirmed: 3, information: 2, services: 2 },
    },
  ],
  [
    'nexpose/report_auth.xml',
    {
      format: 'nexpose',
      assets: 4,
      findings: rated({ high: 8, medium: 18 }),
      cves: 0,
      records: 26,
      scanDate: '2021-02-11T16:47:05.486Z',
      toolVersion: null,
      counts: { tests: 26 },
    },
  ],
  [
    'nexpose/many_vulns.xml',
    {
      format: 'nexpose',
      assets: 8,
      findings: rated({ critical: 2, high: 146, medium: 14 }),
      cves: 4,
      records: 162,
      scanDate: '2013-11-27T11:55:13.233Z',
      toolVersion: null,
      counts: { tests: 621 },
    },
  ],
  [
    'nexpose/dradis_simplexml.xml',
    {
      format: 'nexpose',
      assets: 1,
      findings: rated({ unknown: 2 }),
      cves: 1,
      records: 2,
      scanDate: '2011-11-28T14:26:09.232Z',
      toolVersion: null,
      counts: { tests: 2 },
    },
  ],
  [
    'nmap/nmap_multiple_port.xml',
    {
      format: 'nmap',
      assets: 1,
      findings: rated({ info: 13 }),
      cves: 0,
      records: 13,
      scanDate: '2016-05-16T17:57:31.000Z',
      toolVersion: '7.12',
      counts: { openPorts: 13, hosts: 1, hostsUp: 1 },
    },
  ],
  [
    'nmap/nmap_script_vulners.xml',
    {
      format: 'nmap',
      assets: 1,
      findings: rated({ info: 1 }),
      cves: 2,
      records: 1,
      scanDate: '2020-02-17T09:07:35.000Z',
      toolVersion: '7.60',
      counts: { openPorts: 1, hosts: 1, hostsUp: 1 },
    },
  ],
  [
    'nmap/issue12411.xml',
    {
      format: 'nmap',
      assets: 2,
      findings: rated({ info: 4 }),
      cves: 0,
      records: 4,
      scanDate: '2025-05-07T13:27:45.000Z',
      toolVersion: '7.95',
      counts: { openPorts: 4, hosts: 2, hostsUp: 2 },
    },
  ],
  [
    'nmap/libnmap_os_scan6.xml',
    {
      format: 'nmap',
      assets: 3,
      findings: rated({ info: 11 }),
      cves: 0,
      records: 11,
      scanDate: '2014-05-08T21:55:59.000Z',
      toolVersion: '6.40-2',
      counts: { openPorts: 11, hosts: 256, hostsUp: 3 },
    },
  ],
  [
    'zap/some_2.9.0.xml',
    {
      format: 'zap',
      assets: 1,
      findings: rated({ medium: 1, low: 5, info: 1 }),
      cves: 0,
      records: 7,
      scanDate: '2020-05-12T20:57:30.000Z',
      toolVersion: '2.9.0',
      counts: { instances: 17 },
    },
  ],
  [
    'zap/juicy2.xml',
    {
      format: 'zap',
      assets: 1,
      findings: rated({ medium: 2, low: 2, info: 2 }),
      cves: 0,
      records: 6,
      scanDate: '2021-09-14T14:44:51.000Z',
      toolVersion: '2.10.0',
      counts: { instances: 86 },
    },
  ],
  [
    'zap/zero.webappsecurity.json',
    {
      format: 'zap',
      assets: 2,
      findings: rated({ high: 5, medium: 3, low: 3, info: 2 }),
      cves: 0,
      records: 13,
      scanDate: '2018-12-05T19:00:19.000Z',
      toolVersion: '2.7.0',
      counts: { instances: 167 },
    },
  ],
]

const google = {
  scope: 'example.com',
  records: 20,
  scanDate: '2024-06-13T23:59:59.000Z',
  facts: ['none', 'none', 100],
  counts: {
    messages: 3047,
    dmarcPass: 3047,
    dkimPass: 3046,
    dkimFail: 1,
    spfPass: 2637,
    spfFail: 410,
    dispositionNone: 3047,
    distinctSourceIps: 15,
  },
}
const failed = (messages: number) => ({
  messages,
  dmarcPass: 0,
  dkimFail: messages,
  spfFail: messages,
  dispositionNone: messages,
  distinctSourceIps: messages,
})
const mail: [
  string,
  Omit<typeof google, 'counts' | 'facts'> & { facts: (string | number)[]; counts: Record<string, number> },
][] = [
  ['nice-input.xml', google],
  ['nice-input.xml.gz', google],
  ['nice-input.xml.zip', google],
  [
    'protection.outlook.com!example.com!1711756800!1711843200.xml',
    {
      scope: 'example.com',
      records: 1,
      scanDate: '2024-03-31T00:00:00.000Z',
      facts: ['none', 'none', 100],
      counts: failed(1),
    },
  ],
  [
    'usssa.com!example.com!1538784000!1538870399.xml',
    {
      scope: 'example.com',
      records: 2,
      scanDate: '2018-10-06T23:59:59.000Z',
      facts: ['none', 'none', 100],
      counts: failed(2),
    },
  ],
  [
    'fastmail.com!example.com!1516060800!1516147199!102675056.xml.gz',
    {
      scope: 'indemed.com',
      records: 1,
      scanDate: '2018-01-16T23:59:59.000Z',
      facts: ['none', 'none', 100],
      counts: failed(1),
    },
  ],
  [
    'rfc9990-sample.xml',
    {
      scope: 'example.com',
      records: 1,
      scanDate: '1979-08-07T23:59:59.000Z',
      facts: ['quarantine', 'none'],
      counts: {
        messages: 123,
        dmarcPass: 123,
        dkimPass: 123,
        spfFail: 123,
        dispositionPass: 123,
        distinctSourceIps: 1,
      },
    },
  ],
]

const options = { viewpoint: 'external', now: new Date('2026-11-20T12:00:00Z') } as const

describe.skipIf(!isThere)('real XML files', () => {
  test.each(scans)('%s counts as its source says', async (name, expected) => {
    const inspection = await inspectFile(join(folder, name), options)
    expect(inspection).toMatchObject(expected)
    expect(inspection.counts).toEqual(expected.counts)
  })

  test.each(mail)('dmarc/%s counts as its source says', async (name, { facts, ...expected }) => {
    const inspection = await inspectFile(join(folder, 'dmarc', name), options)
    expect(inspection).toMatchObject({
      format: 'dmarc',
      assets: 0,
      findings: rated({}),
      cves: 0,
      ...expected,
    })
    expect(inspection.counts).toEqual(expected.counts)
    expect(inspection.facts.map(({ value }) => value)).toEqual(facts)
  })

  test('eight results rated High with CVSS 9 or more count as critical', async () => {
    const { facts } = await inspectFile(join(folder, 'openvas/many_vuln.xml'), options)
    expect(facts.find(({ key }) => key === 'vuln.critical_external_open_count')?.value).toBe(8)
  })
})
