import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import * as dnsPacket from 'dns-packet'
import { afterEach, expect, it, test } from 'vitest'
import { commandFor } from '#evidence/checks/commands.ts'
import { openAsker, readServer } from '#evidence/checks/dns-asker.server.ts'
import { textOf } from '#evidence/checks/observation.ts'
import { openPace } from '#evidence/checks/pace.server.ts'
import { a, cname, type Script, startDnsServer, txt } from './dns-server.ts'
import { loopbackNetwork } from './loopback.ts'

let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  stop = undefined
})

function askerAt(server: { address: string; port: number }, signal = AbortSignal.timeout(5000)) {
  const network = loopbackNetwork({ address: server.address, port: server.port })
  return openAsker({ network, signal, clock: () => new Date(), pace: openPace({ atOnce: 4, everyMs: 0 }) })
}

async function openWith(zone: Record<string, Script>) {
  const server = await startDnsServer(zone)
  stop = server.close
  return { server, asker: askerAt(server) }
}

test.each<[string, Script | undefined, object]>([
  ['a name that does not exist', undefined, { outcome: 'no-name', failure: null }],
  ['a name without such a record', {}, { outcome: 'no-data', failure: null }],
  ['SERVFAIL', { rcode: 'SERVFAIL' }, { outcome: 'failed', failure: 'servfail' }],
  ['REFUSED', { rcode: 'REFUSED' }, { outcome: 'failed', failure: 'refused' }],
  ['silence', { silent: true }, { outcome: 'failed', failure: 'timeout' }],
  ['noise', { raw: Buffer.alloc(40, 0xff) }, { outcome: 'failed', failure: 'malformed' }],
  [
    'a message cut short',
    { raw: Buffer.from([0, 0, 0x81, 0x80, 0, 1]) },
    { outcome: 'failed', failure: 'malformed' },
  ],
])('%s', async (_, script, expected) => {
  const { asker } = await openWith(script ? { 'x.test TXT': script } : {})
  expect(await asker.ask('x.test', 'TXT')).toMatchObject({ ...expected, records: [] })
})

it('asks again by TCP when the answer was cut, and takes a long TXT whole', async () => {
  const long = 'v=spf1 '.padEnd(4000, 'x')
  const { asker, server } = await openWith({ 'x.test TXT': { ...txt('x.test', long), cut: true } })
  const lookup = await asker.ask('x.test', 'TXT')
  expect(lookup.records.map(textOf)).toEqual([long])
  expect(server.asked.map(({ transport }) => transport)).toEqual(['udp', 'tcp'])
  expect(lookup.observations[0]?.transport).toBe('tcp')
})

it('refuses an answer that is larger than any such record needs', async () => {
  const { asker } = await openWith({ 'x.test TXT': { ...txt('x.test', 'y'.repeat(20_000)), cut: true } })
  expect(await asker.ask('x.test', 'TXT')).toMatchObject({ outcome: 'failed', failure: 'oversize' })
})

it('follows aliases within one answer and over several', async () => {
  const zone = {
    'one.test TXT': {
      answers: [
        ...(cname('one.test', 'two.test').answers ?? []),
        ...(txt('two.test', 'at two').answers ?? []),
      ],
    },
    'half.test TXT': cname('half.test', 'three.test'),
    'three.test TXT': txt('three.test', 'at three'),
  }
  const { asker } = await openWith(zone)
  expect((await asker.ask('one.test', 'TXT')).records.map(textOf)).toEqual(['at two'])
  const half = await asker.ask('half.test', 'TXT')
  expect(half.records.map(textOf)).toEqual(['at three'])
  expect(half.observations).toHaveLength(2)
})

test.each<[string, Record<string, Script>]>([
  [
    'in one answer',
    {
      'x.test A': {
        answers: [...(cname('x.test', 'y.test').answers ?? []), ...(cname('y.test', 'x.test').answers ?? [])],
      },
    },
  ],
  ['over two', { 'x.test A': cname('x.test', 'y.test'), 'y.test A': cname('y.test', 'x.test') }],
  ['to itself', { 'x.test A': cname('x.test', 'x.test') }],
  [
    'without end',
    Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `${n ? `n${n}` : 'x'}.test A`,
        cname(`${n ? `n${n}` : 'x'}.test`, `n${n + 1}.test`),
      ]),
    ),
  ],
])('gives up on aliases that lead in a circle: %s', async (_, zone) => {
  const { asker, server } = await openWith(zone)
  expect(await asker.ask('x.test', 'A')).toMatchObject({ outcome: 'failed', failure: 'cname-loop' })
  expect(server.asked.length).toBeLessThan(12)
})

it('takes no record of another name', async () => {
  const { asker } = await openWith({ 'x.test A': a('other.test', '192.0.2.5') })
  expect(await asker.ask('x.test', 'A')).toMatchObject({ outcome: 'no-data', records: [] })
})

it('waits past answers with another number or another question', async () => {
  const server = createSocket('udp4')
  server.on('message', (message, from) => {
    const { id, questions } = dnsPacket.decode(message)
    const answers = [{ type: 'A' as const, name: 'x.test', ttl: 1, data: '192.0.2.66' }]
    const forged = dnsPacket.encode({ type: 'response', id: ((id ?? 0) + 1) % 65_536, questions, answers })
    const strange = dnsPacket.encode({
      type: 'response',
      id,
      questions: [{ type: 'A', name: 'y.test' }],
      answers,
    })
    const real = dnsPacket.encode({
      type: 'response',
      id,
      questions,
      answers: [{ ...answers[0]!, data: '192.0.2.1' }],
    })
    for (const bytes of [forged, strange, real]) server.send(bytes, from.port, from.address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  stop = async () => void server.close()
  const lookup = await askerAt(server.address()).ask('x.test', 'A')
  expect(lookup.records.map(({ data }) => data)).toEqual(['192.0.2.1'])
})

it('asks the same question once', async () => {
  const { asker, server } = await openWith({ 'x.test A': a('x.test', '192.0.2.5') })
  await Promise.all([asker.ask('x.test', 'A'), asker.ask('X.test.', 'A')])
  expect(server.asked).toHaveLength(1)
})

it('stops when its time is over, and asks no more than its share of questions', async () => {
  const { asker, server } = await openWith({ 'x.test A': { silent: true } })
  const late = askerAt(server, AbortSignal.timeout(50))
  expect(await late.ask('x.test', 'A')).toMatchObject({ failure: 'out-of-time' })
  const all = await Promise.all(Array.from({ length: 250 }, (_, n) => asker.ask(`n${n}.test`, 'A')))
  expect(all.filter(({ failure }) => failure === 'too-many-questions')).toHaveLength(50)
})

test.each(['a..test', `${'x'.repeat(64)}.test`, 'x.'.repeat(130)])('asks nobody for %s', async (name) => {
  const { asker, server } = await openWith({})
  expect(await asker.ask(name, 'A')).toMatchObject({ failure: 'bad-name' })
  expect(server.asked).toHaveLength(0)
})

it('writes bytes that could steer a page or a terminal as digits', async () => {
  const { asker } = await openWith({ 'x.test TXT': txt('x.test', 'a\u001b[31m\u202eé') })
  expect((await asker.ask('x.test', 'TXT')).records.map(textOf)).toEqual([
    'a\\027[31m\\226\\128\\174\\195\\169',
  ])
})

it('says how to repeat the question, and quotes what a stranger chose', async () => {
  const { asker } = await openWith({})
  const [seen] = (await asker.ask("a;rm$(x)'.test", 'TXT', { dnssec: true })).observations
  expect(seen && commandFor(seen)).toBe(`dig 'a;rm$(x)'\\''.test' TXT +dnssec`)
  const quad9 = { ...seen!, name: 'x.test', server: '9.9.9.9:53', dnssec: false }
  expect(commandFor(quad9)).toBe('dig x.test TXT @9.9.9.9')
})

test.each([
  ['9.9.9.9', { address: '9.9.9.9', port: 53 }],
  ['127.0.0.1:5353', { address: '127.0.0.1', port: 5353 }],
  ['2620:fe::fe', { address: '2620:fe::fe', port: 53 }],
  ['[2620:fe::fe]:5300', { address: '2620:fe::fe', port: 5300 }],
  ['dns.example', null],
  ['', null],
])('reads %s as a resolver', (text, expected) => {
  expect(readServer(text)).toEqual(expected)
})
