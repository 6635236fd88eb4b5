import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PermissionInput } from '#app/services/check-input.ts'
import { recordPermission, withdrawPermission } from '#app/services/check-permissions.server.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { openRevision, withdrawEvidence } from '#app/services/evidence.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'
import { runLiveCheck } from '#app/services/live-check-run.server.ts'
import {
  getCheckProgress,
  getLiveChecks,
  nameSelectors,
  startExposureCheck,
  startMailCheck,
} from '#app/services/live-checks.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { canonicalJson } from '#evidence/canonical.ts'
import type { Fact } from '#evidence/facts.ts'
import { a, type Script, startDnsServer, txt } from '../evidence/checks/dns-server.ts'
import { closedPort, type Host, loopbackNetwork, startTcpHost } from '../evidence/checks/loopback.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let dns: Awaited<ReturnType<typeof startDnsServer>>
let host: Host
let member: Member
let clientId: string

const STRONG = (domain: string): Record<string, Script> => ({
  [`${domain} TXT`]: txt(domain, 'v=spf1 -all'),
  [`_dmarc.${domain} TXT`]: txt(`_dmarc.${domain}`, 'v=DMARC1; p=reject; rua=mailto:d@x.test'),
})

beforeAll(async () => {
  dns = await startDnsServer({})
  host = await startTcpHost()
  const closed = await closedPort()
  const port = (number: number, exposure: 'rdp' | 'telnet') => ({
    port: number,
    label: 'Test',
    exposure,
    tls: false,
    means: '',
  })
  const network = loopbackNetwork(dns, { ports: [port(host.port, 'rdp'), port(closed, 'telnet')] })
  world = await openWorld({ withJobs: true, network })
})

afterAll(async () => {
  await world?.close()
  await dns?.close()
  await host?.close()
})

beforeEach(async () => {
  world.setClock(null)
  member = (await world.signUpMember('Olive Owner')).member
  clientId = await createClient(member, {
    ...demoClients(new Date()).dental,
    domains: ['one.test', 'two.test'],
  })
  for (const key of Object.keys(dns.zone)) delete dns.zone[key]
  Object.assign(dns.zone, STRONG('one.test'), STRONG('two.test'), {
    'vpn.one.test A': a('vpn.one.test', '127.0.0.1'),
  })
})

async function ended(checkId: string) {
  for (let tries = 0; tries < 200; tries += 1) {
    const progress = await getCheckProgress(member, checkId)
    if (progress.state === 'done' || progress.state === 'failed') return progress
    await sleep(50)
  }
  throw new Error('The check did not end')
}

async function facts(): Promise<Fact[]> {
  const { organisationId } = member
  const rows = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    scans.listFacts(tx, organisationId, clientId),
  )
  return rows.map(({ fact }) => fact.fact)
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const permission = (more: Record<string, string> = {}) =>
  PermissionInput.parse({
    intent: 'grant',
    targets: 'vpn.one.test',
    scope: 'both',
    grantedByName: 'Ada Approver',
    grantedByTitle: 'Owner',
    reference: 'Letter of authority of this week, signed',
    revisionId: '',
    grantedOn: day(-1),
    expiresOn: day(30),
    ...more,
  })

describe('a check of mail records', () => {
  it('becomes evidence, facts and a ledger entry', async () => {
    const checkId = await startMailCheck(member, clientId, ['one.test', 'two.test'])
    expect(await ended(checkId)).toMatchObject({ state: 'done', failure: null })
    const spf = (await facts()).filter(({ key }) => key === 'email.spf_result')
    expect(spf).toMatchObject([
      { value: 'fail', completeness: 'complete', scope: { viewpoint: 'external' } },
      { value: 'fail', completeness: 'complete' },
    ])
    expect(spf.map(({ scope }) => scope.subject).sort()).toEqual(['one.test', 'two.test'])
    const { entries } = await listLedger(member)
    const entry = entries.find(({ kind }) => kind === 'check.finished')
    const payload = JSON.parse(entry?.payload ?? '{}')
    expect(payload).toMatchObject({ checkId, subjects: ['one.test', 'two.test'] })
    expect((await checkLedger(member)).verdict.ok).toBe(true)

    const { revision, stream } = await openRevision(member, payload.revisionId)
    const text = Buffer.concat(await stream.toArray()).toString()
    const file = JSON.parse(text)
    expect(canonicalJson(file)).toBe(text)
    expect(file).toMatchObject({ type: 'https://attested.example/live-check/v1', kind: 'mail' })
    const asked = file.observations.find(
      (o: { name: string; type: string }) => o.name === 'one.test' && o.type === 'TXT',
    )
    expect(asked).toMatchObject({ server: `127.0.0.1:${dns.port}`, answers: [{ strings: ['v=spf1 -all'] }] })
    expect(revision.mediaType).toBe('application/json')
  })

  it('gives no fact for what could not be asked, and lets nothing else prove it for all domains', async () => {
    dns.zone['_dmarc.two.test TXT'] = { rcode: 'SERVFAIL' }
    await ended(await startMailCheck(member, clientId, ['one.test', 'two.test']))
    const dmarc = (await facts()).filter(({ key }) => key === 'email.dmarc_policy')
    expect(dmarc).toMatchObject([
      { value: 'reject', completeness: 'partial', scope: { subject: 'one.test' } },
    ])
    expect(dmarc[0]?.note).toContain('two.test')
  })

  it('is partial for one of two domains, until the other was seen within a week', async () => {
    await ended(await startMailCheck(member, clientId, ['one.test']))
    const spf = async (subject: string) =>
      (await facts()).find((f) => f.key === 'email.spf_result' && f.scope.subject === subject)
    expect(await spf('one.test')).toMatchObject({ completeness: 'partial' })
    await ended(await startMailCheck(member, clientId, ['two.test']))
    expect(await spf('two.test')).toMatchObject({ completeness: 'complete' })
  })

  it('asks for the selectors that were named', async () => {
    await nameSelectors(member, clientId, 'one.test', ['acme'])
    await ended(await startMailCheck(member, clientId, ['one.test']))
    expect((await facts()).find(({ key }) => key === 'email.dkim_unresolved_selectors')).toMatchObject({
      value: 1,
    })
    const page = await getLiveChecks(member, clientId)
    expect(page.domains[0]).toMatchObject({
      selectors: ['acme'],
      latest: { reading: { domain: 'one.test' } },
    })
    expect(page.domains[1]?.latest).toBeNull()
  })

  it('stops counting when its evidence is withdrawn', async () => {
    await ended(await startMailCheck(member, clientId, ['one.test']))
    const before = await getLiveChecks(member, clientId)
    const evidenceId = before.domains[0]?.latest?.evidence?.id ?? ''
    await withdrawEvidence(member, evidenceId, 'Asked the wrong resolver')
    expect(await facts()).toEqual([])
    const after = await getLiveChecks(member, clientId)
    expect(after.domains[0]?.latest?.evidence?.withdrawnAt).toBeInstanceOf(Date)
  })

  it('is done once, though its job comes twice', async () => {
    const checkId = await startMailCheck(member, clientId, ['one.test'])
    await ended(checkId)
    const before = (await listLedger(member)).entries[0]?.hash
    await runLiveCheck(member.organisationId, checkId)
    expect((await listLedger(member)).entries[0]?.hash).toBe(before)
  })

  it('is refused for a strange domain, an archived client, and when others are under way or it was too much', async () => {
    await expect(startMailCheck(member, clientId, ['three.test'])).rejects.toThrow(
      'Add it to the client first',
    )
    const { jobs } = getRuntime()
    getRuntime().jobs = { enqueue: async () => undefined }
    try {
      for (let n = 0; n < 3; n += 1) await startMailCheck(member, clientId, ['one.test'])
      await expect(startMailCheck(member, clientId, ['one.test'])).rejects.toThrow('under way')
    } finally {
      getRuntime().jobs = jobs
    }
    await setClientArchived(member, clientId, true)
    await expect(startMailCheck(member, clientId, ['one.test'])).rejects.toThrow('archived')
  })

  it('is limited for each organisation', async () => {
    const { jobs } = getRuntime()
    const domains = Array.from({ length: 50 }, (_, n) => `d${n}.test`)
    const big = await createClient(member, { ...demoClients(new Date()).dental, domains })
    getRuntime().jobs = { enqueue: async (job) => ('checkId' in job ? failSoon(job.checkId) : undefined) }
    const queued: string[] = []
    const failSoon = async (id: string) => void queued.push(id)
    const { failLiveCheck } = await import('#app/services/live-check-keeping.server.ts')
    try {
      for (let n = 0; n < 4; n += 1) {
        await startMailCheck(member, big, domains)
        for (const id of queued.splice(0))
          await failLiveCheck(member.organisationId, id, 'Stopped by the test.')
      }
      await expect(startMailCheck(member, big, domains)).rejects.toThrow(/Try again in \d+ minutes/)
    } finally {
      getRuntime().jobs = jobs
    }
    expect((await getLiveChecks(member, big)).failed).toMatchObject([{ failure: 'Stopped by the test.' }])
  })
})

describe('a check of ports', () => {
  it('needs a permission, and says what was seen as facts about its targets', async () => {
    const permissionId = await recordPermission(member, clientId, permission())
    expect(
      await ended(await startExposureCheck(member, clientId, permissionId, ['vpn.one.test'])),
    ).toMatchObject({ state: 'done' })
    const found = await facts()
    const value = (key: string) => found.find((fact) => fact.key === key)
    expect(value('exposure.rdp_open_count')).toMatchObject({
      value: 1,
      completeness: 'complete',
      scope: { viewpoint: 'external', subject: 'vpn.one.test' },
    })
    expect(value('exposure.telnet_open_count')).toMatchObject({ value: 0, completeness: 'complete' })
    const kinds = (await listLedger(member)).entries.map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['check.permitted', 'check.finished']))
    const page = await getLiveChecks(member, clientId)
    expect(page.permissions[0]).toMatchObject({ state: 'valid', latest: { subjects: ['vpn.one.test'] } })
  })

  it('is refused for what the permission does not cover', async () => {
    const permissionId = await recordPermission(member, clientId, permission())
    const before = host.connections()
    for (const target of ['www.one.test', '127.0.0.1', '8.8.8.8', '10.0.0.1'])
      await expect(startExposureCheck(member, clientId, permissionId, [target])).rejects.toThrow(
        `does not cover ${target}`,
      )
    expect(host.connections()).toBe(before)
  })

  it('is refused before, after, and once the permission was revoked', async () => {
    const permissionId = await recordPermission(
      member,
      clientId,
      permission({ grantedOn: day(0), expiresOn: day(10) }),
    )
    const attempt = () => startExposureCheck(member, clientId, permissionId, ['vpn.one.test'])
    world.setClock(new Date(Date.now() - 2 * 86_400_000))
    await expect(attempt()).rejects.toThrow('does not hold yet')
    world.setClock(new Date(Date.now() + 11 * 86_400_000))
    await expect(attempt()).rejects.toThrow('has expired')
    world.setClock(null)
    await withdrawPermission(member, clientId, permissionId, 'The contract ended')
    await expect(attempt()).rejects.toThrow('was revoked')
    expect((await getLiveChecks(member, clientId)).permissions[0]).toMatchObject({
      state: 'revoked',
      revokedReason: 'The contract ended',
    })
  })

  it('contacts nobody when the permission is revoked while the check waits', async () => {
    const permissionId = await recordPermission(member, clientId, permission())
    const { jobs } = getRuntime()
    getRuntime().jobs = { enqueue: async () => undefined }
    const checkId = await startExposureCheck(member, clientId, permissionId, ['vpn.one.test']).finally(() => {
      getRuntime().jobs = jobs
    })
    await withdrawPermission(member, clientId, permissionId, 'The contract ended')
    const before = host.connections()
    await runLiveCheck(member.organisationId, checkId)
    expect(await getCheckProgress(member, checkId)).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('was revoked'),
    })
    expect(host.connections()).toBe(before)
    expect(await facts()).toEqual([])
  })

  it('contacts nobody when an allowed name leads inside', async () => {
    dns.zone['vpn.one.test A'] = a('vpn.one.test', '127.0.0.1', '10.0.0.1')
    const permissionId = await recordPermission(member, clientId, permission())
    const before = host.connections()
    await ended(await startExposureCheck(member, clientId, permissionId, ['vpn.one.test']))
    expect(host.connections()).toBe(before)
    expect(await facts()).toEqual([])
    const page = await getLiveChecks(member, clientId)
    expect(page.permissions[0]?.latest?.reading.refused[0]?.reason).toContain('10.0.0.1, which is private')
  })

  it('takes no permission for private addresses, for another client’s evidence, or without a writing', async () => {
    await expect(recordPermission(member, clientId, permission({ targets: '10.0.0.0/24' }))).rejects.toThrow(
      'is private',
    )
    await expect(
      recordPermission(member, clientId, permission({ revisionId: crypto.randomUUID() })),
    ).rejects.toThrow('No such evidence')
    expect(() => permission({ reference: '' })).toThrow('Say which letter')
    expect(() => permission({ targets: '0.0.0.0/0' })).toThrow('cannot be checked')
    expect(() => permission({ expiresOn: day(400) })).toThrow('at most one year')
  })

  it('is refused in the demo workspace', async () => {
    const permissionId = await recordPermission(member, clientId, permission())
    const demo = { ...member, organisationIsDemo: true }
    await expect(startExposureCheck(demo, clientId, permissionId, ['vpn.one.test'])).rejects.toThrow(
      'demo workspace',
    )
  })

  it('contacts only public addresses unless a test says otherwise', async () => {
    const runtime = getRuntime()
    const { network } = runtime
    const permissionId = await recordPermission(member, clientId, permission())
    const checkId = await startExposureCheck(member, clientId, permissionId, ['vpn.one.test'])
    await ended(checkId)
    runtime.network = {
      ...network!,
      whyNot: (await import('#evidence/checks/network.server.ts')).STRICT_NETWORK.whyNot,
    }
    const before = host.connections()
    try {
      await ended(await startExposureCheck(member, clientId, permissionId, ['vpn.one.test']))
    } finally {
      runtime.network = network
    }
    expect(host.connections()).toBe(before)
  })
})
