import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { fetchCatalogue, listCatalogues, saveCatalogueAddress } from '#app/services/catalogues.server.ts'
import { fetchList } from '#app/services/fetch-list.server.ts'
import type { Member } from '#app/services/member.ts'
import { type CheckNetwork, STRICT_NETWORK } from '#evidence/checks/network.server.ts'
import { type Host, makeAuthority, startHttpsHost } from '../evidence/checks/loopback.ts'
import { openWorld, type World } from '../support/world.ts'

const SCORES =
  '#model_version:v2025.03.14,score_date:2026-06-01T00:00:00+0000\ncve,epss,percentile\nCVE-2026-0001,0.91963,0.99214\n'

let host: Host
let world: World
let member: Member
let network: CheckNetwork
let why: string | null
let connectionsBefore: number
let url: string

beforeAll(async () => {
  const authority = await makeAuthority()
  host = await startHttpsHost(await authority.issue('localhost'), (request, response) => {
    if (request.url === '/scores.csv') response.end(SCORES)
    else if (request.url === '/moved') response.writeHead(302, { location: '/scores.csv' }).end()
    else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end()
    else if (request.url === '/inside') response.writeHead(302, { location: 'https://10.0.0.1/' }).end()
    else response.writeHead(404).end()
  })
  url = `https://localhost:${host.port}`
  network = { ...STRICT_NETWORK, whyNot: () => why, authorities: [authority.certificate] }
  world = await openWorld({ network })
  member = (await world.signUpMember('Olive Owner')).member
})
beforeEach(() => {
  why = null
  connectionsBefore = host.connections()
})
afterAll(async () => {
  await world?.close()
  await host?.close()
})

async function fetched(path: string) {
  await saveCatalogueAddress(member, 'epss', `${url}${path}`)
  const loadId = await fetchCatalogue(member, 'epss', false)
  await handleJob({ name: 'load-catalogue', organisationId: member.organisationId, loadId }, true)
  return (await listCatalogues(member)).loads.find(({ id }) => id === loadId)
}

test.each(['/scores.csv', '/moved'])('a list at %s is fetched over HTTPS and taken over', async (path) => {
  expect(await fetched(path)).toMatchObject({
    state: 'done',
    entryCount: 1,
    releasedAt: new Date('2026-06-01T00:00:00Z'),
  })
  expect((await listCatalogues(member)).lists.find(({ kind }) => kind === 'epss')?.inForce?.version).toBe(
    'v2025.03.14',
  )
})

test('an address that the network forbids is not contacted, public as it may be', async () => {
  why = 'is this machine itself'
  expect(await fetched('/scores.csv')).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('which is this machine itself'),
  })
  expect(host.connections()).toBe(connectionsBefore)
})

test.each([
  ['/missing', 'list-answer'],
  ['/round', 'list-answer'],
])('%s ends as %s', async (path, code) => {
  await expect(fetchList(`${url}${path}`, { network }).next()).rejects.toMatchObject({ code })
})

test('a redirect inside is judged like the first address', async () => {
  const strict = { ...network, whyNot: (ip: string) => (ip.startsWith('10.') ? 'is private' : null) }
  await expect(fetchList(`${url}/inside`, { network: strict }).next()).rejects.toMatchObject({
    code: 'list-not-public',
  })
})

test('a certificate of an unknown authority is not trusted', async () => {
  const distrusting = { ...network, authorities: [] }
  await expect(fetchList(`${url}/scores.csv`, { network: distrusting }).next()).rejects.toMatchObject({
    code: 'list-no-connection',
  })
})

test('plain http is fetched for lists that prove themselves, from public addresses only, and not without end', async () => {
  const plain = createServer((_request, response) => response.end(Buffer.alloc(3000)))
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(plain.address() as AddressInfo).port}/list.crl`
  const first = (options: object) => fetchList(address, options).next()
  try {
    await expect(first({ network })).rejects.toMatchObject({ code: 'list-not-https' })
    await expect(first({ allowsHttp: true })).rejects.toMatchObject({ code: 'list-not-public' })
    const open = { network: { ...network, whyNot: () => null }, allowsHttp: true }
    expect((await first(open)).value).toHaveLength(3000)
    await expect(first({ ...open, atMost: 2000 })).rejects.toMatchObject({ code: 'list-too-large' })
  } finally {
    plain.close()
  }
})
