import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { verifyReport } from '#app/report/verify.ts'
import { atTheDoor, enterCode, greet, sendCode } from '#app/services/attestation-door.server.ts'
import {
  getLinkProgress,
  revokeAttestationLink,
  sendAttestationLink,
} from '#app/services/attestation-links.server.ts'
import { getSignerPage } from '#app/services/attestation-page.server.ts'
import { CODE_TRIES, CODES_PER_LINK } from '#app/services/attestation-rules.ts'
import { readToken, writeToken } from '#app/services/attestation-token.ts'
import {
  attest,
  confirmAnswer,
  decline,
  getVisit,
  openVisitFile,
  openVisitTwin,
} from '#app/services/attestation-visit.server.ts'
import { openDoor, tokenInOutbox } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { getReport, getReportState, prepareReport, withdrawReport } from '#app/services/reports.server.ts'
import { mailAttestationAgain } from '#app/services/room-attestations.server.ts'
import { visitRoom } from '#app/services/room-visit.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { enterRoom } from './room-world.ts'

const ORIGIN = 'https://attested.example'
const caller = { address: '203.0.113.7', userAgent: 'a phone' }
const typed = { typedName: 'Oscar Officer', attest: 'on' } as const
const MINUTE = 60_000

let world: World
let mia: Member
let application: string
let reportId: string

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  mia = (await world.signUpMember('Mia Member')).member
  const now = new Date()
  const { dental } = demoClients(now)
  application = await prepareClient(
    mia,
    dental,
    dentalAnswers(now),
    dentalFiles(now).slice(2),
    () => undefined,
  )
  await prepare()
})
afterAll(() => world?.close())
afterEach(() => world.setClock(null))

async function prepare() {
  const prepared = await prepareReport(mia, application, {
    contributorTitle: 'Technician',
    officerName: 'Oscar Officer',
    officerTitle: 'Chief executive',
    officerRole: 'chief-executive',
    officerEmail: 'oscar@client.example',
    coversFrom: '',
    certify: 'on',
  })
  if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
  reportId = prepared.reportId
  await reach('awaiting-attestation')
}

async function reach(state: string) {
  const isReached = async () => expect((await getReportState(mia, reportId)).state).toBe(state)
  await vi.waitFor(isReached, { timeout: 240_000, interval: 100 })
}

const later = (ms: number) => world.setClock(new Date(getRuntime().clock().getTime() + ms))

async function newLink(): Promise<string> {
  await sendAttestationLink(mia, reportId, ORIGIN)
  return tokenInOutbox(mia)
}

/** A code that is not the one in the outbox. */
async function wrongCode(): Promise<string> {
  const mail = (await listOutbox(mia)).find(({ kind, content }) => kind === 'attestation-code' && content)
  return mail?.content?.code === '000000' ? '111111' : '000000'
}

const door = (token: string) => ({ token, session: null })
const refusedWith = (code: string) => expect.objectContaining({ code })

describe('the key in a link', () => {
  test('names its organisation and comes back as it was', () => {
    const token = writeToken(mia.organisationId, new Uint8Array(24).fill(7))
    expect(token).toMatch(/^[\w-]{54}$/)
    expect(readToken(token)).toEqual({ organisationId: mia.organisationId })
  })

  test.each([
    undefined,
    '',
    'x',
    'a'.repeat(53),
    'a'.repeat(55),
    `${'a'.repeat(53)}=`,
    `../${'a'.repeat(51)}`,
  ])('is nothing when it is %j', (token) => expect(readToken(token)).toBeNull())

  test('opens nothing when it is forged, of another organisation or cut', async () => {
    const token = await newLink()
    const { member: eve } = await world.signUpMember('Eve Elsewhere')
    const moved = writeToken(eve.organisationId, Buffer.from(token, 'base64url').subarray(16))
    const forged = writeToken(mia.organisationId, new Uint8Array(24))
    for (const wrong of [moved, forged, token.slice(0, -1)])
      await expect(greet(door(wrong))).rejects.toEqual(refusedWith('not-found'))
  })

  test('stands nowhere in the database', async () => {
    const token = await newLink()
    // The mail itself waits in the outbox here; without it, only a hash is left.
    await revokeAttestationLink(mia, reportId)
    const rows = await atDatabase()
    expect(rows).not.toContain(token)
  })
})

/** Everything that is kept of links and mails, as text. */
async function atDatabase(): Promise<string> {
  const { listLinks } = await import('#db/queries/attestation.server.ts')
  const { listMails } = await import('#db/queries/mails.server.ts')
  return getRuntime().database.inOrganisation(mia.organisationId, async (tx) =>
    JSON.stringify([
      await listLinks(tx, mia.organisationId, reportId),
      await listMails(tx, mia.organisationId, { state: null, offset: 0, limit: 1000 }),
    ]),
  )
}

describe('from the room of whoever is to sign', () => {
  const oscar = { recipientName: 'Oscar Officer', recipientEmail: 'oscar@client.example' }

  async function room(person = oscar) {
    const { clientId } = await getReport(mia, reportId).then(({ report }) => report)
    return enterRoom(mia, clientId, person)
  }

  test('a report is a task there, without a key to it', async () => {
    const token = await newLink()
    const page = await visitRoom(await room())
    expect(page.tasks).toMatchObject([{ kind: 'attestation', isDone: false, askedBy: 'Mia Member' }])
    expect(JSON.stringify(page)).not.toContain(token)
    const ada = await room({ recipientName: 'Ada', recipientEmail: 'ada@client.example' })
    expect((await visitRoom(ada)).tasks).toEqual([])
  })

  test('its link is mailed again to the address in the statement, a few times a day, and the old one is dead', async () => {
    const old = await newLink()
    const key = await room()
    const linkOf = async () => (await visitRoom(key)).tasks[0]?.id ?? ''
    const again = async (by = key) => mailAttestationAgain(by, await linkOf(), ORIGIN)
    await expect(again()).rejects.toEqual(refusedWith('link-pause'))
    const ada = await room({ recipientName: 'Ada', recipientEmail: 'ada@client.example' })
    await expect(again(ada)).rejects.toEqual(refusedWith('not-found'))
    await expect(again({ ...key, session: null })).rejects.toEqual(refusedWith('code-needed'))
    later(4 * MINUTE)
    expect(await again()).toBe('preparer')
    const fresh = await tokenInOutbox(mia)
    expect(fresh).not.toBe(old)
    expect((await greet(door(old))).state).toBe('revoked')
    // It asks for a code of its own: the room's session opens nothing of it.
    expect((await greet(door(fresh))).isOpen).toBe(false)
    const { entries } = await listLedger(mia)
    expect(entries[0]).toMatchObject({
      kind: 'attestation.link-sent',
      actor: 'Oscar Officer <oscar@client.example>',
    })
    for (let sent = 0; sent < 6; sent += 1) {
      later(4 * MINUTE)
      await again().catch(() => undefined)
    }
    await expect(again()).rejects.toEqual(refusedWith('links-spent'))
  })
})

describe('the door', () => {
  test('tells whom a link is for, and nothing of the report, before the code', async () => {
    const token = await newLink()
    const greeting = await greet(door(token))
    expect(greeting).toMatchObject({
      state: 'open',
      signerName: 'Oscar Officer',
      recipient: 'o…@client.example',
      isCodeSent: false,
      isOpen: false,
    })
    for (const session of [null, 'made up', '']) {
      await expect(getVisit({ token, session })).rejects.toEqual(refusedWith('code-needed'))
      await expect(openVisitFile({ token, session })).rejects.toEqual(refusedWith('code-needed'))
      await expect(confirmAnswer({ token, session }, 'mfa-email')).rejects.toEqual(refusedWith('code-needed'))
      await expect(attest({ token, session }, typed, caller, null)).rejects.toEqual(
        refusedWith('code-needed'),
      )
      await expect(decline({ token, session }, { reason: 'Not mine at all.' }, ORIGIN)).rejects.toEqual(
        refusedWith('code-needed'),
      )
    }
    expect((await getLinkProgress(mia, reportId))?.openedAt).toBeInstanceOf(Date)
  })

  test('opens with the code, once, and for one browser', async () => {
    const token = await newLink()
    const key = await openDoor(mia, token)
    expect((await getVisit(key)).statement.reportId).toBe(reportId)
    await expect(getVisit(door(token))).rejects.toEqual(refusedWith('code-needed'))
    expect(
      (await listOutbox(mia)).filter(({ kind, content }) => kind === 'attestation-code' && content),
    ).toEqual([])
    expect(await enterCode(door(token), '123456')).toEqual({ outcome: 'no-code' })
  })

  test('counts wrong codes, and the right one comes too late after five', async () => {
    const token = await newLink()
    await sendCode(door(token))
    const right = (await listOutbox(mia))[0]?.content?.code ?? ''
    for (let left = CODE_TRIES - 1; left >= 0; left -= 1)
      expect(await enterCode(door(token), await wrongCode())).toEqual({ outcome: 'wrong', triesLeft: left })
    expect(await enterCode(door(token), right)).toEqual({ outcome: 'no-code' })
    await expect(sendCode(door(token))).rejects.toEqual(refusedWith('code-pause'))
    later(MINUTE)
    await expect(openDoor(mia, token)).resolves.toMatchObject({ token })
  })

  test('two wrong codes at once are two tries', async () => {
    const token = await newLink()
    await sendCode(door(token))
    const wrong = await wrongCode()
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => enterCode(door(token), wrong)))
    expect(outcomes.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(CODE_TRIES)
  })

  test('sends so many codes and no more', async () => {
    const token = await newLink()
    for (let sent = 0; sent < CODES_PER_LINK; sent += 1) {
      await sendCode(door(token))
      later(MINUTE)
    }
    await expect(sendCode(door(token))).rejects.toEqual(refusedWith('codes-spent'))
  })

  test('closes by itself: the code after 15 minutes, the session after two hours, the link after two weeks', async () => {
    const token = await newLink()
    await sendCode(door(token))
    const code = (await listOutbox(mia))[0]?.content?.code ?? ''
    later(16 * MINUTE)
    expect(await enterCode(door(token), code)).toEqual({ outcome: 'no-code' })
    const mail = (await listOutbox(mia)).find(({ kind }) => kind === 'attestation-code')
    expect(mail?.content).toBeNull()
    // What stays of a mail must not say what it said.
    expect(mail?.subject).not.toMatch(/\d{6}/)
    const key = await openDoor(mia, token)
    later(121 * MINUTE)
    await expect(getVisit(key)).rejects.toEqual(refusedWith('code-needed'))
    later(15 * 24 * 60 * MINUTE)
    expect((await greet(key)).state).toBe('expired')
    await expect(sendCode(key)).rejects.toEqual(refusedWith('link'))
  })

  test('a new link and a revoked one end the sessions of the old one', async () => {
    const first = await newLink()
    const key = await openDoor(mia, first)
    const second = await newLink()
    expect((await greet(key)).state).toBe('revoked')
    await expect(getVisit(key)).rejects.toEqual(refusedWith('code-needed'))
    const again = await openDoor(mia, second)
    await revokeAttestationLink(mia, reportId)
    await expect(confirmAnswer(again, 'mfa-email')).rejects.toEqual(refusedWith('link'))
    await expect(revokeAttestationLink(mia, reportId)).rejects.toEqual(refusedWith('no-link'))
  })

  test('belongs to its organisation', async () => {
    const { member: eve } = await world.signUpMember('Eve Stranger')
    await expect(sendAttestationLink(eve, reportId, ORIGIN)).rejects.toEqual(refusedWith('not-found'))
    await expect(getLinkProgress(eve, reportId)).rejects.toEqual(refusedWith('not-found'))
    await expect(revokeAttestationLink(eve, reportId)).rejects.toEqual(refusedWith('not-found'))
  })
})

describe('the officer', () => {
  test('declines with a reason: the report is withdrawn, and the application is a draft again', async () => {
    const key = await openDoor(mia, await newLink())
    await decline(key, { reason: 'Two sites have no second factor.' }, ORIGIN)
    const { report } = await getReport(mia, reportId)
    expect(report).toMatchObject({
      state: 'withdrawn',
      withdrawnReason: 'Oscar Officer declined to attest: Two sites have no second factor.',
    })
    expect((await getReadiness(mia, application)).application.state).toBe('draft')
    const told = (await listOutbox(mia)).find(({ kind }) => kind === 'attestation-declined')
    expect(told).toMatchObject({ recipient: mia.email })
    expect(told?.content?.paragraphs).toContain('Two sites have no second factor.')
    await expect(attest(key, typed, caller, null)).rejects.toEqual(refusedWith('link'))
    const [entry] = (await listLedger(mia)).entries
    expect(entry).toMatchObject({ kind: 'report.withdrawn', actor: 'Oscar Officer <oscar@client.example>' })
    await prepare()
  })

  test('sees a report that was withdrawn meanwhile as over', async () => {
    const key = await openDoor(mia, await newLink())
    await withdrawReport(mia, reportId, 'The client found a mistake.')
    expect((await greet(key)).state).toBe('revoked')
    await expect(attest(key, typed, caller, null)).rejects.toEqual(refusedWith('link'))
    await prepare()
  })

  test('cannot sign blindly, in another name, or from the preparer’s session', async () => {
    const key = await openDoor(mia, await newLink())
    const { toConfirm } = await getVisit(key)
    // Without an answer to confirm this test would show nothing.
    expect(toConfirm.length).toBeGreaterThan(1)
    await expect(attest(key, typed, caller, null)).rejects.toEqual(refusedWith('unconfirmed'))
    await expect(confirmAnswer(key, 'no-such-question')).rejects.toEqual(refusedWith('question'))
    for (const questionId of toConfirm.slice(1)) await confirmAnswer(key, questionId)
    await expect(attest(key, typed, caller, null)).rejects.toEqual(refusedWith('unconfirmed'))
    await confirmAnswer(key, toConfirm[0] ?? '')
    await confirmAnswer(key, toConfirm[0] ?? '')
    await expect(attest(key, { ...typed, typedName: 'Otto Other' }, caller, null)).rejects.toEqual(
      refusedWith('name'),
    )
    await expect(attest(key, typed, caller, mia)).rejects.toEqual(refusedWith('both-sides'))
    expect(await getLinkProgress(mia, reportId)).toMatchObject({
      confirmed: toConfirm.length,
      toConfirm: toConfirm.length,
    })
    const page = await getSignerPage(key)
    expect(page.steps.every(({ isConfirmed }) => isConfirmed)).toBe(true)
    expect([...page.steps, ...page.rest].length).toBe(
      (await getVisit(key)).statement.answers.filter(({ answer }) => answer).length,
    )
  })

  test('attests once, and how is kept', async () => {
    const token = await newLink()
    const key = await openDoor(mia, token)
    const { toConfirm } = await getVisit(key)
    for (const questionId of toConfirm) await confirmAnswer(key, questionId)
    const both = await Promise.allSettled([
      attest(key, typed, caller, null),
      attest(key, typed, caller, null),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await reach('signed')
    const { report } = await getReport(mia, reportId)
    const record = JSON.parse(report.attestationRecord ?? '{}')
    expect(record).toMatchObject({
      method: expect.stringContaining('handed over by the preparer'),
      recipient: 'oscar@client.example',
      typedName: 'Oscar Officer',
      address: '203.0.113.7',
      userAgent: 'a phone',
      alsoSignedIn: null,
    })
    expect(record.confirmed.map(({ questionId }: { questionId: string }) => questionId).sort()).toEqual(
      [...toConfirm].sort(),
    )
    expect(record.declaration.length * record.consent.length).toBeGreaterThan(0)
    // The link is used up; the browser that signed may still fetch what it signed.
    expect((await greet(door(token))).state).toBe('finished')
    await expect(sendCode(door(token))).rejects.toEqual(refusedWith('link'))
    await expect(sendAttestationLink(mia, reportId, ORIGIN)).rejects.toEqual(refusedWith('state'))
    const { stream } = await openVisitFile(key)
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk as Uint8Array)
    expect((await verifyReport(Buffer.concat(chunks))).ok).toBe(true)
    expect((await getSignerPage(key)).twins.sort()).toEqual(['detached', 'envelope', 'oscal'])
    const twin = await openVisitTwin(key, 'detached')
    const parts: Uint8Array[] = []
    for await (const part of twin.stream) parts.push(part as Uint8Array)
    const detachedEnvelope = Buffer.concat(parts).toString('utf8')
    expect((await verifyReport(Buffer.concat(chunks), { detachedEnvelope })).ok).toBe(true)
    await expect(openVisitTwin(key, 'statement')).rejects.toThrow('no such file')
    await expect(openVisitTwin(door(token), 'oscal')).rejects.toEqual(refusedWith('code-needed'))
    const forged = `${token.slice(0, -1)}${token.endsWith('x') ? 'y' : 'x'}`
    await expect(openVisitTwin({ ...key, token: forged }, 'oscal')).rejects.toThrow('leads nowhere')
    const done = (await listOutbox(mia)).find(({ kind }) => kind === 'attestation-done')
    expect(done?.content?.paragraphs).toContain(report.pdfSha256)
    expect(await atTheDoor(key, async (_tx, { state }) => state)).toBe('finished')
  })
})
