import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { runCheckDomain } from '#app/cli/check-domain.ts'
import { soa, startDnsServer, txt } from '../evidence/checks/dns-server.ts'
import { loopbackNetwork } from '../evidence/checks/loopback.ts'

const D = 'example.com'
let dns: Awaited<ReturnType<typeof startDnsServer>>

beforeAll(async () => {
  dns = await startDnsServer({
    [`${D} TXT`]: txt(D, 'v=spf1 -all', 'hello \u001b[31mred'),
    [`${D} SOA`]: soa(D, { authenticated: true }),
    [`_dmarc.${D} TXT`]: txt(`_dmarc.${D}`, 'v=DMARC1; p=reject; rua=mailto:d@example.com'),
  })
})
afterAll(() => dns?.close())

async function run(...argv: string[]) {
  let out = ''
  let err = ''
  const streams = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  }
  const status = await runCheckDomain(argv, streams, loopbackNetwork(null))
  return { status, out, err }
}

const server = () => `127.0.0.1:${dns.port}`

it('says what each record means and how to repeat the question', async () => {
  const { status, out } = await run(D, '--dns-server', server())
  expect(status).toBe(0)
  expect(out).toContain('SPF: Fail (-all)')
  expect(out).toContain('DMARC: reject')
  expect(out).toContain(`$ dig ${D} TXT`)
  expect(out).toContain('DNS answers about the domain are signed (DNSSEC): yes')
  expect(out).not.toContain('\u001b')
})

it('prints facts and the whole evidence as JSON', async () => {
  const { status, out } = await run(D, '--json', '--dns-server', server(), '--selector', 'gone')
  expect(status).toBe(0)
  const { facts, evidence } = JSON.parse(out)
  expect(facts).toContainEqual(expect.objectContaining({ key: 'email.dkim_unresolved_selectors', value: 1 }))
  expect(evidence.observations.length).toBeGreaterThan(40)
})

it('ends with 1 when something could not be asked', async () => {
  dns.zone[`_dmarc.${D} TXT`] = { rcode: 'SERVFAIL' }
  const { status, out } = await run(D, '--dns-server', server())
  expect(status).toBe(1)
  expect(out).toContain('DMARC: Not known')
})

test.each([
  [[], 'Name one domain'],
  [['a.test', 'b.test'], 'Name one domain'],
  [['192.0.2.1'], 'is no domain'],
  [['x.test', '--dns-server', 'dns.test'], 'is no resolver'],
  [['x.test', '--dns-server', '127.0.0.1:99999'], 'is no resolver'],
  [['x.test', '--selector', 'bad!'], 'is no DKIM selector'],
  [['x.test', '--unknown'], 'unknown'],
])('refuses %j', async (argv, words) => {
  const { status, err, out } = await run(...argv)
  expect(status).toBe(2)
  expect(err).toContain(words)
  expect(out).toBe('')
})
