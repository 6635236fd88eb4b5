/** Contributors and an independent reviewer sign beside the two sides, each from a link of their own. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { verifyReport } from '#app/report/verify.ts'
import { greet } from '#app/services/attestation-door.server.ts'
import {
  listSigning,
  OFFICER,
  revokeAttestationLink,
  sendAttestationLink,
} from '#app/services/attestation-links.server.ts'
import { getSignerPage } from '#app/services/attestation-page.server.ts'
import { attest, confirmAnswer, decline, openVisitFile } from '#app/services/attestation-visit.server.ts'
import { openDoor, tokenInOutbox } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import type { Member } from '#app/services/member.ts'
import { PrepareReportInput } from '#app/services/report-input.ts'
import { failCountersignature } from '#app/services/report-signing.server.ts'
import { openReportFile, prepareReport, withdrawReport } from '#app/services/reports.server.ts'
import { getRevocationList } from '#app/services/revocations.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openWorld, type World } from '../support/world.ts'

const ORIGIN = 'https://attested.example'
const caller = { address: '203.0.113.7', userAgent: 'a phone' }
const INPUT = {
  contributorTitle: 'Technician',
  officerName: 'Oscar Officer',
  officerTitle: 'Chief executive',
  officerRole: 'chief-executive',
  officerEmail: 'oscar@client.example',
  coversFrom: '',
  certify: 'on',
  reviewerName: 'Ida Independent',
  reviewerOrganisation: 'Independent Assurance',
  reviewerTitle: 'Partner',
  reviewerEmail: 'ida@assurance.example',
  contributors: [
    {
      name: 'Penny Personnel',
      title: 'Head of personnel',
      organisation: 'The client',
      email: 'penny@client.example',
      sections: [] as string[],
    },
    {
      name: 'Fred Finance',
      title: 'Controller',
      organisation: 'The client',
      email: 'fred@client.example',
      sections: [] as string[],
    },
  ],
}

let world: World
let mia: Member
let application: string
let reportId: string
let sections: { id: string; questionIds: string[] }[]

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  mia = (await world.signUpMember('Mia Member')).member
  const now = new Date()
  const { dental } = demoClients(now)
  const files = dentalFiles(now).slice(2)
  application = await prepareClient(mia, dental, dentalAnswers(now), files, () => undefined)
  const { getReadiness } = await import('#app/services/readiness.server.ts')
  const { edition } = await getReadiness(mia, application)
  sections = edition.sections.map(({ id, questions }) => ({ id, questionIds: questions.map((q) => q.id) }))
  INPUT.contributors.forEach((contributor, index) => {
    contributor.sections = [sections[index]?.id ?? '']
  })
})
afterAll(() => world?.close())
afterEach(() => world.setClock(null))

const refusedWith = (code: string) => expect.objectContaining({ code })
const inputWith = (change: object) => PrepareReportInput.parse({ ...INPUT, ...change })
const standings = async () =>
  Object.fromEntries((await listSigning(mia, reportId)).map(({ id, state }) => [id, state]))
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 240_000, interval: 100 })

async function prepare(change: object = {}): Promise<void> {
  const prepared = await prepareReport(mia, application, inputWith(change))
  if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
  reportId = prepared.reportId
  await until(async () => expect((await standings())['technical-contributor']).toBe('signed'))
}

/** Sends the link and opens it with its code. */
async function open(slot: string) {
  await sendAttestationLink(mia, reportId, ORIGIN, slot)
  return openDoor(mia, await tokenInOutbox(mia))
}

async function sign(slot: string, { wait = true } = {}) {
  const key = await open(slot)
  const page = await getSignerPage(key)
  for (const { questionId } of page.steps) await confirmAnswer(key, questionId)
  await attest(key, { typedName: page.signer.name, attest: 'on' }, caller, null)
  if (wait) await until(async () => expect((await standings())[slot]).toBe('signed'))
  return key
}

async function bytes(): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of (await openReportFile(mia, reportId)).stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('who may be named', () => {
  test.each<[string, object, string]>([
    ['the preparer as contributor', { name: 'mia  MEMBER' }, 'same-signer'],
    ['the officer as contributor', { name: 'Oscar Officer' }, 'same-signer'],
    ['one mailbox for two', { email: 'fred@client.example' }, 'same-signer'],
    ['a contributor for no question', { sections: ['nowhere'] }, 'part'],
  ])('not %s', async (_, change, code) => {
    const contributors = [{ ...INPUT.contributors[0], ...change }, INPUT.contributors[1]]
    await expect(prepareReport(mia, application, inputWith({ contributors }))).rejects.toEqual(
      refusedWith(code),
    )
  })

  test('not a contributor as reviewer, nor somebody of either side', async () => {
    const own = { reviewerOrganisation: mia.organisationName }
    for (const change of [{ reviewerName: 'Fred Finance', reviewerEmail: '', reviewerTitle: '' }, own])
      await expect(prepareReport(mia, application, inputWith(change))).rejects.toMatchObject({
        code: expect.stringMatching(/^(reviewer|signers|same-signer)$/),
      })
  })

  test.each<[string, object, string]>([
    [
      'no section',
      { contributors: [{ ...INPUT.contributors[0], sections: false }] },
      'contributors.0.sections',
    ],
    [
      'no address',
      { contributors: [{ ...INPUT.contributors[0], sections: ['a'], email: 'x' }] },
      'contributors.0.email',
    ],
    [
      'nine contributors',
      { contributors: Array(9).fill({ ...INPUT.contributors[0], sections: ['a'] }) },
      'contributors',
    ],
    ['a reviewer who signs without a title', { reviewerTitle: '' }, 'reviewerTitle'],
    ['a signing reviewer without a name', { reviewerName: '', reviewerOrganisation: '' }, 'reviewerName'],
  ])('the form refuses %s', (_, change, path) => {
    const parsed = PrepareReportInput.safeParse({ ...INPUT, ...change })
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
  })
})

describe('signing before the officer', () => {
  beforeAll(() => prepare())
  afterAll(async () => {
    await withdrawReport(mia, reportId, 'Only a test of what comes next.')
  })

  test('each sees their own part, and the reviewer everything', async () => {
    const personnel = await getSignerPage(await open('contributor-1'))
    const shown = [...personnel.steps, ...personnel.rest].map(({ questionId }) => questionId)
    expect(shown.length).toBeGreaterThan(0)
    expect(sections[0]?.questionIds).toEqual(expect.arrayContaining(shown))
    const reviewer = await getSignerPage(await open('reviewer'))
    expect([...reviewer.steps, ...reviewer.rest].length).toBeGreaterThan(shown.length)
    expect(reviewer.signer).toMatchObject({ role: 'reviewer', name: 'Ida Independent' })
  })

  test('the officer waits for all of them, with a link or without', async () => {
    await expect(sendAttestationLink(mia, reportId, ORIGIN)).rejects.toEqual(refusedWith('others-first'))
  })

  test('nobody is asked who does not sign by link, and a newer link ends the one before', async () => {
    for (const slot of ['technical-contributor', 'contributor-3', 'nobody', ''])
      await expect(sendAttestationLink(mia, reportId, ORIGIN, slot)).rejects.toEqual(refusedWith('not-found'))
    const first = await open('contributor-1')
    await open('contributor-2')
    expect((await greet(first)).state).toBe('open')
    await open('contributor-1')
    expect((await greet(first)).state).toBe('revoked')
    await revokeAttestationLink(mia, reportId, 'contributor-2')
    await expect(revokeAttestationLink(mia, reportId, 'contributor-2')).rejects.toEqual(
      refusedWith('no-link'),
    )
  })

  test('whoever is signed in as a preparer signs for nobody but themselves', async () => {
    const key = await open('contributor-1')
    const page = await getSignerPage(key)
    for (const { questionId } of page.steps) await confirmAnswer(key, questionId)
    const typed = { typedName: 'Penny Personnel', attest: 'on' } as const
    await expect(attest(key, typed, caller, mia)).rejects.toEqual(refusedWith('both-sides'))
  })

  test('an answer outside the part cannot be confirmed, nor signed for in another name', async () => {
    const key = await open('contributor-1')
    const others = sections.slice(1).flatMap(({ questionIds }) => questionIds)
    await expect(confirmAnswer(key, others[0] ?? '')).rejects.toEqual(refusedWith('question'))
    const page = await getSignerPage(key)
    for (const { questionId } of page.steps) await confirmAnswer(key, questionId)
    await expect(attest(key, { typedName: 'Fred Finance', attest: 'on' }, caller, null)).rejects.toEqual(
      refusedWith('name'),
    )
  })

  test('a signature that failed can be given again', async () => {
    const { database } = getRuntime()
    const given = { organisationId: mia.organisationId, reportId, slot: 'reviewer' }
    const { giveCountersignature } = await import('#db/queries/countersignatures.server.ts')
    await database.inOrganisation(mia.organisationId, (tx) =>
      giveCountersignature(tx, mia.organisationId, {
        reportId,
        slot: 'reviewer',
        givenAt: new Date(),
        record: '{}',
      }),
    )
    expect((await standings()).reviewer).toBe('signing')
    await expect(sendAttestationLink(mia, reportId, ORIGIN, 'reviewer')).rejects.toEqual(refusedWith('state'))
    await failCountersignature(mia.organisationId, given, 'The key was away. Try again.')
    const reviewer = (await listSigning(mia, reportId)).find(({ id }) => id === 'reviewer')
    expect(reviewer).toMatchObject({ state: 'waiting', failure: 'The key was away. Try again.' })
  })
})

describe('a report of five signatures', () => {
  beforeAll(() => prepare())

  test('is signed by three at once, then by the officer, and verifies offline', async () => {
    const keys = [
      await sign('reviewer', { wait: false }),
      await sign('contributor-2', { wait: false }),
      await sign('contributor-1', { wait: false }),
    ]
    await until(async () =>
      expect(await standings()).toMatchObject({
        'contributor-1': 'signed',
        'contributor-2': 'signed',
        reviewer: 'signed',
        [OFFICER]: 'waiting',
      }),
    )
    const half = await verifyReport(await bytes())
    expect(half.ok).toBe(false)
    await sign(OFFICER)
    const verification = await verifyReport(await bytes())
    expect(verification.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(verification.signatures.map(({ slot }) => slot).sort()).toEqual([
      ...['contributor-1', 'contributor-2', 'insured-officer', 'reviewer', 'technical-contributor'],
    ])
    expect(verification.statement?.signers.map(({ role }) => role)).toEqual([
      ...['technical-contributor', 'contributor', 'contributor', 'reviewer', 'insured-officer'],
    ])
    for (const key of keys) {
      expect((await getSignerPage(key)).state).toBe('signed')
      expect((await openVisitFile(key)).report.state).toBe('signed')
    }
  })

  test('the ledger holds how each of them signed, and each got a mail', async () => {
    const { entries } = await listLedger(mia)
    const kinds = entries.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'report.countersigned')).toHaveLength(3)
    const told = (await listOutbox(mia)).filter(({ kind }) => kind === 'attestation-done')
    expect(told.map(({ recipient }) => recipient).sort()).toEqual([
      ...['fred@client.example', 'ida@assurance.example', 'oscar@client.example', 'penny@client.example'],
    ])
  })

  test('one contributor’s signature is revoked without the other’s', async () => {
    await withdrawReport(mia, reportId, 'Fred had left the company.', {
      slot: 'contributor-2',
      reason: 'not-entitled',
    })
    const { listAuthorities } = await import('#db/queries/signing-keys.server.ts')
    const [authority] = await getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
      listAuthorities(tx, mia.organisationId),
    )
    const revocationList = await getRevocationList(mia.organisationId, authority?.id ?? '')
    const { checks } = await verifyReport(await bytes(), { revocationList })
    const failed = checks.filter(({ ok }) => !ok)
    expect(failed.map(({ id }) => id)).toEqual(['revocation'])
    expect(failed[0]?.detail).toMatch(/^The certificate of the contributor 2 is revoked/)
    expect(failed[0]?.detail).not.toMatch(/contributor 1|reviewer/)
  })
})

describe('declining', () => {
  test('a contributor who does not stand by it sends the whole report back', async () => {
    application = await anotherApplication()
    await prepare()
    const key = await open('contributor-1')
    const waiting = await open('reviewer')
    await decline(key, { reason: 'We never trained the temporary staff.' }, ORIGIN)
    expect((await getSignerPage(key)).state).toBe('over')
    expect((await greet(waiting)).state).toBe('revoked')
    const mail = (await listOutbox(mia)).find(({ kind }) => kind === 'attestation-declined')
    expect(mail?.subject).toMatch(/^Penny Personnel did not sign for /)
  })
})

async function anotherApplication(): Promise<string> {
  const now = new Date()
  const { dental } = demoClients(now)
  return prepareClient(mia, dental, dentalAnswers(now), dentalFiles(now).slice(2), () => undefined)
}
