import { expect, test } from 'vitest'
import { dmarcImporter } from '#evidence/importers/dmarc.ts'
import { samples } from '../../fixtures/importers/dmarc.ts'
import { NOW, readAll, refusalOf } from './read-all.ts'
import { factsOf } from './xml-facts.ts'

const [rfc7489 = '', rfc9990 = ''] = samples.map(({ text }) => text)
const read = (text: string, options = {}) => readAll(dmarcImporter, text, options)

test('messages are counted by their aligned results; either one is a pass', async () => {
  const { summary, assets, findings, warnings } = await read(rfc7489)
  expect({ assets, findings, warnings }).toEqual({ assets: [], findings: [], warnings: [] })
  expect(summary).toMatchObject({
    tool: 'DMARC report of mail.example.net',
    scope: 'example.com',
    scanDate: '2026-03-02T23:59:59.000Z',
    records: 3,
    gaps: [],
  })
  expect(summary.counts).toEqual({
    messages: 47,
    dmarcPass: 42,
    distinctSourceIps: 2,
    dkimPass: 42,
    dkimFail: 5,
    spfPass: 2,
    spfFail: 45,
    dispositionNone: 42,
    dispositionReject: 5,
  })
})

test('the policy is what the receiver saw published, whoever uploads the file', async () => {
  const { summary } = await read(rfc7489, { viewpoint: 'internal' })
  expect(summary.facts[0]).toEqual({
    key: 'email.dmarc_policy',
    scope: { viewpoint: 'external', subject: 'example.com' },
    value: 'reject',
    observedAt: '2026-03-02T23:59:59.000Z',
    completeness: 'complete',
    note: 'As published when mail.example.net evaluated mail.',
    collector: 'DMARC report of mail.example.net',
  })
  expect(factsOf(await read(rfc7489))).toEqual({
    'email.dmarc_policy': 'reject complete',
    'email.dmarc_subdomain_policy': 'quarantine complete',
    'email.dmarc_pct': '50 complete',
  })
})

test('a policy that is tested only, and one of subdomains that is not named, are partial', async () => {
  const whole = await read(rfc9990)
  expect(factsOf(whole)).toEqual({
    'email.dmarc_policy': 'quarantine partial',
    'email.dmarc_subdomain_policy': 'quarantine partial',
  })
  expect(whole.summary.counts).toMatchObject({ messages: 9, dmarcPass: 9, dispositionPass: 9 })
  expect(whole.summary.tool).toBe('DMARC report')
})

test.each([
  ['<p>reject</p>', '<p>REJECT</p>', 'reject complete'],
  ['<p>reject</p>', '<p>monitor</p>', 'invalid complete'],
  ['<p>reject</p>', '', undefined],
])('%s turned into "%s"', async (from, to, expected) => {
  expect(factsOf(await read(rfc7489.replace(from, to)))['email.dmarc_policy']).toBe(expected)
})

test('words that no standard knows are counted together', async () => {
  const { summary } = await read(
    rfc7489.replace('<disposition>reject', '<disposition>__proto__').replace('<dkim>fail', '<dkim>'),
  )
  expect(summary.counts).toMatchObject({ dispositionOther: 5, dkimMissing: 5 })
})

test('a record without a number of messages is told', async () => {
  const { summary, warnings } = await read(rfc7489.replace('<count>40</count>', '<count>many</count>'))
  expect(summary.counts.messages).toBe(7)
  expect(warnings).toEqual(['1 record without a readable number of messages.'])
})

test('without an end of its period there is no fact', async () => {
  const { summary, warnings } = await read(rfc7489.replace(/<end>\d+<\/end>/, '<end>0</end>'))
  expect(summary.facts).toEqual([])
  expect(warnings).toEqual(['The report names no end of its period, so no facts follow from it.'])
})

test('a period that ends within the minute was observed now', async () => {
  const now = new Date('2026-03-02T23:58:00Z')
  const { summary } = await read(rfc7489, { now })
  expect(summary.facts.map(({ observedAt }) => observedAt)).toEqual(Array(3).fill(now.toISOString()))
  expect(NOW > now).toBe(true)
})

test('an error that the receiver reports is a gap', async () => {
  const { summary } = await read(
    rfc7489.replace('</date_range>', '</date_range><error>Too many records</error>'),
  )
  expect(summary.gaps).toEqual(['The receiver reports an error: Too many records.'])
  expect(summary.facts.every(({ completeness }) => completeness === 'partial')).toBe(true)
})

test('more messages than are sent in the world are refused', async () => {
  const refusal = await refusalOf(dmarcImporter, rfc7489.replaceAll(/<count>\d+/g, '<count>999999999999'))
  expect(refusal?.code).toBe('hostile')
})

test('feedback of another kind is not claimed', () => {
  expect(dmarcImporter.recognises(Buffer.from('<feedback><rating>5</rating></feedback>'))).toBe(false)
})
