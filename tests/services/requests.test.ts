import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loader as pageLoader } from '#app/routes/asked.tsx'
import { action as uploadAction } from '#app/routes/asked-upload.ts'
import { loader as fileLoader } from '#app/routes/request-file.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { getEvidence, listEvidence, registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import {
  listRequests,
  requestEvidence,
  requestNewerEvidence,
} from '#app/services/evidence-requests.server.ts'
import { reviseEvidence } from '#app/services/evidence-revisions.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import { acceptRequestFile } from '#app/services/request-acceptance.server.ts'
import { NewRequestInput, RequestChange } from '#app/services/request-input.ts'
import { mentionedIn } from '#app/services/request-mentions.ts'
import { writeRequestTable } from '#app/services/request-table.ts'
import {
  cancelRequest,
  changeDueDay,
  closeRequest,
  getRequestThread,
  openRequestFile,
  remindOfRequest,
  returnRequest,
  revokeRequestLinks,
  sayAboutRequest,
} from '#app/services/request-thread.server.ts'
import { FILES_PER_REQUEST, replyToRequest, visitRequest } from '#app/services/request-visit.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { insertRequestEntry } from '#db/queries/evidence-requests.server.ts'
import { multipart, type Part, replyOf, type SignedIn, streamOf } from '../routes/evidence-calls.ts'
import { openWorld, type World } from '../support/world.ts'

const ORIGIN = 'https://attested.example'
const NOW = new Date('2026-11-27T10:00:00.000Z')
const caller = { address: '203.0.113.7', userAgent: 'a phone' }
const evidenceInput = {
  kind: 'restore-test-log',
  title: '',
  observedOn: '2026-11-20',
  validUntil: null,
  collector: '',
  controlIds: [],
  questionRefs: [],
  viewpoint: 'internal' as const,
}

let world: World
let mia: SignedIn
let eve: SignedIn
let clientId: string

beforeAll(async () => {
  world = await openWorld()
  mia = await world.signUpMember('Mia Member')
  eve = await world.signUpMember('Eve Elsewhere')
})
beforeEach(async () => {
  world.setClock(NOW)
  clientId = await createClient(mia.member, demoClients(NOW).dental)
})
afterEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const typed = (words: Record<string, string> = {}) => ({
  title: 'Report of the last restore test',
  questionRef: '',
  message: 'It must show the day and what was restored.',
  dueOn: '2026-12-04',
  recipientName: 'Fiona Finance',
  recipientEmail: 'fiona@client.example',
  ...words,
})

async function ask(words: Record<string, string> = {}) {
  const sent = await requestEvidence(mia.member, clientId, NewRequestInput.parse(typed(words)), ORIGIN)
  return { ...sent, key: keyOf(sent.href) }
}

const keyOf = (href: string) => ({ token: href.split('/').at(-1), session: null })

function send(
  key: { token: string | undefined },
  parts: readonly Part[],
  init: { cutAt?: number; accept?: string } = {},
) {
  const { headers, ...call } = multipart(streamOf(parts, init).body)
  const request = new Request(`http://attested.test/request/${key.token}/upload`, {
    ...call,
    headers: { ...(headers as Record<string, string>), accept: init.accept ?? 'application/json' },
  })
  return replyOf(
    uploadAction({ request, params: { token: key.token ?? '' }, context: {} } as never) as Promise<unknown>,
  )
}
const file = (content: string, fileName = 'restore.txt'): Part[] => [
  { name: 'note', value: 'From the backup console' },
  { fileName, content },
]

const open = async (key: { token: string | undefined; session: null }) => {
  const page = await visitRequest(key, caller)
  if (page.state !== 'open') throw new Error(`The link is ${page.state}`)
  return page.visit
}
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
const kinds = async (requestId: string) =>
  (await getRequestThread(mia.member, requestId)).entries.map(({ kind }) => kind)
const mails = async (kind: string) => (await listOutbox(mia.member)).filter((mail) => mail.kind === kind)

describe('the form of a request', () => {
  test.each([
    ['nothing wanted', { title: '  ' }, 'title'],
    ['no words', { message: '\n' }, 'message'],
    ['a book of words', { message: 'x'.repeat(4001) }, 'message'],
    ['no day', { dueOn: '4.12.2026' }, 'dueOn'],
    ['nobody', { recipientName: 'F' }, 'recipientName'],
    ['no address', { recipientEmail: 'fiona at client' }, 'recipientEmail'],
    ['a question of no application', { questionRef: 'mfa-email' }, 'questionRef'],
  ])('%s is refused at its field', (_, words, field) => {
    const result = NewRequestInput.safeParse(typed(words))
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  test('marks that turn the direction of text and line breaks leave a title', () => {
    expect(NewRequestInput.parse(typed({ title: 'Log\u202e\r\nof\u2066 it' })).title).toBe('Log of it')
  })
})

describe('a request', () => {
  test('goes out as a mail with a link, and is in the ledger without the link', async () => {
    const { requestId, href } = await ask()
    const [mail] = await mails('request-link')
    expect(mail).toMatchObject({ recipient: 'fiona@client.example', state: 'kept' })
    expect(mail?.content?.action?.href).toBe(href)
    const { entries } = await listLedger(mia.member)
    expect(entries[0]).toMatchObject({ kind: 'evidence.requested' })
    expect(entries[0]?.payload).toContain(requestId)
    expect(entries[0]?.payload).not.toContain(href.split('/').at(-1))
  })

  test.each([
    ['a day that is over', () => ask({ dueOn: '2026-11-26' }), 'past-date'],
    [
      'a question that is not theirs',
      () => ask({ questionRef: `${crypto.randomUUID()}/mfa-email` }),
      'unknown-question',
    ],
  ])('is refused for %s', async (_, work, expected) => {
    expect(await code(work())).toBe(expected)
  })

  test('is refused for a client that is archived or another organisation’s', async () => {
    const input = NewRequestInput.parse(typed())
    expect(await code(requestEvidence(eve.member, clientId, input, ORIGIN))).toBe('not-found')
    await setClientArchived(mia.member, clientId, true)
    expect(await code(ask())).toBe('client-archived')
  })

  test('is listed by day, overdue once its day is over in UTC, and told in a table that runs no formula', async () => {
    await ask({ title: '=cmd()', dueOn: '2026-12-09' })
    await ask({ dueOn: '2026-11-28' })
    world.setClock(new Date('2026-11-29T00:00:00Z'))
    const rows = await listRequests(mia.member, { clientId })
    expect(rows.map(({ dueOn, isOverdue }) => [dueOn, isOverdue])).toEqual([
      ['2026-11-28', true],
      ['2026-12-09', false],
    ])
    expect(writeRequestTable(rows)).toContain(",'=cmd(),")
    expect(await code(listRequests(eve.member, { clientId }))).toBe('not-found')
  })
})

describe('whoever was asked', () => {
  test('sees the request and nothing of what colleagues note', async () => {
    const { requestId, key } = await ask()
    await sayAboutRequest(mia.member, requestId, { audience: 'colleagues', text: 'She is slow' }, ORIGIN)
    await sayAboutRequest(mia.member, requestId, { audience: 'recipient', text: 'Any news?' }, ORIGIN)
    const visit = await open(key)
    expect(visit).toMatchObject({ title: 'Report of the last restore test', state: 'open', isOverdue: false })
    expect(visit.entries.map(({ text }) => text)).toEqual(['Any news?'])
    expect(JSON.stringify(visit)).not.toContain('She is slow')
  })

  test('sends a file that waits for a look, and is told to whoever asked once', async () => {
    const { requestId, key } = await ask()
    expect(await send(key, file('restored 12 of 12'))).toMatchObject({
      status: 200,
      body: { outcome: 'sent' },
    })
    await send(key, file('restored again', 'second.txt'))
    const { request, entries } = await getRequestThread(mia.member, requestId)
    expect(request.state).toBe('answered')
    expect(entries.map(({ kind, fileName, text }) => [kind, fileName, text])).toEqual([
      ['file', 'restore.txt', 'From the backup console'],
      ['file', 'second.txt', 'From the backup console'],
    ])
    expect(await listEvidence(mia.member, clientId)).toEqual([])
    expect((await mails('request-news')).filter(({ subject }) => subject.includes('Fiona'))).toHaveLength(1)
  })

  test('without scripts comes back to the page', async () => {
    const { key } = await ask()
    const { status, response } = await send(key, file('x'), { accept: 'text/html' })
    expect([status, response?.headers.get('location')]).toEqual([302, `/request/${key.token}`])
  })

  test('says that it cannot be provided', async () => {
    const { requestId, key } = await ask()
    await replyToRequest(key, { intent: 'cannot', text: 'We never tested.' }, ORIGIN)
    expect(await kinds(requestId)).toEqual(['cannot'])
    const { entries } = await listLedger(mia.member)
    expect(entries[0]).toMatchObject({
      kind: 'request.refused',
      actor: 'Fiona Finance <fiona@client.example>, by link',
    })
  })

  test.each([
    ['an empty file', file(''), {}, 409, 'empty-file'],
    ['a form that breaks off', file('restored 12 of 12'), { cutAt: 255 }, 400, 'interrupted'],
    ['no file', [{ name: 'note', value: 'x' }] as Part[], {}, 400, 'no-file'],
  ])('is told what is wrong with %s, and nothing is kept', async (_, parts, init, status, expected) => {
    const { requestId, key } = await ask()
    const reply = await send(key, parts, init)
    expect([reply.status, reply.body.refusal.code]).toEqual([status, expected])
    expect(await kinds(requestId)).toEqual([])
  })

  test('cannot send more than the installation takes, nor a note longer than a note', async () => {
    const { requestId, key } = await ask()
    const { settings } = getRuntime()
    const most = settings.maxUploadBytes
    settings.maxUploadBytes = 10
    try {
      expect((await send(key, file('more than ten bytes'))).status).toBe(413)
    } finally {
      settings.maxUploadBytes = most
    }
    const long = await send(key, [{ name: 'note', value: 'x'.repeat(1001) }, ...file('x').slice(1)])
    expect([long.status, long.body.outcome]).toEqual([400, 'invalid'])
    expect(await kinds(requestId)).toEqual([])
  })

  test('cannot fill the disk with one link', async () => {
    const { requestId, key } = await ask()
    const { organisationId } = mia.member
    await getRuntime().database.inOrganisation(organisationId, async (tx) => {
      for (let count = 0; count < FILES_PER_REQUEST; count += 1) {
        await insertRequestEntry(tx, {
          organisationId,
          id: crypto.randomUUID(),
          requestId,
          kind: 'file',
          side: 'recipient',
          authorName: 'Fiona Finance',
          authorEmail: 'fiona@client.example',
          text: '',
          at: NOW,
          sha256: '0'.repeat(64),
          fileName: 'x',
          sizeBytes: 1,
          mediaType: 'text/plain',
        })
      }
    })
    expect((await send(key, file('one more'))).body.refusal.code).toBe('too-many-files')
  })
})

describe('a link that opens nothing', () => {
  const visit = (token: string) =>
    replyOf(
      pageLoader({
        request: new Request(`http://attested.test/request/${token}`),
        params: { token },
        context: {},
      } as never) as Promise<unknown>,
    )

  test('says so when it was taken back, and takes nothing', async () => {
    const { requestId, key } = await ask()
    await revokeRequestLinks(mia.member, requestId)
    expect(await visit(key.token ?? '')).toMatchObject({ status: 410, body: { page: { state: 'revoked' } } })
    expect((await send(key, file('late'))).body.refusal.code).toBe('link')
    expect(await code(replyToRequest(key, { intent: 'reply', text: 'x' }, ORIGIN))).toBe('link')
    // Nor does the mail that waits in the outbox hold it any longer.
    expect(
      (await mails('request-link')).filter(({ content }) => content?.action?.href.endsWith(key.token ?? '-')),
    ).toEqual([])
    expect(await code(revokeRequestLinks(mia.member, requestId))).toBe('no-link')
  })

  test('says so when it is expired', async () => {
    const { key } = await ask()
    world.setClock(new Date('2027-01-04T00:00:00Z'))
    expect(await visit(key.token ?? '')).toMatchObject({ status: 410, body: { page: { state: 'expired' } } })
    expect((await send(key, file('late'))).body.refusal.code).toBe('link')
  })

  test.each([
    ['forged', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['no token', () => 'x'],
    ['with another organisation’s id', (token: string) => withOrganisation(token, eve.member.organisationId)],
  ])('is not found when it is %s', async (_, change) => {
    const { requestId, key } = await ask()
    const token = change(key.token ?? '')
    expect((await visit(token)).status).toBe(404)
    expect((await send({ token }, file('x'))).status).toBe(404)
    expect(await kinds(requestId)).toEqual([])
  })

  test('what is settled takes nothing more, and says why', async () => {
    const { requestId, key } = await ask()
    await cancelRequest(mia.member, requestId)
    expect((await open(key)).state).toBe('cancelled')
    expect((await send(key, file('late'))).body.refusal.code).toBe('request-settled')
    const tries = [
      () => remindOfRequest(mia.member, requestId, ORIGIN),
      () => changeDueDay(mia.member, requestId, '2026-12-20'),
      () => sayAboutRequest(mia.member, requestId, { audience: 'recipient', text: 'x' }, ORIGIN),
    ]
    for (const attempt of tries) expect(await code(attempt())).toBe('request-settled')
    // A note among colleagues is always possible; cancelling again changes nothing.
    await sayAboutRequest(mia.member, requestId, { audience: 'colleagues', text: 'Was a mistake' }, ORIGIN)
    const before = (await listLedger(mia.member)).entries[0]?.hash
    await cancelRequest(mia.member, requestId)
    expect((await listLedger(mia.member)).entries[0]?.hash).toBe(before)
  })

  function withOrganisation(token: string, organisationId: string) {
    const bytes = Buffer.from(token, 'base64url')
    Buffer.from(organisationId.replaceAll('-', ''), 'hex').copy(bytes)
    return bytes.toString('base64url')
  }
})

describe('whoever asked', () => {
  const sent = async (words: Record<string, string> = {}) => {
    const asked = await ask(words)
    await send(asked.key, file(`restored ${crypto.randomUUID()}`))
    const { entries } = await getRequestThread(mia.member, asked.requestId)
    return { ...asked, fileEntryId: entries[0]?.id ?? '' }
  }

  test('takes the file as evidence for the question, and the request is fulfilled', async () => {
    const applicationId = await startApplication(mia.member, clientId, {
      formCode: 'core-cyber',
      edition: '1',
    })
    const { requestId, fileEntryId } = await sent({ questionRef: `${applicationId}/mfa-email` })
    const accept = () =>
      acceptRequestFile(mia.member, requestId, { fileEntryId, closes: true, input: evidenceInput })
    const evidenceId = await accept()
    const { evidence, revisions } = await getEvidence(mia.member, evidenceId)
    expect(evidence).toMatchObject({
      title: 'Report of the last restore test',
      controlIds: ['mfa-email'],
      questionRefs: [`${applicationId}/mfa-email`],
    })
    expect(revisions[0]?.collector).toBe('Fiona Finance, asked by Mia Member')
    expect((await getRequestThread(mia.member, requestId)).request).toMatchObject({
      state: 'fulfilled',
      fulfilledBy: revisions[0]?.id,
    })
    // Twice is the same as once.
    expect(await accept()).toBe(evidenceId)
    expect(await kinds(requestId)).toEqual(['file', 'accepted'])
  })

  test('takes it for the client alone once the application is discarded', async () => {
    const applicationId = await startApplication(mia.member, clientId, {
      formCode: 'core-cyber',
      edition: '1',
    })
    const { requestId, fileEntryId } = await sent({ questionRef: `${applicationId}/mfa-email` })
    await getRuntime().database.inOrganisation(mia.member.organisationId, (tx) =>
      tx.execute(sql`update application set discarded_at = now() where id = ${applicationId}::uuid`),
    )
    const evidenceId = await acceptRequestFile(mia.member, requestId, {
      fileEntryId,
      closes: true,
      input: evidenceInput,
    })
    expect((await getEvidence(mia.member, evidenceId)).evidence.questionRefs).toEqual([])
  })

  test('nothing is sent or taken once the client is archived', async () => {
    const { requestId, fileEntryId, key } = await sent()
    await setClientArchived(mia.member, clientId, true)
    expect((await send(key, file('late'))).body.refusal.code).toBe('request-settled')
    const take = () =>
      acceptRequestFile(mia.member, requestId, { fileEntryId, closes: true, input: evidenceInput })
    expect(await code(take())).toBe('client-archived')
  })

  test('takes it as a newer version where one was asked for', async () => {
    const stored = await storeFile(mia.member, chunk('the old log'))
    const held = await registerEvidence(mia.member, clientId, stored, 'old.txt', evidenceInput)
    if (held.outcome !== 'received') throw new Error('Not received')
    const { title: _, questionRef: __, ...input } = NewRequestInput.parse(typed())
    const { requestId, href } = await requestNewerEvidence(mia.member, held.evidenceId, input, ORIGIN)
    await send(keyOf(href), file('the new log'))
    const [entry] = (await getRequestThread(mia.member, requestId)).entries
    const said = { ...evidenceInput, observedOn: '2026-11-26' }
    await acceptRequestFile(mia.member, requestId, {
      fileEntryId: entry?.id ?? '',
      closes: true,
      input: said,
    })
    expect((await getEvidence(mia.member, held.evidenceId)).revisions).toHaveLength(2)
  })

  test('an upload of our own answers it too, even when something came meanwhile', async () => {
    const stored = await storeFile(mia.member, chunk('an old log'))
    const held = await registerEvidence(mia.member, clientId, stored, 'old.txt', evidenceInput)
    if (held.outcome !== 'received') throw new Error('Not received')
    const { title: _, questionRef: __, ...input } = NewRequestInput.parse(typed())
    const { requestId, href } = await requestNewerEvidence(mia.member, held.evidenceId, input, ORIGIN)
    await replyToRequest(keyOf(href), { intent: 'reply', text: 'It is on the share.' }, ORIGIN)
    const newer = await storeFile(mia.member, chunk('from the share'))
    await reviseEvidence(mia.member, held.evidenceId, newer, 'new.txt', {
      ...evidenceInput,
      observedOn: '2026-11-26',
    })
    expect((await getRequestThread(mia.member, requestId)).request.state).toBe('fulfilled')
  })

  test('returns what does not do, and a second file is taken', async () => {
    const { requestId, key } = await sent()
    await returnRequest(mia.member, requestId, 'The day is missing.', ORIGIN)
    const visit = await open(key)
    expect([visit.state, visit.entries.at(-1)?.text]).toEqual(['open', 'The day is missing.'])
    // Nothing came since: there is nothing to return or to close.
    expect(await code(returnRequest(mia.member, requestId, 'Again', ORIGIN))).toBe('nothing-came')
    expect(await code(closeRequest(mia.member, requestId))).toBe('nothing-came')
    await send(key, file('with its day'))
    const fileEntryId = (await getRequestThread(mia.member, requestId)).entries.at(-1)?.id ?? ''
    await acceptRequestFile(mia.member, requestId, { fileEntryId, closes: false, input: evidenceInput })
    expect((await getRequestThread(mia.member, requestId)).request.state).toBe('answered')
    await closeRequest(mia.member, requestId)
    expect(await kinds(requestId)).toEqual(['file', 'returned', 'file', 'accepted'])
  })

  test('reminds with a link of its own, while the first goes on working', async () => {
    const { requestId, key } = await ask()
    await remindOfRequest(mia.member, requestId, ORIGIN)
    const { links } = await getRequestThread(mia.member, requestId)
    expect(links.map(({ state }) => state)).toEqual(['open', 'open'])
    expect((await open(key)).state).toBe('open')
  })

  test('points a note out to a colleague by mail, and not to themselves', async () => {
    const { requestId } = await ask()
    const before = (await mails('request-news')).length
    await sayAboutRequest(
      mia.member,
      requestId,
      { audience: 'colleagues', text: '@Mia Member, look' },
      ORIGIN,
    )
    expect((await mails('request-news')).length).toBe(before)
    const { entries } = await getRequestThread(mia.member, requestId)
    expect(entries[0]?.mentions).toEqual([mia.member.userId])
  })

  test('is nobody of another organisation', async () => {
    const { requestId, fileEntryId } = await sent()
    const stranger = eve.member
    const tries: (() => Promise<unknown>)[] = [
      () => getRequestThread(stranger, requestId),
      () => openRequestFile(stranger, requestId, fileEntryId),
      () => acceptRequestFile(stranger, requestId, { fileEntryId, closes: true, input: evidenceInput }),
      () => returnRequest(stranger, requestId, 'x', ORIGIN),
      () => cancelRequest(stranger, requestId),
    ]
    for (const attempt of tries) expect(await code(attempt())).toBe('not-found')
    // Nor is a file of one request a file of another.
    const other = await ask()
    expect(await code(openRequestFile(mia.member, other.requestId, fileEntryId))).toBe('not-found')
  })

  test('downloads what was sent, never shown as what it says it is', async () => {
    const { requestId, key } = await ask()
    await send(key, file('<script>alert(1)</script>', '../../evil.html'))
    const fileEntryId = (await getRequestThread(mia.member, requestId)).entries[0]?.id ?? ''
    const { response } = await replyOf(
      fileLoader({
        request: new Request('http://attested.test/', { headers: { cookie: mia.cookie } }),
        params: { requestId, fileEntryId },
        context: {},
      } as never) as Promise<unknown>,
    )
    expect(response?.headers.get('content-type')).toBe('application/octet-stream')
    expect(response?.headers.get('content-disposition')).toMatch(/^attachment; filename="evil\.html"/)
  })

  test.each([
    ['a message to nobody', { intent: 'say', audience: 'all', text: 'x' }, 'audience'],
    ['no reason', { intent: 'return', text: ' ' }, 'text'],
    [
      'no kind',
      { intent: 'accept', fileEntryId: crypto.randomUUID(), kind: '', observedOn: '2026-11-20' },
      'kind',
    ],
    ['no day', { intent: 'change-due', dueOn: 'soon' }, 'dueOn'],
    ['nothing known', { intent: 'delete' }, 'intent'],
  ])('cannot ask for %s', (_, values, field) => {
    const result = RequestChange.safeParse(values)
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  async function* chunk(text: string) {
    yield Buffer.from(text)
  }
})

describe('a mention', () => {
  const person = (name: string) => ({ userId: name, name, email: `${name}@x.example` })
  const [ada, adam, twin] = [person('Ada'), person('Ada Approver'), { ...person('Ada'), userId: 'twin' }]

  test.each([
    ['@Ada Approver, please', [adam]],
    ['please @ada approver', [adam]],
    ['@Ada and @Ada Approver', [ada, adam, twin]],
    ['@Adamant people', []],
    ['ada@x.example', []],
  ])('%s', (text, expected) => {
    expect(mentionedIn(text, [ada, adam, twin])).toEqual(expected)
  })
})
