import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groupKinds } from '#app/components/evidence/kind-groups.ts'
import { loader as listLoader } from '#app/routes/client-evidence.tsx'
import { action, loader } from '#app/routes/evidence.tsx'
import { loader as fileLoader } from '#app/routes/revision-file.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { getEvidence } from '#app/services/evidence.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { openWorld, type World } from '../support/world.ts'
import {
  day,
  footprintOf,
  makeClient,
  replyOf,
  routeArgs,
  type SignedIn,
  uploadFile,
} from './evidence-calls.ts'

let world: World
let owner: SignedIn
let stranger: SignedIn
let clientId: string
let applicationId: string

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signUpMember('Olive Owner')
  stranger = await world.signUpMember('Sam Stranger')
  clientId = await makeClient(owner)
  applicationId = await startApplication(owner.member, clientId, { formCode: 'core-cyber', edition: '1' })
})

afterAll(() => world?.close())

async function hold(content: string, values: Record<string, string> = {}, fileName = 'file.txt') {
  const { body } = await uploadFile(owner, clientId, { fileName, content }, values)
  const { evidence, revisions } = await getEvidence(owner.member, body.evidenceId)
  const revision = revisions[0]
  if (!revision) throw new Error('No revision')
  return { id: evidence.id, revision }
}

const list = async (who: SignedIn, target: string, query = '') =>
  replyOf(listLoader(routeArgs(`/clients/${target}/evidence${query}`, { clientId: target }, who)))
const page = async (who: SignedIn, evidenceId: string) =>
  replyOf(loader(routeArgs(`/evidence/${evidenceId}`, { evidenceId }, who)))
const change = async (who: SignedIn, evidenceId: string, fields: [string, string][]) =>
  replyOf(
    action(
      routeArgs(`/evidence/${evidenceId}`, { evidenceId }, who, {
        method: 'POST',
        body: new URLSearchParams(fields),
      }),
    ),
  )
const file = (who: SignedIn, revisionId: string) =>
  replyOf(fileLoader(routeArgs(`/revisions/${revisionId}/file`, { revisionId }, who)))

describe('the list of evidence', () => {
  test('says of each item how it stands today', async () => {
    const target = await makeClient(owner)
    const add = (content: string, values: Record<string, string>) =>
      uploadFile(owner, target, { fileName: `${content}.txt`, content }, values)
    await add('fresh', { kind: 'dns-record-lookup', observedOn: day(-2) })
    await add('expiring', { kind: 'dns-record-lookup', observedOn: day(-20) })
    await add('stale', { kind: 'dns-record-lookup', observedOn: day(-50) })
    await add('ended', { kind: 'coi', observedOn: day(-200), validUntil: day(-3) })
    const { body } = await list(owner, target)
    const standings = Object.fromEntries(
      body.items.map(({ title, standing }: { title: string; standing: string }) => [title, standing]),
    )
    expect(standings).toEqual({
      'fresh.txt': 'fresh',
      'expiring.txt': 'expiring',
      'stale.txt': 'stale',
      'ended.txt': 'expired',
    })
  })

  test('preselects what a link asks for, and ignores what is not this client’s', async () => {
    const asked = `?question=${applicationId}/mfa-email&control=mfa-email#add`
    const { body } = await list(owner, clientId, asked)
    expect(body.question).toMatchObject({ ref: `${applicationId}/mfa-email` })
    expect(body.controlIds).toEqual(['mfa-email'])
    expect(body.kindGroups[0]).toMatchObject({ label: 'Recommended here' })
    expect(body.kindGroups[0].kinds.map(({ id }: { id: string }) => id)).toContain('idp-policy-export')
    const theirs = await makeClient(stranger)
    const elsewhere = await list(stranger, theirs, asked.replace('control=mfa-email', 'control=made-up'))
    expect(elsewhere.body.question).toBeNull()
    expect(elsewhere.body.controlIds).toEqual([])
  })

  test('offers every kind of the catalogue exactly once, none of them as a leftover', () => {
    const kinds = loadCatalogue().evidenceKinds.map(({ id, label }) => ({
      id,
      label,
      note: null,
      countsUntilEnd: false,
    }))
    const groups = groupKinds(kinds, ['coi', 'idp-policy-export', 'no-such-kind'])
    const offered = groups.flatMap((group) => group.kinds.map(({ id }) => id))
    expect(offered.toSorted()).toEqual(kinds.map(({ id }) => id).toSorted())
    expect(offered.slice(0, 2)).toEqual(['coi', 'idp-policy-export'])
    expect(groups.map(({ label }) => label)).not.toContain('Other')
  })

  test('is not there for somebody of another organisation', async () => {
    expect((await list(stranger, clientId)).status).toBe(404)
  })
})

describe('one piece of evidence', () => {
  test('keeps its three dates apart', async () => {
    const { id } = await hold('dated', { kind: 'coi', observedOn: day(-9), validUntil: day(90) })
    const { body } = await page(owner, id)
    const { observedAt, receivedAt, validUntil } = body.revision
    expect(observedAt.toISOString().slice(0, 10)).toBe(day(-9))
    expect(receivedAt.toISOString().slice(0, 10)).toBe(day())
    expect(validUntil.toISOString().slice(0, 10)).toBe(day(90))
  })

  test('is linked to other controls, its questions kept, with an entry in the ledger', async () => {
    const questionRefs = `${applicationId}/mfa-email`
    const { id } = await hold('links', { controlIds: 'mfa-email', questionRefs })
    const { body } = await change(owner, id, [
      ['intent', 'link'],
      ['controlIds[]', 'mfa-remote-access'],
      ['controlIds[]', 'ir-plan'],
      ['questionRefs[]', questionRefs],
    ])
    expect(body).toEqual({ outcome: 'linked' })
    const { evidence } = await getEvidence(owner.member, id)
    expect(evidence.controlIds).toEqual(['mfa-remote-access', 'ir-plan'])
    expect(evidence.questionRefs).toEqual([questionRefs])
    expect((await listLedger(owner.member)).entries[0]?.kind).toBe('evidence.linked')
  })

  test.each([
    [
      'an unknown control',
      [
        ['intent', 'link'],
        ['controlIds[]', 'no-such'],
      ],
      409,
    ],
    [
      'a question of nobody',
      [
        ['intent', 'link'],
        ['questionRefs[]', 'x/y'],
      ],
      409,
    ],
    ['no intent, which must not clear the links', [['controlIds[]', 'ir-plan']], 400],
    ['an unknown intent', [['intent', 'erase']], 400],
    [
      'a reason of two words',
      [
        ['intent', 'withdraw'],
        ['reason', 'no use'],
      ],
      400,
    ],
  ] as [string, [string, string][], number][])('refuses %s', async (_name, fields, status) => {
    const { id } = await hold('refusals', { controlIds: 'mfa-email' })
    const before = await footprintOf(owner)
    expect((await change(owner, id, fields)).status).toBe(status)
    expect((await getEvidence(owner.member, id)).evidence.controlIds).toEqual(['mfa-email'])
    expect(await footprintOf(owner)).toEqual(before)
  })

  test('once withdrawn keeps its reason and its file, takes no links, and may be uploaded again', async () => {
    const { id, revision } = await hold('withdrawn')
    const withdrawal: [string, string][] = [
      ['intent', 'withdraw'],
      ['reason', 'Export of the wrong tenant.'],
    ]
    expect((await change(owner, id, withdrawal)).body).toEqual({ outcome: 'withdrawn' })
    const once = await footprintOf(owner)
    await change(owner, id, withdrawal)
    expect(await footprintOf(owner)).toEqual(once)
    expect((await page(owner, id)).body.withdrawn.reason).toBe('Export of the wrong tenant.')
    const linked = await change(owner, id, [
      ['intent', 'link'],
      ['controlIds[]', 'ir-plan'],
    ])
    expect(linked.body.refusal.code).toBe('evidence-withdrawn')
    expect((await file(owner, revision.id)).status).toBe(200)
    const { body } = await list(owner, clientId)
    expect(body.withdrawn.map((item: { id: string }) => item.id)).toContain(id)
    expect(body.items.map((item: { id: string }) => item.id)).not.toContain(id)
    const again = await uploadFile(owner, clientId, { fileName: 'file.txt', content: 'withdrawn' })
    expect(again.body.outcome).toBe('received')
  })

  test('is neither shown to nor changed by somebody of another organisation', async () => {
    const { id } = await hold('private')
    expect((await page(stranger, id)).status).toBe(404)
    const before = await footprintOf(owner)
    const fields: [string, string][] = [
      ['intent', 'withdraw'],
      ['reason', 'Because a stranger says so.'],
    ]
    expect((await change(stranger, id, fields)).status).toBe(404)
    expect((await change(stranger, id, [['intent', 'link']])).status).toBe(404)
    expect(await footprintOf(owner)).toEqual(before)
  })
})

describe('the file of a piece of evidence', () => {
  test('comes back byte for byte, as a download that no browser renders', async () => {
    const content = '<html><script>alert(1)</script></html>'
    const { revision } = await hold(content, {}, 'pagë "1".html')
    const { response } = await file(owner, revision.id)
    expect(await response?.text()).toBe(content)
    const headers = response?.headers
    expect(headers?.get('content-disposition')).toMatch(/^attachment; /)
    expect(headers?.get('content-disposition')).toContain(`filename*=UTF-8''pag%C3%AB`)
    expect(headers?.get('x-content-type-options')).toBe('nosniff')
    expect(headers?.get('content-security-policy')).toContain('sandbox')
    expect(headers?.get('content-length')).toBe(String(content.length))
    const digest = Buffer.from(revision.sha256, 'hex').toString('base64')
    expect(headers?.get('repr-digest')).toBe(`sha-256=:${digest}:`)
  })

  test('is not there for somebody of another organisation', async () => {
    const { revision } = await hold('not yours')
    expect((await file(stranger, revision.id)).status).toBe(404)
  })

  test.each([
    ['changed', (path: string) => writeFileSync(path, 'an original of twenty-nine!!!')],
    ['cut off', (path: string) => writeFileSync(path, 'an original')],
    ['gone', (path: string) => rmSync(path)],
  ])('is refused when it was %s in the store', async (name, damage) => {
    const { revision } = await hold(`an original, later ${name}`)
    const { organisationId } = owner.member
    const { sha256 } = revision
    const path = join(world.dataDir, 'evidence', organisationId, sha256.slice(0, 2), sha256)
    chmodSync(path, 0o600)
    damage(path)
    const reply = await file(owner, revision.id)
    expect(reply.status).toBe(500)
    expect(reply.response?.headers.get('content-disposition')).toBeNull()
    expect(reply.body.sentence).toMatch(/no longer the one that was received|no such file/)
  })
})
