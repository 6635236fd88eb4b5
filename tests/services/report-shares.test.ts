import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeToken } from '#app/services/attestation-token.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import type { Member } from '#app/services/member.ts'
import { enterPasscode } from '#app/services/report-share-door.server.ts'
import { PasscodeInput, ShareInput } from '#app/services/report-share-input.ts'
import { exportAccess, listShares } from '#app/services/report-share-log.server.ts'
import { endOfDay, PASSCODE_TRIES, plainPasscode, writePasscode } from '#app/services/report-share-rules.ts'
import { openSharedFile, openSharedTwin, visitShare } from '#app/services/report-share-visit.server.ts'
import {
  changeLastDay,
  renewPasscode,
  revokeShare,
  shareReport,
  unlockShare,
} from '#app/services/report-shares.server.ts'
import { supersedeReport } from '#app/services/report-superseding.server.ts'
import { recordTwins } from '#app/services/report-twins.server.ts'
import { withdrawReport } from '#app/services/reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { connectTo } from '#db/connection.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { addReport, addSignedReport } from './report-rows.ts'

const ORIGIN = 'https://attested.example'
const NOW = new Date('2026-03-02T10:00:00Z')
const caller = { address: '203.0.113.7', userAgent: 'a laptop' }
const WRONG = 'AAAA-AAAA-AAAA'
const MINUTE = 60_000

let world: World
let mia: Member
let eve: Member
let reportId: string
let pdf: { sha256: string; bytes: Buffer }

beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
  mia = (await world.signUpMember('Mia Member')).member
  eve = (await world.signUpMember('Eve Elsewhere')).member
})
beforeEach(async () => {
  world.setClock(NOW)
  reportId = await signedReport()
})
afterEach(() => world.setClock(NOW))
afterAll(() => world?.close())

/** With a file in the store: how one is signed is tested elsewhere. */
async function signedReport(): Promise<string> {
  const { organisationId } = mia
  const clientId = await createClient(mia, demoClients(NOW).dental)
  const made = await addSignedReport(mia, clientId, { at: NOW, file: 'a' })
  const bytes = Buffer.from(`%PDF a report ${made.reportId}`)
  const stored = await getRuntime().store.put(organisationId, chunk(bytes), { maxBytes: 1000 })
  pdf = { sha256: stored.sha256, bytes }
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await reports.updateReport(tx, organisationId, made.reportId, { pdfSha256: stored.sha256 })
    await recordTwins(tx, organisationId, {
      reportId: made.reportId,
      recordedAt: NOW,
      stored: { oscal: { sha256: stored.sha256, sizeBytes: bytes.length } },
    })
  })
  return made.reportId
}

async function* chunk(bytes: Uint8Array) {
  yield bytes
}

async function read(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part as Uint8Array)
  return Buffer.concat(parts)
}

const RITA = {
  recipientName: 'Rita Reader',
  recipientOrganisation: 'Harbour Brokers',
  recipientEmail: 'rita@broker.example',
  lastDay: '2026-04-01',
  mayDownload: true,
}

async function share(input: Partial<typeof RITA> = {}) {
  const made = await shareReport(mia, reportId, { ...RITA, ...input }, ORIGIN)
  return { ...made, token: made.href.split('/').at(-1) ?? '', which: { reportId, shareId: made.shareId } }
}

const at = (token: string, session: string | null = null) => ({ token, session })

async function enter(token: string, passcode: string) {
  const entered = await enterPasscode(at(token), passcode, caller)
  if (entered.outcome !== 'open') throw new Error(`The passcode opened nothing: ${entered.outcome}`)
  return at(token, entered.session)
}

async function lock(token: string) {
  for (let tries = 0; tries < PASSCODE_TRIES; tries += 1) await enterPasscode(at(token), WRONG, caller)
}

const stateAt = async (key: { token: string; session: string | null }) =>
  (await visitShare(key, caller)).state
const onlyShare = async () => (await listShares(mia, reportId))[0]
const newestEntry = async () => (await listLedger(mia)).entries[0]
const refusedWith = (code: string) => expect.objectContaining({ code })
const later = (ms: number) => world.setClock(new Date(NOW.getTime() + ms))

describe('a passcode', () => {
  test('is three groups of four letters that are not taken for figures', () => {
    let next = 0
    expect(writePasscode(() => next++)).toBe('ABCD-EFGH-JKMN')
    expect(writePasscode((below) => below - 1)).toBe('ZZZZ-ZZZZ-ZZZZ')
  })

  test.each(['abcd-efgh-jkmn', ' ABCD EFGH JKMN ', 'ABCDEFGHJKMN', 'AbCd—EfGh—JkMn'])(
    'is the same however it is typed: %j',
    (typed) => expect(plainPasscode(typed)).toBe('ABCDEFGHJKMN'),
  )

  test.each(['', '   ', '1234', '-', 'a'.repeat(201)])(
    'is refused before it is hashed when it is %j',
    (typed) => {
      expect(PasscodeInput.safeParse({ passcode: typed }).success).toBe(false)
    },
  )
})

describe('what the form takes', () => {
  const form = { ...RITA, mayDownload: 'on' }
  test('names in any script, on one line', () => {
    const parsed = ShareInput.parse({ ...form, recipientName: ' 王\u2028秀英\n\tWang ' })
    expect(parsed).toMatchObject({ recipientName: '王 秀英 Wang', mayDownload: true })
  })

  test('no marks that turn the words beside a name round', () => {
    const recipientName = '\u202eRita\u2069 Reader\u202c'
    expect(ShareInput.parse({ ...form, recipientName }).recipientName).toBe('Rita Reader')
  })

  test('no download where the box is not ticked', () => {
    expect(ShareInput.parse({ ...form, mayDownload: undefined }).mayDownload).toBe(false)
  })

  test.each([
    ['an endless name', { recipientName: 'x'.repeat(121) }],
    ['no name', { recipientName: ' \n ' }],
    ['an endless organisation', { recipientOrganisation: 'x'.repeat(100_000) }],
    ['no address', { recipientEmail: 'rita' }],
    ['two addresses', { recipientEmail: 'rita@a.example, eve@b.example' }],
    ['an address with a line of its own', { recipientEmail: 'rita@a.example\nbcc: eve@b.example' }],
    ['an endless address', { recipientEmail: `${'x'.repeat(300)}@a.example` }],
    ['a day that is none', { lastDay: '2026-02-30' }],
    ['a moment in place of a day', { lastDay: '2026-02-03T10:00:00Z' }],
    ['a list in place of a name', { recipientName: ['Rita', 'Reader'] }],
  ])('not %s', (_case, wrong) => {
    expect(ShareInput.safeParse({ ...form, ...wrong }).success).toBe(false)
  })
})

describe('sharing', () => {
  test('mails the link without the passcode, keeps neither, and says in the ledger to whom what was shown', async () => {
    const { token, href, passcode, shareId } = await share()
    const mail = (await listOutbox(mia)).find(({ recipient }) => recipient === RITA.recipientEmail)
    expect(mail).toMatchObject({ kind: 'report-share', content: { action: { href }, code: null } })
    expect(JSON.stringify(mail)).not.toContain(passcode)
    expect(await newestEntry()).toMatchObject({ kind: 'report.shared' })
    expect(JSON.parse((await newestEntry())?.payload ?? '')).toMatchObject({
      reportId,
      shareId,
      pdfSha256: pdf.sha256,
      recipient: { name: 'Rita Reader', email: RITA.recipientEmail },
      expiresAt: '2026-04-02T00:00:00.000Z',
    })
    await revokeShare(mia, { reportId, shareId })
    const kept = await everythingKept()
    expect(kept).toContain(RITA.recipientEmail)
    expect(kept).toContain('$argon2id$')
    for (const secret of [token, passcode, plainPasscode(passcode)]) expect(kept).not.toContain(secret)
  })

  test('is for reports in force only', async () => {
    const clientId = await createClient(mia, demoClients(NOW).dental)
    const { applicationId } = await addSignedReport(mia, clientId, { at: NOW, file: 'c' })
    const file = '0'.repeat(64)
    const waiting = await addReport(mia, { clientId, applicationId, at: NOW, file })
    await expect(shareReport(mia, waiting, RITA, ORIGIN)).rejects.toEqual(refusedWith('share-state'))
    await withdrawReport(mia, reportId, 'It turned out to be wrong.')
    await expect(share()).rejects.toEqual(refusedWith('share-state'))
  })

  test.each([
    ['2026-03-01', 'share-day'],
    ['2027-03-03', 'share-day'],
    ['9999-12-31', 'share-day'],
  ])('not until %s', async (lastDay, code) => {
    await expect(share({ lastDay })).rejects.toEqual(refusedWith(code))
  })

  test.each(['2026-03-02', '2027-03-02'])(
    'until %s, the first and the last day there is',
    async (lastDay) => {
      await share({ lastDay })
      expect(await onlyShare()).toMatchObject({ lastDay, state: 'open' })
    },
  )

  test('belongs to its organisation', async () => {
    const { which } = await share()
    const strange = refusedWith('not-found')
    await expect(shareReport(eve, reportId, RITA, ORIGIN)).rejects.toEqual(strange)
    await expect(listShares(eve, reportId)).rejects.toEqual(strange)
    await expect(exportAccess(eve, which)).rejects.toEqual(strange)
    await expect(revokeShare(eve, which)).rejects.toEqual(strange)
    await expect(unlockShare(eve, which)).rejects.toEqual(strange)
    await expect(renewPasscode(eve, which)).rejects.toEqual(strange)
    await expect(changeLastDay(eve, which, '2026-03-05')).rejects.toEqual(strange)
    // Its own id under another report of the same organisation leads nowhere either.
    const other = await signedReport()
    await expect(revokeShare(mia, { ...which, reportId: other })).rejects.toEqual(strange)
    expect(await onlyShare()).toMatchObject({ state: 'open' })
  })
})

/** Rows of shares and mails as the database holds them. */
async function everythingKept(): Promise<string> {
  const owner = connectTo(getRuntime().database.ownerUrl, { max: 1 })
  try {
    const rows = await owner.begin(async (sql) => {
      await sql`set local role attested_app`
      await sql`select set_config('attested.organisation_id', ${mia.organisationId}, true)`
      return [
        ...(await sql`select to_jsonb(report_share) as row from report_share`),
        ...(await sql`select to_jsonb(mail_message) as row from mail_message`),
        ...(await sql`select to_jsonb(ledger_entry) as row from ledger_entry`),
      ]
    })
    return JSON.stringify(rows)
  } finally {
    await owner.end()
  }
}

describe('the door', () => {
  test('shows nothing of the report or its reader before the passcode, and all of it afterwards', async () => {
    const { token, passcode } = await share()
    expect(await visitShare(at(token), caller)).toEqual({ state: 'door' })
    const key = await enter(token, passcode.toLowerCase())
    expect(await visitShare(key, caller)).toMatchObject({
      state: 'read',
      report: {
        statementSha256: expect.any(String),
        recipient: { name: 'Rita Reader', organisation: 'Harbour Brokers', email: RITA.recipientEmail },
        readOn: '2026-03-02',
        end: { state: 'signed' },
      },
    })
    // On a second device, too, without ending the first.
    const second = await enter(token, passcode)
    expect(await stateAt(second)).toBe('read')
    expect(await stateAt(key)).toBe('read')
  })

  test('is found only by the whole link', async () => {
    const { token } = await share()
    const moved = writeToken(eve.organisationId, Buffer.from(token, 'base64url').subarray(16))
    const forged = writeToken(mia.organisationId, new Uint8Array(24))
    for (const wrong of [
      moved,
      forged,
      token.slice(0, -1),
      `${token}A`,
      '',
      '../../etc/passwd',
      'x'.repeat(100_000),
    ]) {
      await expect(visitShare(at(wrong), caller)).rejects.toEqual(refusedWith('not-found'))
      await expect(enterPasscode(at(wrong), WRONG, caller)).rejects.toEqual(refusedWith('not-found'))
    }
  })

  test('takes no session that it did not give: made up, of another share, or changed', async () => {
    const { token, passcode } = await share()
    const other = await share({ recipientEmail: 'otto@broker.example' })
    const { session } = await enter(other.token, other.passcode)
    const own = (await enter(token, passcode)).session ?? ''
    const prolonged = own.replace(/^\d+/, (until) => String(Number(until) + 1))
    for (const wrong of [
      '',
      'x',
      session,
      prolonged,
      own.slice(0, -1),
      `${own}0`,
      'NaN.',
      '9'.repeat(100_000),
    ])
      expect(await stateAt(at(token, wrong))).toBe('door')
  })

  test('closes its session after two hours', async () => {
    const { token, passcode } = await share()
    const key = await enter(token, passcode)
    later(120 * MINUTE - 1)
    expect(await stateAt(key)).toBe('read')
    later(120 * MINUTE)
    expect(await stateAt(key)).toBe('door')
  })

  test('is closed from the first moment after its last day, and opens again when it is extended', async () => {
    const { token, passcode, which } = await share({ lastDay: '2026-03-02' })
    const end = endOfDay('2026-03-02').getTime() - NOW.getTime()
    later(end - 1)
    const key = await enter(token, passcode)
    expect(await stateAt(key)).toBe('read')
    later(end)
    expect(await visitShare(key, caller)).toEqual({ state: 'expired' })
    expect(await enterPasscode(at(token), passcode, caller)).toEqual({ outcome: 'closed' })
    await expect(openSharedFile(key, caller)).rejects.toEqual(refusedWith('share-closed'))
    await expect(changeLastDay(mia, which, '2026-03-02')).rejects.toEqual(refusedWith('share-day'))
    await changeLastDay(mia, which, '2026-03-20')
    expect(await newestEntry()).toMatchObject({ kind: 'report.share-expiry-changed' })
    expect(await stateAt(key)).toBe('read')
  })

  test('locks after wrong passcodes, also for the right one and for whoever reads, until it is unlocked', async () => {
    const { token, passcode, which } = await share()
    const key = await enter(token, passcode)
    for (let left = PASSCODE_TRIES - 1; left > 0; left -= 1)
      expect(await enterPasscode(at(token), WRONG, caller)).toEqual({ outcome: 'wrong', triesLeft: left })
    expect(await enterPasscode(at(token), WRONG, caller)).toEqual({ outcome: 'closed' })
    expect(await enterPasscode(at(token), passcode, caller)).toEqual({ outcome: 'closed' })
    expect(await visitShare(key, caller)).toEqual({ state: 'locked' })
    await expect(openSharedFile(key, caller)).rejects.toEqual(refusedWith('share-closed'))
    expect(await newestEntry()).toMatchObject({
      kind: 'report.share-locked',
      actor: 'Whoever holds the link for Rita Reader <rita@broker.example>',
    })
    await unlockShare(mia, which)
    expect(await newestEntry()).toMatchObject({ kind: 'report.share-unlocked' })
    await expect(unlockShare(mia, which)).rejects.toEqual(refusedWith('share-open'))
    await enter(token, passcode)
  })

  test('counts wrong passcodes one after the other, also when they come at once', async () => {
    const { token } = await share()
    const tries = Array.from({ length: PASSCODE_TRIES + 4 }, () => enterPasscode(at(token), WRONG, caller))
    const outcomes = await Promise.all(tries)
    expect(outcomes.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(PASSCODE_TRIES - 1)
    expect((await onlyShare())?.counts).toMatchObject({ 'wrong-passcode': PASSCODE_TRIES, locked: 1 })
  })

  test('begins to count anew after the right passcode', async () => {
    const { token, passcode } = await share()
    await enterPasscode(at(token), WRONG, caller)
    await enter(token, passcode)
    expect(await enterPasscode(at(token), WRONG, caller)).toEqual({
      outcome: 'wrong',
      triesLeft: PASSCODE_TRIES - 1,
    })
  })

  test('a new passcode unlocks, and ends the old one with its sessions', async () => {
    const { token, passcode, which } = await share()
    const key = await enter(token, passcode)
    await lock(token)
    const renewed = await renewPasscode(mia, which)
    expect(renewed.passcode).not.toBe(passcode)
    expect(await newestEntry()).toMatchObject({ kind: 'report.share-passcode-renewed' })
    expect(await stateAt(key)).toBe('door')
    expect((await enterPasscode(at(token), passcode, caller)).outcome).toBe('wrong')
    expect(await stateAt(await enter(token, renewed.passcode))).toBe('read')
  })

  test('is closed for good once revoked, and the mail that waits loses its link', async () => {
    const { token, passcode, which } = await share()
    const key = await enter(token, passcode)
    await revokeShare(mia, which)
    expect(await newestEntry()).toMatchObject({ kind: 'report.share-revoked' })
    expect(await visitShare(key, caller)).toEqual({ state: 'revoked' })
    expect(await enterPasscode(at(token), passcode, caller)).toEqual({ outcome: 'closed' })
    await expect(openSharedFile(key, caller)).rejects.toEqual(refusedWith('share-closed'))
    const gone = refusedWith('share-revoked')
    await expect(revokeShare(mia, which)).rejects.toEqual(gone)
    await expect(renewPasscode(mia, which)).rejects.toEqual(gone)
    await expect(changeLastDay(mia, which, '2026-03-20')).rejects.toEqual(gone)
    const texts = (await listOutbox(mia)).map(({ content }) => JSON.stringify(content))
    expect(texts.filter((text) => text.includes(token))).toEqual([])
  })
})

describe('a report that ends', () => {
  test('stays readable for those who have it, with the reason', async () => {
    const { token, passcode } = await share()
    const key = await enter(token, passcode)
    await withdrawReport(mia, reportId, 'The firewall answer turned out to be wrong.')
    expect(await visitShare(key, caller)).toMatchObject({
      report: { end: { state: 'withdrawn', withdrawnReason: 'The firewall answer turned out to be wrong.' } },
    })
  })

  test('names no newer report to a reader who was not given it', async () => {
    const clientId = await createClient(mia, demoClients(NOW).dental)
    reportId = (await addSignedReport(mia, clientId, { at: NOW, file: 'e' })).reportId
    const { token, passcode } = await share()
    later(MINUTE)
    const newer = await addSignedReport(mia, clientId, { at: getRuntime().clock(), file: 'f' })
    const input = { supersededBy: newer.reportId, supersededReason: 'Renewal for the next period.' }
    await supersedeReport(mia, reportId, input)
    const page = await visitShare(await enter(token, passcode), caller)
    expect(page).toMatchObject({ report: { end: { state: 'superseded', supersededBy: null } } })
    expect(JSON.stringify(page)).not.toContain(newer.reportId)
  })
})

describe('files', () => {
  test('are the very bytes, and each download is written down', async () => {
    const { token, passcode } = await share()
    const key = await enter(token, passcode)
    expect(await read((await openSharedFile(key, caller)).stream)).toEqual(pdf.bytes)
    await openSharedFile(key, caller)
    await read((await openSharedTwin(key, 'oscal', caller)).stream)
    for (const kind of ['statement', '../pdf', '', undefined, 'x'.repeat(10_000)])
      await expect(openSharedTwin(key, kind, caller)).rejects.toEqual(refusedWith('not-found'))
    const shown = await onlyShare()
    expect(shown?.counts.downloaded).toBe(3)
    expect(shown?.accesses.map(({ file }) => file).filter(Boolean)).toEqual(
      expect.arrayContaining(['pdf', 'pdf', 'oscal']),
    )
  })

  test('stay where they are for whoever may only read, or has not entered the passcode', async () => {
    const { token, passcode } = await share({ mayDownload: false })
    const key = await enter(token, passcode)
    await expect(openSharedFile(key, caller)).rejects.toEqual(refusedWith('share-read-only'))
    await expect(openSharedTwin(key, 'oscal', caller)).rejects.toEqual(refusedWith('share-read-only'))
    expect(await visitShare(key, caller)).toMatchObject({ report: { twins: [], mayDownload: false } })
    const open = await share()
    await expect(openSharedFile(at(open.token), caller)).rejects.toEqual(refusedWith('share-closed'))
    await expect(openSharedTwin(at(open.token), 'oscal', caller)).rejects.toEqual(refusedWith('share-closed'))
  })
})

describe('the access log', () => {
  test('tells what was done, when, from where, and with what', async () => {
    const { token, passcode, which } = await share()
    await visitShare(at(token), caller)
    later(MINUTE)
    await enterPasscode(at(token), WRONG, caller)
    later(2 * MINUTE)
    const key = await enter(token, passcode)
    await visitShare(key, caller)
    later(3 * MINUTE)
    await openSharedFile(key, { ...caller, userAgent: `${'M'.repeat(5000)}\u0000\n` })
    await revokeShare(mia, which)
    later(4 * MINUTE)
    await visitShare(key, caller)
    const shown = await onlyShare()
    expect(shown?.accesses.map(({ kind, address }) => [kind, address])).toEqual([
      ['turned-away', '203.0.113.7'],
      ['downloaded', '203.0.113.7'],
      ['viewed', '203.0.113.7'],
      ['wrong-passcode', '203.0.113.7'],
      ['opened', '203.0.113.7'],
    ])
    expect(shown?.accesses[1]?.userAgent).toBe('M'.repeat(200))
    expect(shown?.lastReadAt).toEqual(new Date(NOW.getTime() + 3 * MINUTE))
  })

  test('takes what is done again within ten minutes from one address as one visit', async () => {
    const { token } = await share()
    await visitShare(at(token), caller)
    await visitShare(at(token), { ...caller, userAgent: 'another name' })
    later(9 * MINUTE)
    await visitShare(at(token), caller)
    await visitShare(at(token), { ...caller, address: '203.0.113.8' })
    expect((await onlyShare())?.counts.opened).toBe(2)
    later(10 * MINUTE)
    await visitShare(at(token), caller)
    expect((await onlyShare())?.counts.opened).toBe(3)
  })

  test('leaves as a table in which a spreadsheet executes nothing', async () => {
    const { token, which } = await share()
    await visitShare(at(token), { address: '203.0.113.7', userAgent: '=HYPERLINK("http://evil.example")' })
    const { table } = await exportAccess(mia, which)
    expect(table.split('\r\n').slice(0, 2)).toEqual([
      '\ufeffat,what,file,recipient,address,user agent',
      `${NOW.toISOString()},opened,,rita@broker.example,203.0.113.7,"'=HYPERLINK(""http://evil.example"")"`,
    ])
  })

  test('shows the newest twenty, counts all, and exports all', async () => {
    const { token, passcode, which } = await share()
    const key = await enter(token, passcode)
    for (let times = 0; times < 25; times += 1) await openSharedFile(key, caller)
    const shown = await onlyShare()
    expect(shown?.accesses).toHaveLength(20)
    expect(shown?.counts.downloaded).toBe(25)
    expect((await exportAccess(mia, which)).table.split('\r\n')).toHaveLength(27)
  })
})
