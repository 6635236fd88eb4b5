import { afterEach, describe, expect, it, test } from 'vitest'
import { checkMail } from '#evidence/checks/mail-check.server.ts'
import { mailFacts } from '#evidence/checks/mail-facts.ts'
import { a, cname, mx, type Script, soa, startDnsServer, txt } from './dns-server.ts'
import { loopbackNetwork } from './loopback.ts'

const KEY = Buffer.alloc(294, 5).toString('base64')
const D = 'example.com'
let stop: (() => Promise<void>) | undefined

afterEach(() => stop?.())

async function check(
  zone: Record<string, Script | ((asked: { transport: string }, times: number) => Script)>,
  options: { domain?: string; selectors?: string[]; patience?: number } = {},
) {
  const server = await startDnsServer(zone)
  stop = server.close
  const network = loopbackNetwork(server)
  const domain = options.domain ?? D
  const result = await checkMail({
    domain,
    selectors: options.selectors ?? [],
    network,
    clock: () => new Date(),
  })
  const facts = mailFacts(result.reading, {
    observedAt: new Date('2026-01-05T10:00:00Z'),
    otherDomainsUnknown: () => [],
  })
  return {
    ...result,
    server,
    fact: (key: string) => facts.find((fact) => fact.key === key)?.value,
    entry: (topic: string) => result.reading.entries.find((entry) => entry.topic === topic),
  }
}

const spfZone = (record: string, more: Record<string, Script> = {}) => ({
  [`${D} TXT`]: txt(D, record),
  ...more,
})
const many = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `i${n}.test TXT`,
      txt(`i${n}.test`, 'v=spf1 ip4:192.0.2.99 -all'),
    ]),
  )
const includes = (count: number) => Array.from({ length: count }, (_, n) => `include:i${n}.test`).join(' ')

describe('SPF', () => {
  test.each<[string, string, Record<string, Script>]>([
    [
      'fail',
      'v=spf1 mx -all',
      { [`${D} MX`]: mx(D, 'mx.example.com'), 'mx.example.com A': a('mx.example.com', '198.51.100.7') },
    ],
    ['softfail', 'v=spf1 ip4:198.51.100.0/24 ~all', {}],
    ['neutral', 'v=spf1 ?all', {}],
    ['neutral', 'v=spf1 ip4:198.51.100.0/24', {}],
    ['pass-all', 'v=spf1 +all', {}],
    ['pass-all', 'v=spf1 all', {}],
    ['pass-all', 'v=spf1 ip4:0.0.0.0/0 -all', {}],
    ['pass-all', 'v=spf1 include:open.test -all', { 'open.test TXT': txt('open.test', 'v=spf1 +all') }],
    // One listed network happens to hold the stranger that asks first.
    ['fail', 'v=spf1 ip4:192.0.2.0/24 -all', {}],
    ['fail', 'v=spf1 redirect=r.test', { 'r.test TXT': txt('r.test', 'v=spf1 -all') }],
    ['permerror', 'v=spf1 redirect=missing.test', {}],
    ['permerror', 'v=spf1 include:missing.test -all', {}],
    ['permerror', 'v=spf1 ipv4:198.51.100.1 -all', {}],
    ['permerror', 'v=spf1 ip4:300.1.1.1 -all', {}],
    ['fail', `v=spf1 ${includes(10)} -all`, many(10)],
    ['permerror', `v=spf1 ${includes(11)} -all`, many(11)],
    ['permerror', 'v=spf1 a:v1.test a:v2.test a:v3.test -all', {}],
    [
      'permerror',
      'v=spf1 include:twice.test -all',
      { 'twice.test TXT': txt('twice.test', 'v=spf1 -all', 'v=spf1 ~all') },
    ],
  ])('%s: %s', async (result, record, more) => {
    const { fact } = await check(spfZone(record, more))
    expect(fact('email.spf_result')).toBe(result)
  })

  it('is none where other texts stand, and multiple where two records do', async () => {
    const none = await check({ [`${D} TXT`]: txt(D, 'google-site-verification=x', 'v=spf10 -all') })
    expect(none.fact('email.spf_result')).toBe('none')
    await stop?.()
    const two = await check({ [`${D} TXT`]: txt(D, 'v=spf1 -all', 'V=SPF1 ~all') })
    expect(two.fact('email.spf_result')).toBe('multiple')
  })

  it('joins the strings of one record without a space', async () => {
    const { fact } = await check({ [`${D} TXT`]: txt(D, ['v=spf1 ip4:198.51.100.1 -a', 'll']) })
    expect(fact('email.spf_result')).toBe('fail')
  })

  it('gives no fact when an included record could not be asked for', async () => {
    const { fact, entry } = await check(
      spfZone('v=spf1 include:broken.test -all', { 'broken.test TXT': { rcode: 'SERVFAIL' } }),
    )
    expect(fact('email.spf_result')).toBeUndefined()
    expect(entry('spf')).toMatchObject({ verdict: 'unknown' })
  })

  it('counts the lookups', async () => {
    const { entry } = await check(spfZone(`v=spf1 ${includes(3)} -all`, many(3)))
    expect(entry('spf')?.notes).toContain('3 of at most 10 lookups.')
  })
})

describe('DKIM', () => {
  const key = (selector: string, text = `v=DKIM1; k=rsa; p=${KEY}`) => ({
    [`${selector}._domainkey.${D} TXT`]: txt(`${selector}._domainkey.${D}`, text),
  })

  it('finds named and common selectors, through aliases too', async () => {
    const zone = {
      ...key('acme'),
      ...key('google'),
      [`selector1._domainkey.${D} TXT`]: cname(`selector1._domainkey.${D}`, 'k.provider.test'),
      'k.provider.test TXT': txt('k.provider.test', `v=DKIM1; p=${KEY}`),
    }
    const { fact, entry } = await check(zone, { selectors: ['acme'] })
    expect(fact('email.dkim_selectors_found')).toBe(3)
    expect(fact('email.dkim_unresolved_selectors')).toBe(0)
    expect(entry('dkim')).toMatchObject({ verdict: 'good' })
  })

  it('counts named selectors that do not exist, and says nothing of them when none was named', async () => {
    const named = await check({ ...key('google') }, { selectors: ['gone', 'google'] })
    expect(named.fact('email.dkim_unresolved_selectors')).toBe(1)
    expect(named.entry('dkim')?.means).toContain('gone')
    await stop?.()
    const none = await check({ ...key('google') })
    expect(none.fact('email.dkim_unresolved_selectors')).toBeUndefined()
  })

  test.each([
    ['withdrawn', 'v=DKIM1; p='],
    ['of another version', `v=DKIM2; p=${KEY}`],
    ['no key', 'hello'],
    ['not base64', 'v=DKIM1; p=***'],
  ])('does not count a key that is %s', async (_, text) => {
    const { fact } = await check(key('default', text))
    expect(fact('email.dkim_selectors_found')).toBe(0)
  })

  it('does not take a wildcard for thirty keys', async () => {
    const server = new Proxy<Record<string, Script>>(
      {},
      {
        get: (_, name) =>
          String(name).includes('._domainkey.') && String(name).endsWith(' TXT')
            ? txt(String(name).split(' ')[0] ?? '', `p=${KEY}`)
            : undefined,
      },
    )
    const { fact } = await check(server, { selectors: ['mine'] })
    expect(fact('email.dkim_selectors_found')).toBe(1)
  })

  it('is partial when one selector could not be asked, and unknown when none was found', async () => {
    const failing = { [`s1._domainkey.${D} TXT`]: { rcode: 'SERVFAIL' as const } }
    const { reading } = await check({ ...key('google'), ...failing })
    const [found] = mailFacts(reading, { observedAt: new Date(), otherDomainsUnknown: () => [] }).filter(
      (f) => f.key === 'email.dkim_selectors_found',
    )
    expect(found).toMatchObject({ value: 1, completeness: 'partial' })
    await stop?.()
    expect((await check(failing)).fact('email.dkim_selectors_found')).toBeUndefined()
  })
})

describe('DMARC', () => {
  const zone = (text: string) => ({ [`_dmarc.${D} TXT`]: txt(`_dmarc.${D}`, text) })

  test.each<[string, Partial<Record<'policy' | 'sub' | 'pct' | 'rua', unknown>>]>([
    ['v=DMARC1; p=reject; rua=mailto:d@x.test', { policy: 'reject', sub: 'reject', pct: 100, rua: true }],
    ['v=DMARC1;p=quarantine;sp=none;pct=25', { policy: 'quarantine', sub: 'none', pct: 25, rua: false }],
    ['v=DMARC1; p=none', { policy: 'none', sub: 'none', pct: 100, rua: false }],
    ['v=DMARC1; p=reject; t=y', { policy: 'reject', pct: 0 }],
    ['v=DMARC1; p=block', { policy: 'invalid', sub: 'invalid', pct: undefined }],
    ['v=DMARC1', { policy: 'invalid' }],
    ['p=reject; v=DMARC1', { policy: 'absent' }],
    ['v=DMARC1; p=reject; sp=maybe', { policy: 'reject', sub: 'invalid' }],
  ])('%s', async (text, expected) => {
    const { fact } = await check(zone(text))
    const seen = {
      policy: fact('email.dmarc_policy'),
      sub: fact('email.dmarc_subdomain_policy'),
      pct: fact('email.dmarc_pct'),
      rua: fact('email.dmarc_rua_present'),
    }
    expect(seen).toMatchObject(expected)
  })

  it('says nothing about a domain that the resolver does not know: it may be the resolver that is wrong', async () => {
    const { reading, fact } = await check({}, { domain: 'unknown.example' })
    expect(fact('email.spf_result')).toBeUndefined()
    expect(fact('email.dmarc_policy')).toBeUndefined()
    expect(new Set(reading.entries.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
  })

  it('falls back to the organisational domain, whose subdomain policy applies', async () => {
    const text = 'v=DMARC1; p=reject; sp=quarantine'
    const domain = 'shop.mail.firm.co.uk'
    const records = {
      '_dmarc.firm.co.uk TXT': txt('_dmarc.firm.co.uk', text),
      [`${domain} TXT`]: txt(domain, 'a name that is there'),
    }
    const { fact, entry, server } = await check(records, { domain })
    expect(fact('email.dmarc_policy')).toBe('quarantine')
    expect(entry('dmarc')?.notes.join(' ')).toContain('that of firm.co.uk applies')
    expect(server.asked.map(({ name }) => name)).not.toContain('_dmarc.co.uk')
  })

  it('is absent without a record, invalid with two, and unknown when the resolver fails', async () => {
    expect((await check({})).fact('email.dmarc_policy')).toBe('absent')
    await stop?.()
    const two = await check({
      [`_dmarc.${D} TXT`]: txt(`_dmarc.${D}`, 'v=DMARC1; p=none', 'v=DMARC1; p=reject'),
    })
    expect(two.fact('email.dmarc_policy')).toBe('invalid')
    await stop?.()
    const failing = await check({ [`_dmarc.${D} TXT`]: { rcode: 'SERVFAIL' } })
    expect(failing.fact('email.dmarc_policy')).toBeUndefined()
    expect(failing.entry('dmarc')?.means).toContain('SERVFAIL')
  })

  it('does not take a failing organisational domain for an absent record', async () => {
    const { fact } = await check(
      { '_dmarc.firm.co.uk TXT': { rcode: 'SERVFAIL' } },
      { domain: 'mail.firm.co.uk' },
    )
    expect(fact('email.dmarc_policy')).toBeUndefined()
  })
})

describe('TLS-RPT and DNSSEC', () => {
  it('needs one TLS-RPT record with a place for reports', async () => {
    const record = (text: string) => ({ [`_smtp._tls.${D} TXT`]: txt(`_smtp._tls.${D}`, text) })
    expect((await check(record('v=TLSRPTv1; rua=mailto:t@x.test'))).fact('email.tls_rpt_present')).toBe(true)
    await stop?.()
    expect((await check(record('v=TLSRPTv1'))).fact('email.tls_rpt_present')).toBe(false)
    await stop?.()
    expect((await check({})).fact('email.tls_rpt_present')).toBe(false)
  })

  const dsRecord: Script = {
    answers: [
      {
        name: D,
        type: 'DS',
        ttl: 1,
        data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) },
      },
    ],
  }
  test.each<[string, boolean | undefined, Record<string, Script | ((asked: never) => Script)>]>([
    ['the resolver validated it', true, { [`${D} SOA`]: soa(D, { authenticated: true }) }],
    ['the parent has a DS record', true, { [`${D} SOA`]: soa(D), [`${D} DS`]: dsRecord }],
    [
      'no DS, and the resolver shows DS records elsewhere',
      false,
      { [`${D} SOA`]: soa(D), 'com DS': { answers: dsRecord.answers } },
    ],
    ['the resolver shows no DS record at all', undefined, { [`${D} SOA`]: soa(D) }],
    ['the resolver fails', undefined, { [`${D} SOA`]: { rcode: 'SERVFAIL' } }],
  ])('signed when %s: %s', async (_, signed, zone) => {
    const fixed = { ...zone }
    const control = fixed['com DS']
    if (control && typeof control !== 'function')
      fixed['com DS'] = { answers: control.answers?.map((r) => ({ ...r, name: 'com' })) }
    const { fact, server } = await check(fixed as Record<string, Script>)
    expect(fact('email.dnssec_signed')).toBe(signed)
    expect(server.asked.filter(({ type }) => type === 'SOA').every(({ dnssec }) => dnssec)).toBe(true)
  })

  it('tells signatures that fail from a resolver that fails', async () => {
    const { entry, fact } = await check({
      [`${D} SOA`]: ((asked: { unchecked: boolean }) =>
        asked.unchecked ? soa(D) : { rcode: 'SERVFAIL' }) as never,
    })
    expect(entry('dnssec')).toMatchObject({ verdict: 'bad', shown: 'Signatures fail' })
    expect(fact('email.dnssec_signed')).toBeUndefined()
  })
})
