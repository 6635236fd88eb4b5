import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { fetchCatalogue, listCatalogues, loadCatalogueFile } from '#app/services/catalogues.server.ts'
import {
  getAsset,
  listAssets,
  mergeAssets,
  splitAsset,
  undoAssetDecision,
} from '#app/services/client-assets.server.ts'
import { storeFile } from '#app/services/evidence.server.ts'
import { fetchList } from '#app/services/fetch-list.server.ts'
import {
  exportFindings,
  judgeFindings,
  listFindings,
  undoJudgement,
} from '#app/services/finding-register.server.ts'
import { writeFindingTable } from '#app/services/finding-table.ts'
import { getFixPlan } from '#app/services/fix-plan.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { RegisterSearch } from '#app/services/register-input.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { listFacts } from '#db/queries/scans.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { addScan, makeClientOf } from './register-world.ts'

let world: World
let member: Member
const fs01 = 'fs01.lake.example'

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Olive Owner')).member
  world.setClock(new Date('2026-07-01T12:00:00Z'))
})
afterAll(() => world?.close())

const list = (clientId: string, search: Record<string, string> = {}) =>
  listFindings(member, clientId, RegisterSearch.parse(search))
const titles = async (clientId: string, search: Record<string, string> = {}) =>
  (await list(clientId, search)).rows.map(({ title, assetName }) => `${title} on ${assetName}`).sort()
const lastEntry = async () => (await listLedger(member)).entries[0]

describe('what people decide about findings', () => {
  let clientId: string
  beforeAll(async () => {
    clientId = await makeClientOf(member)
    await addScan(member, clientId, {
      on: '2026-06-01',
      hosts: {
        [fs01]: {
          findings: [
            { checkId: '1' },
            { checkId: '2', severity: 'unknown' },
            { checkId: '3', severity: 'low' },
          ],
        },
      },
    })
  })

  test('not rated stands between medium and low', async () => {
    expect((await list(clientId)).rows.map(({ severity }) => severity)).toEqual(['high', 'unknown', 'low'])
  })

  test('an acceptance ends with its day, without anybody noting it, and can be undone', async () => {
    const [first] = (await list(clientId)).rows
    const id = await judgeFindings(member, clientId, {
      decision: 'accepted',
      untilDay: '2026-07-10',
      reason: 'Replaced in the second week of July.',
      findingIds: [first?.id ?? ''],
    })
    expect((await lastEntry())?.kind).toBe('finding.judged')
    expect((await list(clientId)).total).toBe(2)
    expect(await titles(clientId, { standing: 'accepted' })).toEqual([`Check 1 on ${fs01}`])
    world.setClock(new Date('2026-07-10T23:00:00Z'))
    expect((await list(clientId)).total).toBe(2)
    world.setClock(new Date('2026-07-11T01:00:00Z'))
    expect((await list(clientId)).total).toBe(3)
    expect((await list(clientId)).rows).toHaveLength(3)
    expect((await list(clientId, { standing: 'accepted' })).rows).toEqual([])
    world.setClock(new Date('2026-07-01T12:00:00Z'))
    await undoJudgement(member, clientId, id)
    expect(await titles(clientId, { standing: 'accepted' })).toEqual([])
    expect((await list(clientId)).total).toBe(3)
  })

  test('a false positive stays one when the tool reports it again', async () => {
    const [first] = (await list(clientId)).rows
    await judgeFindings(member, clientId, {
      decision: 'false-positive',
      untilDay: '',
      reason: 'Back-ported fix is installed.',
      findingIds: [first?.id ?? ''],
    })
    await addScan(member, clientId, { on: '2026-06-20', hosts: { [fs01]: { findings: [{ checkId: '1' }] } } })
    expect(await titles(clientId, { standing: 'false-positive' })).toEqual([`Check 1 on ${fs01}`])
  })

  test('an acceptance of a year and a day, or until yesterday, is refused', async () => {
    const [first] = (await list(clientId)).rows
    for (const untilDay of ['2026-06-30', '2027-07-02']) {
      const input = {
        decision: 'accepted' as const,
        untilDay,
        reason: 'Because it is so.',
        findingIds: [first?.id ?? ''],
      }
      await expect(judgeFindings(member, clientId, input)).rejects.toMatchObject({ code: 'expiry' })
    }
  })
})

describe('what people decide about assets', () => {
  test('a merge joins the findings, holds for later scans, and is undone', async () => {
    const clientId = await makeClientOf(member)
    await addScan(member, clientId, { on: '2026-06-01', hosts: { [fs01]: { findings: [{ checkId: '1' }] } } })
    await addScan(member, clientId, {
      on: '2026-06-02',
      tool: 'Defender',
      hosts: { 'server-one': { findings: [{ checkId: '1' }] } },
    })
    const { rows } = await listAssets(member, clientId, { q: '', page: 1 })
    const kept = rows.find(({ name }) => name === fs01)
    const other = rows.find(({ name }) => name === 'server-one')
    const before = await titles(clientId)
    const id = await mergeAssets(member, clientId, kept?.id ?? '', {
      otherId: other?.id ?? '',
      reason: 'Renamed in May.',
    })
    expect((await lastEntry())?.kind).toBe('asset.merged')
    expect(await titles(clientId)).toEqual([`Check 1 on ${fs01}`, `Check 1 on ${fs01}`])
    await addScan(member, clientId, {
      on: '2026-06-03',
      tool: 'Defender',
      hosts: { 'server-one': { findings: [{ checkId: '1' }] } },
    })
    expect(await titles(clientId)).toHaveLength(2)
    expect((await listAssets(member, clientId, { q: '', page: 1 })).total).toBe(1)
    await undoAssetDecision(member, clientId, id)
    expect((await listAssets(member, clientId, { q: '', page: 1 })).total).toBe(2)
    expect(await titles(clientId)).toContain(before.find((line) => line.endsWith('server-one')))
    await expect(undoAssetDecision(member, clientId, id)).rejects.toMatchObject({ code: 'already-undone' })
  })

  test('a split makes two, each with its own findings, holds for later scans, and is undone', async () => {
    const clientId = await makeClientOf(member)
    const scan = (on: string) =>
      addScan(member, clientId, {
        on,
        hosts: {
          one: { asset: { hostname: fs01, address: '10.0.0.5' }, findings: [{ checkId: '1' }] },
          two: { asset: { hostname: fs01, address: '10.0.0.9' }, findings: [{ checkId: '2' }] },
        },
      })
    await scan('2026-06-01')
    const [asset] = (await listAssets(member, clientId, { q: '', page: 1 })).rows
    const { sightings } = await getAsset(member, clientId, asset?.id ?? '')
    expect(sightings.map(({ reason }) => reason)).toContain(`Same host name ${fs01} as one in the same file.`)
    const moved = sightings.filter(({ key }) => key === 'two').map(({ importId, key }) => ({ importId, key }))
    await expect(
      splitAsset(member, clientId, asset?.id ?? '', {
        sightings: sightings.map(({ importId, key }) => ({ importId, key })),
        reason: 'All of it.',
      }),
    ).rejects.toMatchObject({ code: 'nothing-left' })
    const id = await splitAsset(member, clientId, asset?.id ?? '', {
      sightings: moved,
      reason: 'Two offices, one name.',
    })
    expect((await lastEntry())?.kind).toBe('asset.split')
    await scan('2026-06-10')
    const both = (await listAssets(member, clientId, { q: '', page: 1 })).rows
    expect(both.map(({ address, openCount }) => [address, openCount]).sort()).toEqual([
      ['10.0.0.5', 1],
      ['10.0.0.9', 1],
    ])
    await undoAssetDecision(member, clientId, id)
    expect((await listAssets(member, clientId, { q: '', page: 1 })).rows).toMatchObject([
      { name: fs01, openCount: 2 },
    ])
  })
})

describe('public lists', () => {
  const kev = (releasedOn: string, ...entries: [cve: string, dueOn: string][]) =>
    JSON.stringify({
      catalogVersion: releasedOn,
      dateReleased: `${releasedOn}T10:00:00Z`,
      count: entries.length,
      vulnerabilities: entries.map(([cveID, dueDate]) => ({
        cveID,
        vulnerabilityName: 'A weakness',
        dateAdded: '2026-01-01',
        dueDate,
        requiredAction: 'Apply updates.',
        knownRansomwareCampaignUse: 'Known',
      })),
    })
  let minute = 0
  const load = async (text: string, mayGoBack = false) => {
    minute += 1
    world.setClock(new Date(Date.UTC(2026, 6, 1, 12, minute)))
    const stored = await storeFile(member, chunk(text))
    const loadId = await loadCatalogueFile(member, stored, 'kev.json', { kind: 'kev', mayGoBack })
    await handleJob({ name: 'load-catalogue', organisationId: member.organisationId, loadId }, true)
    return (await listCatalogues(member)).loads.find(({ id }) => id === loadId)
  }
  async function* chunk(text: string) {
    yield new TextEncoder().encode(text)
  }
  const factsOf = async (clientId: string) => {
    const rows = await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
      listFacts(tx, member.organisationId, clientId),
    )
    return Object.fromEntries(rows.map(({ fact }) => [fact.key, fact.fact]))
  }

  test('mark findings, give facts with the list’s date, and replace them when a newer one arrives', async () => {
    const clientId = await makeClientOf(member)
    await addScan(member, clientId, {
      on: '2026-06-01',
      hosts: {
        [fs01]: {
          findings: [
            { checkId: '1', cves: ['CVE-2026-0001'] },
            { checkId: '2', cves: ['CVE-2026-0002'] },
          ],
        },
      },
    })
    expect(await factsOf(clientId)).toEqual({})
    expect(await load(kev('2026-06-10', ['CVE-2026-0001', '2026-05-01']))).toMatchObject({
      state: 'done',
      entryCount: 1,
      declaredCount: 1,
    })
    expect(await factsOf(clientId)).toMatchObject({
      'vuln.kev_open_count': {
        value: 1,
        observedAt: '2026-06-01T08:00:00.000Z',
        note: expect.stringContaining('2026-06-10'),
      },
      'vuln.kev_open_past_due_count': { value: 1 },
    })
    expect(await titles(clientId, { kev: '1' })).toEqual([`Check 1 on ${fs01}`])
    expect(await titles(clientId, { q: ' cve-2026-0002 ' })).toEqual([`Check 2 on ${fs01}`])
    expect(await titles(clientId, { q: 'CVE-2026-9999' })).toEqual([])
    await load(kev('2026-06-11', ['CVE-2026-0001', '2026-05-01'], ['CVE-2026-0002', '2026-08-01']))
    expect(await factsOf(clientId)).toMatchObject({
      'vuln.kev_open_count': { value: 2 },
      'vuln.kev_open_past_due_count': { value: 1 },
    })
    const [first] = (await list(clientId, { kev: '1' })).rows
    await judgeFindings(member, clientId, {
      decision: 'accepted',
      untilDay: '2026-07-20',
      reason: 'Isolated until then.',
      findingIds: [first?.id ?? ''],
    })
    expect(await factsOf(clientId)).toMatchObject({ 'vuln.kev_open_count': { value: 2 } })
    const plan = await getFixPlan(member, clientId)
    expect(plan?.sentence).toBe('Fix this one and you clear 100 % of what insurers ask about.')
    expect(plan?.catalogues.kev).toBe('2026-06-11T10:00:00.000Z')
  })

  test('an older list is refused unless it is wanted, and one that is no list leaves the old one in use', async () => {
    expect(await load(kev('2026-05-01', ['CVE-2026-0009', '2026-05-01']))).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('2026-06-11'),
    })
    expect(await load('{"no": "list"}')).toMatchObject({ state: 'failed' })
    expect((await listCatalogues(member)).lists[0]?.inForce?.version).toBe('2026-06-11')
    expect(await load(kev('2026-05-01', ['CVE-2026-0009', '2026-05-01']), true)).toMatchObject({
      state: 'done',
    })
    expect((await listCatalogues(member)).lists[0]?.inForce?.version).toBe('2026-05-01')
  })

  test.each([
    ['http://example.com/kev.json', 'list-not-https'],
    ['https://127.0.0.1/kev.json', 'list-not-public'],
    ['https://localhost/kev.json', 'list-not-public'],
    ['https://169.254.169.254/latest', 'list-not-public'],
    ['https://[::ffff:10.0.0.1]/kev.json', 'list-not-public'],
    ['https://user:secret@example.com/kev.json', 'list-credentials'],
  ])('%s is not fetched', async (url, code) => {
    await expect(fetchList(url).next()).rejects.toMatchObject({ code })
  })

  test('a fetch that fails is told on the page', async () => {
    const { saveCatalogueAddress } = await import('#app/services/catalogues.server.ts')
    await saveCatalogueAddress(member, 'epss', 'https://127.0.0.1/epss.csv')
    const loadId = await fetchCatalogue(member, 'epss', false)
    await handleJob({ name: 'load-catalogue', organisationId: member.organisationId, loadId }, true)
    const { loads } = await listCatalogues(member)
    expect(loads.find(({ id }) => id === loadId)).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('public'),
    })
  })

  test('prove nothing of an import that looked for no weaknesses', async () => {
    const clientId = await makeClientOf(member)
    // As a policy export or a list of devices comes in: machines, and no findings.
    await addScan(member, clientId, {
      on: '2026-06-01',
      tool: 'Inventory',
      hosts: { [fs01]: { findings: [] } },
    })
    await load(kev('2026-06-30', ['CVE-2026-0001', '2026-05-01']))
    expect(await factsOf(clientId)).toEqual({})
  })
})

test('the exported table holds every filtered row and no formula', async () => {
  const clientId = await makeClientOf(member)
  await addScan(member, clientId, {
    on: '2026-06-01',
    hosts: {
      [fs01]: {
        findings: [
          { checkId: '1', title: '=HYPERLINK("http://x")' },
          { checkId: '2', title: 'a, "b"' },
          { checkId: '3', severity: 'low' },
        ],
      },
    },
  })
  let text = ''
  for await (const part of writeFindingTable(
    exportFindings(member, clientId, RegisterSearch.parse({ severity: 'high' })),
  ))
    text += part
  const lines = text.trim().split('\r\n')
  expect(lines).toHaveLength(3)
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
  expect(text).toContain('"a, ""b"""')
})
