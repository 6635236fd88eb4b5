import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPicture, rowsOf } from '#app/documents/png-reading.server.ts'
import { loader as listLoader } from '#app/routes/client-evidence.tsx'
import { loader as overviewLoader } from '#app/routes/client-overview.tsx'
import { action as pageAction, loader as pageLoader } from '#app/routes/evidence.tsx'
import { action as reviseAction } from '#app/routes/evidence-revise.ts'
import { action as recogniseAction } from '#app/routes/recognise-file.ts'
import { action as requestAction } from '#app/routes/request.tsx'
import { loader as contentLoader } from '#app/routes/revision-content.ts'
import { loader as fileLoader } from '#app/routes/revision-file.ts'
import { action as redactAction } from '#app/routes/revision-redact.tsx'
import { action as pictureAction } from '#app/routes/revision-redact-image.ts'
import { setClientArchived } from '#app/services/clients.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { listCountingEvidence, listCountingFacts } from '#db/queries/counting-evidence.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { makePng } from '../documents/png-files.ts'
import { openWorld, type World } from '../support/world.ts'
import {
  day,
  fieldsOf,
  footprintOf,
  makeClient,
  multipart,
  type Part,
  replyOf,
  routeArgs,
  type SignedIn,
  streamOf,
  uploadFile,
  uploadParts,
} from './evidence-calls.ts'

let world: World
let owner: SignedIn
let stranger: SignedIn
let clientId: string

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signUpMember('Olive Owner')
  stranger = await world.signUpMember('Sam Stranger')
  clientId = await makeClient(owner)
})

afterAll(() => world?.close())

type Content = string | Uint8Array

async function hold(
  content: Content,
  fileName = 'file.txt',
  values: Record<string, string> = {},
  client = clientId,
) {
  const { status, body } = await uploadParts(owner, client, [...fieldsOf(values), { fileName, content }])
  expect(status, JSON.stringify(body)).toBe(200)
  return body as { evidenceId: string; revisionId: string; sha256: string; importId: string | null }
}

const revise = (
  evidenceId: string,
  content: Content,
  values: Record<string, string> = {},
  who = owner,
  fileName = 'newer.txt',
) => {
  const parts: Part[] = Object.entries({ observedOn: day(), ...values }).map(([name, value]) => ({
    name,
    value,
  }))
  const { body } = streamOf([...parts, { fileName, content }])
  return replyOf(
    reviseAction(routeArgs(`/evidence/${evidenceId}/revisions`, { evidenceId }, who, multipart(body))),
  )
}
const post = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })
const change = (evidenceId: string, fields: Record<string, string>, who = owner) =>
  replyOf(pageAction(routeArgs(`/evidence/${evidenceId}`, { evidenceId }, who, post(fields))))
const page = async (evidenceId: string) =>
  (await replyOf(pageLoader(routeArgs(`/evidence/${evidenceId}`, { evidenceId }, owner)))).body
const list = async (client: string, query = '') =>
  (await replyOf(listLoader(routeArgs(`/clients/${client}/evidence${query}`, { clientId: client }, owner))))
    .body
const content = (revisionId: string, who = owner) =>
  replyOf(contentLoader(routeArgs(`/revisions/${revisionId}/content`, { revisionId }, who)))
const redact = (revisionId: string, fields: [string, string][], who = owner) =>
  replyOf(
    redactAction(
      routeArgs(`/revisions/${revisionId}/redact`, { revisionId }, who, {
        method: 'POST',
        body: new URLSearchParams(fields),
      }),
    ),
  )
const textOf = async (revisionId: string) => {
  const { response } = await replyOf(
    fileLoader(routeArgs(`/revisions/${revisionId}/file`, { revisionId }, owner)),
  )
  return response?.text()
}
const newestEntry = async () => (await listLedger(owner.member)).entries[0]
const inOwn = <T>(work: (tx: Parameters<typeof listCountingEvidence>[0], id: string) => Promise<T>) =>
  getRuntime().database.inOrganisation(owner.member.organisationId, (tx) =>
    work(tx, owner.member.organisationId),
  )

const SCAN = (name: string) =>
  `<?xml version="1.0"?><NessusClientData_v2><Report name="${name}"></Report></NessusClientData_v2>`

describe('a newer version', () => {
  test('counts from then on, and the older one stays readable', async () => {
    const first = await hold('plan, version 1')
    const second = await revise(first.evidenceId, 'plan, version 2', { collector: 'Policies folder' })
    expect(second).toMatchObject({
      status: 200,
      body: { outcome: 'received', sequence: 2, evidenceId: first.evidenceId, importId: null },
    })
    const { revision, revisions } = await page(first.evidenceId)
    expect(revision).toMatchObject({ id: second.body.revisionId, collector: 'Policies folder' })
    expect(revisions.map(({ sequence }: { sequence: number }) => sequence)).toEqual([2, 1])
    expect(await textOf(first.revisionId)).toBe('plan, version 1')
    expect(await newestEntry()).toMatchObject({ kind: 'evidence.revised' })
    const counting = await inOwn((tx, id) => listCountingEvidence(tx, id, clientId))
    expect(counting.find(({ evidence }) => evidence.id === first.evidenceId)?.revision.sequence).toBe(2)
  })

  test('of the same bytes for the same day is held already and changes nothing', async () => {
    const first = await hold('unchanged bytes')
    const before = await footprintOf(owner)
    const again = await revise(first.evidenceId, 'unchanged bytes', { observedOn: day(-1) })
    expect(again.body).toMatchObject({
      outcome: 'already-held',
      evidenceId: first.evidenceId,
      sequence: 1,
    })
    const other = await hold('bytes of another item')
    expect((await revise(first.evidenceId, 'bytes of another item')).body.evidenceId).toBe(other.evidenceId)
    expect((await footprintOf(owner)).evidence_revision).toBe((before.evidence_revision as number) + 1)
  })

  test('of the same bytes confirms a document for a later day, and keeps its redacted copy', async () => {
    const first = await hold('a policy that did not change')
    await change(first.evidenceId, {
      intent: 'request',
      recipientName: 'Ada Approver',
      recipientEmail: 'ada@client.example',
      message: 'Is it still the same?',
      dueOn: day(5),
    })
    const copy = await redact(first.revisionId, [['strings', 'policy']])
    const second = await revise(first.evidenceId, 'a policy that did not change')
    expect(second.body).toMatchObject({ outcome: 'received', isSameFile: true, fulfilledRequests: 1 })
    const { revision, requests } = await page(first.evidenceId)
    expect([revision.id, requests[0].state]).toEqual([second.body.revisionId, 'fulfilled'])
    const reason = 'It was superseded by the confirmation.'
    await change(first.evidenceId, { intent: 'withdraw-revision', revisionId: first.revisionId, reason })
    const { revisions } = await page(first.evidenceId)
    const withdrawn = revisions.filter(({ withdrawnAt }: { withdrawnAt: unknown }) => withdrawnAt !== null)
    expect(withdrawn.map(({ id }: { id: string }) => id)).toEqual([first.revisionId])
    expect(revisions.map(({ id }: { id: string }) => id)).toContain(copy.body.revisionId)
  })

  test('of the same scan is held already: it tells its own date', async () => {
    const first = await hold(SCAN('same'), 'same.nessus', { kind: 'vuln-scan-summary' })
    expect((await revise(first.evidenceId, SCAN('same'))).body).toMatchObject({ outcome: 'already-held' })
  })

  test('that is a scan is queued, and outdates the facts of the older one only once it is read', async () => {
    const first = await hold(SCAN('one'), 'one.nessus', { kind: 'vuln-scan-summary' })
    await inOwn((tx, organisationId) =>
      scans.insertFacts(tx, [
        {
          organisationId,
          id: crypto.randomUUID(),
          clientId,
          revisionId: first.revisionId,
          importId: first.importId,
          key: 'exposure.rdp_open_count',
          fact: { key: 'exposure.rdp_open_count', value: 1 } as never,
          observedAt: new Date(),
          recordedAt: new Date(),
        },
      ]),
    )
    const factCount = async () =>
      (await inOwn((tx, id) => listCountingFacts(tx, id, clientId))).filter(
        ({ fact }) => fact.revisionId === first.revisionId,
      ).length
    const second = await revise(first.evidenceId, SCAN('two'), {}, owner, 'two.nessus')
    expect(second.body.importId).toMatch(/^[0-9a-f-]{36}$/)
    const settle = (state: 'failed' | 'done') =>
      inOwn((tx, id) => scans.updateImport(tx, id, second.body.importId, { state }))
    expect(await factCount()).toBe(1)
    await settle('failed')
    expect(await factCount()).toBe(1)
    const counting = await inOwn((tx, id) => listCountingEvidence(tx, id, clientId))
    expect(counting.find(({ evidence }) => evidence.id === first.evidenceId)?.revision.sequence).toBe(1)
    await settle('done')
    expect(await factCount()).toBe(0)
  })

  test('can be taken back with a reason, but the only one cannot', async () => {
    const first = await hold('to be replaced by mistake')
    const second = await revise(first.evidenceId, 'the mistake')
    const reason = 'The file of another client.'
    const withdraw = (revisionId: string) =>
      change(first.evidenceId, { intent: 'withdraw-revision', revisionId, reason })
    expect((await withdraw(second.body.revisionId)).body).toEqual({ outcome: 'revision-withdrawn' })
    expect((await page(first.evidenceId)).revision.id).toBe(first.revisionId)
    expect((await withdraw(first.revisionId)).body.refusal.code).toBe('last-revision')
    expect((await revise(first.evidenceId, 'the mistake')).body).toMatchObject({
      outcome: 'received',
      sequence: 3,
    })
    const strange = await hold('of another item')
    expect((await withdraw(strange.revisionId)).status).toBe(404)
  })

  test.each([
    ['an empty file', '', {}, 409, 'empty-file'],
    ['a day in the future', 'future', { observedOn: day(9) }, 409, 'future-date'],
    ['a day that is none', 'no day', { observedOn: 'yesterday' }, 400, undefined],
    ['an end before its beginning', 'ends early', { validUntil: '2001-01-01' }, 400, undefined],
  ])('with %s is refused', async (_, bytes, values, status, code) => {
    const { evidenceId } = await hold(`first of ${_}`)
    const before = await footprintOf(owner)
    const reply = await revise(evidenceId, bytes, values)
    expect([reply.status, reply.body.refusal?.code]).toEqual([status, code])
    expect(await footprintOf(owner)).toEqual(before)
  })

  test('is refused for withdrawn evidence and archived clients before a byte is read', async () => {
    const own = await makeClient(owner)
    const { evidenceId } = await hold('soon withdrawn', 'x.txt', {}, own)
    await setClientArchived(owner.member, own, true)
    const { body, asked } = streamOf([{ fileName: 'x', content: 'x' }])
    const reply = await replyOf(
      reviseAction(routeArgs(`/evidence/${evidenceId}/revisions`, { evidenceId }, owner, multipart(body))),
    )
    expect([reply.body.refusal.code, asked.times]).toEqual(['client-archived', 0])
    expect((await revise(evidenceId, 'x', {}, stranger)).status).toBe(404)
  })
})

describe('the list', () => {
  test('says when a standing changes, and is narrowed and sorted', async () => {
    const own = await makeClient(owner)
    await hold('a', 'alpha.txt', { kind: 'plan-document', controlIds: 'ir-plan' }, own)
    await hold('b', 'beta.txt', { kind: 'dns-record-lookup', observedOn: day(-50) }, own)
    await hold('c', 'Gämma.txt', { kind: 'mdr-contract', observedOn: day(-90), validUntil: day(-2) }, own)
    await hold('d', 'delta.txt', { kind: 'dns-record-lookup', observedOn: day(-1) }, own)
    const names = async (query: string) =>
      (await list(own, query)).items.map(({ title }: { title: string }) => title)
    expect(await names('?standing=expired')).toEqual(['Gämma.txt'])
    expect(await names('?standing=stale')).toEqual(['beta.txt'])
    expect(await names('?kind=dns-record-lookup&sort=title')).toEqual(['beta.txt', 'delta.txt'])
    expect(await names('?of=ir-plan')).toEqual(['alpha.txt'])
    expect(await names('?q=GAMMA')).toEqual(['Gämma.txt'])
    expect(await names('?q=nothing+of+it')).toEqual([])
    expect((await names('?sort=changes')).slice(-2)).toEqual(['delta.txt', 'alpha.txt'])
    // What makes no sense in an address is ignored.
    expect(await names(`?standing=never&sort=%00&kind=${'x'.repeat(500)}`)).toHaveLength(4)
    const { items } = await list(own, '?q=delta')
    expect([items[0].becomes, items[0].changesAt.toISOString().slice(0, 10)]).toEqual(['expiring', day(7)])
  })
})

describe('a file for another client', () => {
  test('is linked, says where it came from, and follows the newer file when asked again', async () => {
    const other = await makeClient(owner)
    const source = await hold('our EDR contract', 'edr.txt', {
      kind: 'mdr-contract',
      controlIds: 'edr-mdr-24x7',
    })
    const copy = (fields: Record<string, string> = {}) =>
      change(source.evidenceId, { intent: 'copy', clientId: other, confirmed: 'on', ...fields })
    expect((await copy({ confirmed: '' })).status).toBe(400)
    const made = (await copy()).body
    expect(made).toMatchObject({ outcome: 'copied', clientId: other })
    const entry = await newestEntry()
    expect(entry?.kind).toBe('evidence.copied')
    expect(JSON.parse(entry?.payload ?? '').from).toMatchObject({ evidenceId: source.evidenceId, clientId })
    const there = await page(made.evidenceId)
    expect(there.provenance.source).toMatchObject({ id: source.evidenceId, hasNewer: false })
    expect(there.controlIds).toEqual(['edr-mdr-24x7'])
    expect(await textOf(there.revision.id)).toBe('our EDR contract')
    expect((await page(source.evidenceId)).provenance.copies).toMatchObject([{ id: made.evidenceId }])
    expect((await copy()).body.outcome).toBe('already-held')
    await revise(source.evidenceId, 'our EDR contract, renewed')
    expect((await page(made.evidenceId)).provenance.source.hasNewer).toBe(true)
    expect((await copy()).body).toMatchObject({ outcome: 'renewed', evidenceId: made.evidenceId })
    expect((await page(made.evidenceId)).revisions).toHaveLength(2)
  })

  test('is refused for scans, for the same client, and for clients that are not ours', async () => {
    const source = await hold('a document')
    const copy = (target: string, evidenceId = source.evidenceId, who = owner) =>
      change(evidenceId, { intent: 'copy', clientId: target, confirmed: 'on' }, who)
    expect((await copy(clientId)).body.refusal.code).toBe('same-client')
    expect((await copy(await makeClient(stranger))).status).toBe(404)
    expect((await copy('not-a-client')).status).toBe(400)
    const scan = await hold(SCAN('of one'), 'scan.nessus', { kind: 'vuln-scan-summary' })
    expect((await copy(await makeClient(owner), scan.evidenceId)).body.refusal.code).toBe('scan-of-client')
    expect((await copy(clientId, source.evidenceId, stranger)).status).toBe(404)
  })
})

describe('a request', () => {
  const fields = (more: Record<string, string> = {}) => ({
    intent: 'request',
    recipientName: 'Ada Approver',
    recipientEmail: 'ada@client.example',
    message: 'The newer one, please.\nWith all pages.',
    dueOn: day(5),
    ...more,
  })

  test('is listed until a newer version comes, and is overdue after its day', async () => {
    const own = await makeClient(owner)
    const { evidenceId } = await hold('old', 'old.txt', {}, own)
    expect((await change(evidenceId, fields())).body).toEqual({ outcome: 'requested' })
    const { requests } = await page(evidenceId)
    expect(requests[0]).toMatchObject({ state: 'open', isOverdue: false })
    const mail = (await listOutbox(owner.member)).find(({ kind }) => kind === 'request-link')
    expect(mail?.content?.paragraphs).toContain('With all pages.')
    world.setClock(new Date(Date.now() + 7 * 86_400_000))
    const overview = await replyOf(overviewLoader(routeArgs(`/clients/${own}`, { clientId: own }, owner)))
    world.setClock(null)
    expect(overview.body.requests).toMatchObject([{ evidenceId, isOverdue: true }])
    expect((await list(own)).requests).toHaveLength(1)
    expect((await revise(evidenceId, 'new')).body.fulfilledRequests).toBe(1)
    expect((await page(evidenceId)).requests[0].state).toBe('fulfilled')
    expect((await list(own)).requests).toEqual([])
  })

  test('can be cancelled once', async () => {
    const { evidenceId } = await hold('asked and cancelled')
    await change(evidenceId, fields())
    const requestId = (await page(evidenceId)).requests[0].id
    const body = new URLSearchParams({ intent: 'cancel' })
    const cancel = (who = owner) =>
      replyOf(
        requestAction(routeArgs(`/requests/${requestId}`, { requestId }, who, { method: 'POST', body })),
      )
    expect((await cancel(stranger)).status).toBe(404)
    expect((await cancel()).status).toBe(200)
    const head = (await newestEntry())?.hash
    await cancel()
    expect((await newestEntry())?.hash).toBe(head)
    expect((await page(evidenceId)).requests[0].state).toBe('cancelled')
  })

  test.each([
    ['no name', { recipientName: ' \u0000 ' }, 400],
    ['no e-mail', { recipientEmail: 'ada' }, 400],
    ['a header in the e-mail', { recipientEmail: 'ada@x.example\nBcc: all@x.example' }, 400],
    ['an endless message', { message: 'x'.repeat(4001) }, 400],
    ['a day that is over', { dueOn: day(-2) }, 409],
  ])('with %s is refused', async (_, more, status) => {
    const { evidenceId } = await hold(`asked with ${_}`)
    expect((await change(evidenceId, fields(more))).status).toBe(status)
  })
})

describe('a preview', () => {
  test('of a text is a page in a sandbox, whatever the file calls itself', async () => {
    const { revisionId } = await hold('a,b\n<script>alert(1)</script>,2\n', 'page.html')
    const { response } = await content(revisionId)
    const policy = response?.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^sandbox; default-src 'none'/)
    expect(policy).not.toMatch(/allow-|script-src/)
    expect(response?.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response?.headers.get('cache-control')).toBe('private, no-store')
    expect(await response?.text()).toContain('&lt;script&gt;')
  })

  test('of a picture or a PDF has the type of its content, not of its name', async () => {
    const png = await hold(makePng(2, 2, 3, Buffer.alloc(12)), 'evil.svg')
    const picture = (await content(png.revisionId)).response
    expect(picture?.headers.get('content-type')).toBe('image/png')
    expect(picture?.headers.get('content-security-policy')).toMatch(/^sandbox/)
    const pdf = await hold('%PDF-1.7\n<script>alert(1)</script>\n%%EOF', 'page.html')
    const shown = (await content(pdf.revisionId)).response
    expect(shown?.headers.get('content-type')).toBe('application/pdf')
    expect(shown?.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const response of [picture, shown]) {
      expect(response?.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response?.headers.get('cache-control')).toBe('private, no-store')
      expect(response?.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    }
    const svg = await hold('<svg onload="alert(1)"></svg>', 'picture.png')
    expect((await content(svg.revisionId)).response?.headers.get('content-type')).toMatch(/^text\/html/)
  })

  test('is not given of what is neither, and to nobody else', async () => {
    const { revisionId } = await hold(Uint8Array.from([0, 1, 2, 3, 0, 255]), 'x.bin')
    expect((await content(revisionId)).status).toBe(415)
    expect((await content(revisionId, stranger)).status).toBe(404)
  })
})

describe('a redacted copy', () => {
  test('of a table stands beside the original and never counts in its place', async () => {
    const { evidenceId, revisionId, sha256 } = await hold(
      'name,mail\nAna Peña,ana@x.example\nBo Holm,bo@x.example\n',
    )
    const reply = await redact(revisionId, [
      ['strings', 'ana peña\r\n'],
      ['columns[]', '1'],
      ['hasHeading', 'yes'],
    ])
    expect(reply.body).toMatchObject({ outcome: 'redacted', evidenceId, leftovers: 0 })
    expect(await textOf(reply.body.revisionId)).toBe('name,mail\n████████,████████\nBo Holm,████████\n')
    const { revision, revisions } = await page(evidenceId)
    expect(revision.id).toBe(revisionId)
    expect(revisions[0]).toMatchObject({ redactedFrom: sha256, fileName: 'file (redacted).txt', sequence: 2 })
    const payload = (await newestEntry())?.payload ?? ''
    expect(payload).toContain(sha256)
    expect(payload).not.toMatch(/ana|peña/i)
    expect((await redact(reply.body.revisionId, [['strings', 'Bo']])).body.refusal.code).toBe('is-copy')
    expect(
      (await list(clientId, '?q=file.txt')).items.some(
        (item: { hasRedactedCopy: boolean }) => item.hasRedactedCopy,
      ),
    ).toBe(true)
  })

  test('of a table without a heading spares no row', async () => {
    const { revisionId } = await hold('Cy Dunn,cy@x.example\nBo Holm,bo@x.example\n', 'people.csv')
    const reply = await redact(revisionId, [['columns[]', '1']])
    expect(await textOf(reply.body.revisionId)).toBe('Cy Dunn,████████\nBo Holm,████████\n')
  })

  test('is withdrawn with its original', async () => {
    const { evidenceId, revisionId } = await hold('the secret word')
    await revise(evidenceId, 'a newer word')
    const copy = await redact(revisionId, [['strings', 'secret']])
    await change(evidenceId, {
      intent: 'withdraw-revision',
      revisionId,
      reason: 'It was never ours to hold.',
    })
    const { revisions } = await page(evidenceId)
    const row = revisions.find(({ id }: { id: string }) => id === copy.body.revisionId)
    expect(row.withdrawnAt).not.toBeNull()
  })

  test.each([
    ['a text that is not there', [['strings', 'absent']], 409],
    ['nothing', [['strings', ' \n ']], 400],
    ['one letter', [['strings', 'a']], 400],
    ['too many lines', [['strings', Array.from({ length: 101 }, (_, n) => `line ${n}`).join('\n')]], 400],
    ['a column of a text', [['columns[]', '-1']], 400],
  ] as [string, [string, string][], number][])('is not made for %s', async (_, fields, status) => {
    const { revisionId } = await hold(`some words for ${_}`)
    const before = await footprintOf(owner)
    expect((await redact(revisionId, fields)).status).toBe(status)
    expect(await footprintOf(owner)).toEqual(before)
  })

  const sendPicture = (revisionId: string, rectangles: string, bytes: Content, who = owner) => {
    const { body } = streamOf([
      { name: 'rectangles', value: rectangles },
      { fileName: 'r.png', content: bytes },
    ])
    const path = `/revisions/${revisionId}/redact-image`
    return replyOf(pictureAction(routeArgs(path, { revisionId }, who, multipart(body))))
  }

  test('of a picture is blackened and encoded anew by the server itself', async () => {
    const { evidenceId, revisionId, sha256 } = await hold(
      makePng(8, 8, 4, Buffer.alloc(256, 200)),
      'console.png',
    )
    const send = (rectangles: string, bytes: Content, who = owner) =>
      sendPicture(revisionId, rectangles, bytes, who)
    // Nothing is black in what arrives, and nothing of it is in the original.
    const unpainted = makePng(8, 8, 4, Buffer.alloc(256, 77))
    const good = '[{"x":1,"y":1,"width":4,"height":4}]'
    const reply = await send(good, unpainted)
    expect(reply.body).toMatchObject({ outcome: 'redacted', evidenceId })
    const { revisions } = await page(evidenceId)
    expect(revisions[0]).toMatchObject({ redactedFrom: sha256, fileName: 'console (redacted).png' })
    expect(revisions[0].redaction).toBe('Blacked out: 1 rectangle; encoded anew without metadata.')
    const kept = (await content(reply.body.revisionId)).response
    const rows: Buffer[] = []
    for await (const row of rowsOf(readPicture(new Uint8Array((await kept?.arrayBuffer()) ?? []))))
      rows.push(row)
    rows.forEach((row, y) => {
      for (let x = 0; x < 8; x += 1) {
        const isInside = x >= 1 && x < 5 && y >= 1 && y < 5
        expect([...row.subarray(x * 4, x * 4 + 4)]).toEqual(isInside ? [0, 0, 0, 255] : [200, 200, 200, 200])
      }
    })
    const another = makePng(8, 9, 4, Buffer.alloc(288, 200))
    expect((await send(good, another)).body.refusal.code).toBe('another-picture')
    expect((await send('[]', unpainted)).status).toBe(400)
    expect((await send('{', unpainted)).status).toBe(400)
    expect((await send('[{"x":7,"y":0,"width":4,"height":1}]', unpainted)).body.refusal.code).toBe('outside')
    expect((await send(good, '<svg/>')).body.refusal.code).toBe('not-png')
    expect((await send(good, unpainted, stranger)).status).toBe(404)
    expect((await redact(revisionId, [['strings', 'text']])).body.refusal.code).toBe('not-text')
  })

  test('of a JPEG has its size, and says that its pixels came from the browser', async () => {
    const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080006000801011100ffd9', 'hex')
    const { evidenceId, revisionId } = await hold(jpeg, 'photo.jpg')
    const good = '[{"x":1,"y":1,"width":4,"height":4}]'
    const other = await sendPicture(revisionId, good, makePng(6, 8, 3, Buffer.alloc(144, 90)))
    expect(other.body.refusal.code).toBe('another-picture')
    const reply = await sendPicture(revisionId, good, makePng(8, 6, 3, Buffer.alloc(144, 90)))
    expect(reply.body).toMatchObject({ outcome: 'redacted' })
    const { revisions } = await page(evidenceId)
    expect(revisions[0].redaction).toContain('Its pixels came from the browser')
  })
})

describe('recognising a file', () => {
  const ask = (body: BodyInit, cookie = owner.cookie) =>
    replyOf(
      recogniseAction(
        routeArgs(
          '/evidence/recognise',
          {},
          { ...owner, cookie },
          {
            method: 'POST',
            body,
            headers: { 'content-type': 'application/octet-stream' },
          },
        ),
      ),
    )
  test('names the format and the kind that it usually is', async () => {
    expect((await ask(SCAN('x'))).body.recognised).toMatchObject({ kind: 'vuln-scan-summary' })
    expect((await ask('a plan')).body.recognised).toBeNull()
    expect((await ask('')).body.recognised).toBeNull()
    expect((await ask('x'.repeat(70_000))).status).toBe(413)
    expect((await ask('x', '')).status).toBe(302)
  })
})

test('uploading the same file to two clients stores it once and keeps two items', async () => {
  const other = await makeClient(owner)
  const first = await uploadFile(owner, clientId, { fileName: 'shared.txt', content: 'shared bytes' })
  const second = await uploadFile(owner, other, { fileName: 'shared.txt', content: 'shared bytes' })
  expect(second.body).toMatchObject({ outcome: 'received', sha256: first.body.sha256 })
})
