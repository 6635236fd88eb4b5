import { describe, expect, it, test } from 'vitest'
import { parseZapTime } from '#evidence/importers/zap/dates.ts'
import { zapImporter } from '#evidence/importers/zap.ts'
import { samples } from '../../fixtures/importers/zap.ts'
import { readAll } from './read-all.ts'
import { factsOf } from './xml-facts.ts'

const [xml = '', json = '', one = ''] = samples.map(({ text }) => text)
const read = (text: string) => readAll(zapImporter, text, { viewpoint: 'external' })

describe('a report in XML', async () => {
  const whole = await read(xml)

  it('has each site as an asset, by name or by address', () => {
    expect(whole.assets).toMatchObject([
      { key: 'https://shop.example.com', hostname: 'shop.example.com', address: null, credentialed: null },
      { key: 'http://192.0.2.90:8080', hostname: null, address: '192.0.2.90', credentialed: null },
    ])
  })

  it('has one finding for each alert, texts without their markup', () => {
    expect(whole.findings[0]).toEqual({
      assetKey: 'https://shop.example.com',
      checkId: '40018',
      title: 'SQL Injection',
      severity: 'high',
      port: 443,
      protocol: 'tcp',
      service: 'https',
      cves: [],
      solution: 'Do not trust input .',
      fixAvailableOn: null,
      firstSeenOn: null,
      isSuppressed: false,
      output:
        'GET https://shop.example.com/search?q=a (q)\nPOST https://shop.example.com/login\nThe page changed.',
    })
    expect(whole.findings.slice(1)).toMatchObject([
      { checkId: '10003', severity: 'medium', isSuppressed: true, cves: ['CVE-2020-11022'] },
      { checkId: '10049', severity: 'info', port: 8080, service: 'http', output: null },
    ])
  })

  it('counts the instances that are listed, whatever the count says', () => {
    expect(whole.summary).toMatchObject({
      toolVersion: '2.14.0',
      scanDate: '2026-03-02T20:57:30.000Z',
      records: 3,
      counts: { instances: 3, falsePositives: 1 },
    })
  })

  it('saw web applications only', () => {
    expect(factsOf(whole)).toEqual({
      'vuln.external_scan_age_days': '0 partial',
      'vuln.critical_open_older_than_30d': '0 partial',
      'vuln.high_open_older_than_30d': '0 partial',
      'vuln.critical_external_open_count': '0 partial',
    })
  })
})

test('a report in JSON has the exact time, and a site whose name follows its alerts', async () => {
  const whole = await read(json)
  expect(
    whole.findings.map(({ assetKey, checkId, severity, port }) => [assetKey, checkId, severity, port]),
  ).toEqual([
    ['https://intranet.example.com', '10038-1', 'medium', 443],
    ['https://intranet.example.com', '10027', 'unknown', 443],
    ['http://late.example.com', '10010', 'low', 80],
  ])
  expect(whole.summary).toMatchObject({ scanDate: '2026-03-02T20:57:30.123Z', counts: { instances: 1 } })
  expect(whole.warnings).toEqual(['1 record without a usable severity.'])
})

test('one site need not stand in a list', async () => {
  const whole = await read(one)
  expect(whole.assets.map(({ key }) => key)).toEqual(['http://one.example.com'])
  expect(whole.findings.map(({ title }) => title)).toEqual(['Absence of Tokens'])
})

test('a date that cannot be read is told, and no fact follows', async () => {
  const whole = await read(xml.replace('Mon, 2 Mar 2026 20:57:30', 'yesterday'))
  expect(whole.summary.scanDate).toBeNull()
  expect(whole.summary.facts).toEqual([])
  expect(whole.warnings).toContain('The date "yesterday" could not be read.')
})

test.each([
  ['Tue, 12 May 2020 20:57:30', '2020-05-12T20:57:30.000Z'],
  ['Fr., 30 Sep. 2022 08:40:35', '2022-09-30T08:40:35.000Z'],
  ['mar., 14 févr. 2023 9:05:00', '2023-02-14T09:05:00.000Z'],
  ['jeu., 6 juil. 2023 10:00:00', '2023-07-06T10:00:00.000Z'],
  ['jeu., 8 juin 2023 10:00:00', '2023-06-08T10:00:00.000Z'],
  ['火, 12 5月 2020 20:57:30', '2020-05-12T20:57:30.000Z'],
  ['2024-06-05T12:07:20.5Z', '2024-06-05T12:07:20.500Z'],
])('the time "%s"', (text, expected) => {
  expect(new Date(parseZapTime(text)?.time ?? 0).toISOString()).toBe(expected)
})

test.each(['31 Feb 2020 10:00:00', '12 Foo 2020 10:00:00', '', '12 May 2020'])('"%s" is no time', (text) => {
  expect(parseZapTime(text)).toBeNull()
})

test.each([
  ['{"site":"https://example.com","@type":"x"}', false],
  ['{"@version":"2.1","site":[]}', true],
  ['[{"@version":"2.1","site":[]}]', false],
])('%s is recognised: %s', (text, expected) => {
  expect(zapImporter.recognises(Buffer.from(text))).toBe(expected)
})
