import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { verifyPack } from '#app/report/claim-pack/verify-pack.server.ts'
import { Statement } from '#app/report/statement.ts'
import { glanceOf } from '#app/report/verify/words.ts'
import { verifyReport } from '#app/report/verify.ts'
import { getApplication } from '#app/services/applications.server.ts'
import type { Key } from '#app/services/attestation-door.server.ts'
import { sendAttestationLink } from '#app/services/attestation-links.server.ts'
import { getSignerPage } from '#app/services/attestation-page.server.ts'
import { attest, decline, openVisitFile } from '#app/services/attestation-visit.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { attestAsOfficer, openDoor, tokenInOutbox } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { handOverReattestation } from '#app/services/reattestation-handover.server.ts'
import { listReattestations } from '#app/services/reattestation-list.server.ts'
import { getChanges, getReattestationPage } from '#app/services/reattestation-pages.server.ts'
import { writeChangeTable } from '#app/services/reattestation-table.ts'
import {
  confirmUnchanged,
  finishAnswering,
  getOfficerSheet,
  giveResult,
} from '#app/services/reattestation-visit.server.ts'
import {
  closeMissedReattestations,
  discardReattestation,
  startReattestation,
} from '#app/services/reattestations.server.ts'
import { sendReminders } from '#app/services/reminder-planner.server.ts'
import { listSuccession } from '#app/services/report-superseding.server.ts'
import { getReport, getReportState, prepareReport, withdrawReport } from '#app/services/reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { getTimeline } from '#app/services/timeline.server.ts'
import { findApplication, insertApplication } from '#db/queries/applications.server.ts'
import { insertReport } from '#db/queries/reports.server.ts'
import { listNotedOccurrences } from '#db/queries/schedules.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { makePack } from './claim-world.ts'

const SIGNED = new Date('2026-01-12T09:00:00Z')
const QUARTER_LATER = new Date('2026-04-20T09:00:00Z')
const ORIGIN = 'https://attested.example'
const caller = { address: '203.0.113.7', userAgent: 'a phone' }
const typed = { typedName: 'Oscar Officer', attest: 'on' } as const
const HAND_OVER = {
  contributorTitle: 'Technician',
  officerName: 'Oscar Officer',
  officerTitle: 'Chief executive',
  officerEmail: 'oscar@client.example',
  certify: 'on',
} as const
const refusedWith = (code: string) => expect.objectContaining({ code })

let world: World
let mia: Member
let eve: Member
let applicationId: string
let clientId: string
let baseId: string

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  world.setClock(SIGNED)
  mia = (await world.signUpMember('Mia Member')).member
  eve = (await world.signUpMember('Eve Elsewhere')).member
  const { dental } = demoClients(SIGNED)
  applicationId = await prepareClient(
    mia,
    dental,
    dentalAnswers(SIGNED),
    dentalFiles(SIGNED).slice(2),
    () => undefined,
  )
  const prepared = await prepareReport(mia, applicationId, {
    ...HAND_OVER,
    officerRole: 'chief-executive',
    coversFrom: '',
  })
  if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
  baseId = prepared.reportId
  await reach(baseId, 'awaiting-attestation')
  await attestAsOfficer(mia, baseId, { name: 'Oscar Officer', ...caller })
  await reach(baseId, 'signed')
  clientId = (await getReport(mia, baseId)).report.clientId
}, 300_000)
afterAll(() => world?.close())

async function reach(reportId: string, state: string) {
  const isReached = async () => expect((await getReportState(mia, reportId)).state).toBe(state)
  await vi.waitFor(isReached, { timeout: 240_000, interval: 100 })
}

async function start(by: Parameters<typeof startReattestation>[0] = mia, months?: number) {
  return startReattestation(by, applicationId, months === undefined ? {} : { months })
}

async function started(): Promise<string> {
  const outcome = await start()
  if (!('reattestationId' in outcome)) throw new Error(JSON.stringify(outcome))
  return outcome.reattestationId
}

async function handedOver(): Promise<{ id: string; reportId: string; key: Key }> {
  const id = await started()
  const reportId = await handOverReattestation(mia, id, HAND_OVER)
  await sendAttestationLink(mia, reportId, ORIGIN)
  return { id, reportId, key: await openDoor(mia, await tokenInOutbox(mia)) }
}

function packs() {
  const folder = mkdtempSync(join(tmpdir(), 'attested-packs-'))
  const of = async (day: string) => {
    const words = {
      occurredFrom: day,
      occurredUntil: day,
      reportedOn: day,
      discoveredAt: `${day}T08:00:00.000Z`,
    }
    return verifyPack((await makePack(mia, clientId, folder, { ...words, title: `Of ${day}` })).path)
  }
  return { folder, of }
}

describe('beginning', () => {
  test('is refused by name of the day while the signed application answers itself', async () => {
    world.setClock(new Date('2026-02-01T09:00:00Z'))
    expect(await start()).toEqual({ outcome: 'too-early', next: '2026-04-12' })
  })

  test('makes one for the period, however many ask at once and with whatever interval', async () => {
    world.setClock(QUARTER_LATER)
    const scheduler = { organisationId: mia.organisationId, scheduledAs: 'Quarterly schedule' }
    const outcomes = await Promise.all([start(), start(scheduler), start(), start(scheduler)])
    expect(outcomes.filter(({ outcome }) => outcome === 'started')).toHaveLength(1)
    const again = await start(scheduler, 1)
    expect(again).toEqual({ outcome: 'exists', reattestationId: await started() })
    const { reattestations, inForce } = await listReattestations(mia, clientId)
    expect(reattestations).toMatchObject([
      { number: 1, first: '2026-04-12', last: '2026-07-11', state: 'draft' },
    ])
    expect(inForce[0]).toMatchObject({ applicationId, attestedBy: 'Oscar Officer', nextOn: null })
    expect(inForce[0]?.periods.map(({ state }) => state)).toEqual(['application', 'due'])
  })

  test('again after a person discarded it is for people, not for a schedule', async () => {
    const id = await started()
    await expect(discardReattestation(eve, id, { reason: 'Not mine to discard' })).rejects.toEqual(
      refusedWith('not-found'),
    )
    await discardReattestation(mia, id, { reason: 'Begun for the wrong client' })
    const scheduler = { organisationId: mia.organisationId, scheduledAs: 'Quarterly schedule' }
    expect(await start(scheduler)).toEqual({ outcome: 'exists', reattestationId: id })
    expect(await started()).not.toBe(id)
  })

  test('is nobody else’s, and not of an application that nobody signed', async () => {
    await expect(startReattestation(eve, applicationId)).rejects.toEqual(refusedWith('not-found'))
    await expect(getChanges(eve, applicationId)).rejects.toEqual(refusedWith('not-found'))
    await expect(getReattestationPage(eve, await started())).rejects.toEqual(refusedWith('not-found'))
    await expect(handOverReattestation(eve, await started(), HAND_OVER)).rejects.toEqual(
      refusedWith('not-found'),
    )
  })
})

test('the draft says which evidence has expired since, and since when', async () => {
  const page = await getReattestationPage(mia, await started())
  const marks = new Set(page.answers.map(({ mark }) => mark))
  expect(marks).toContain('unchanged')
  const expired = page.answers.filter(({ mark }) => mark === 'evidence-expired')
  expect(expired.length).toBeGreaterThan(0)
  expect(expired.every(({ why }) => why.length > 0)).toBe(true)
  const table = writeChangeTable(await getChanges(mia, applicationId), { whole: false })
  expect(table.split('\r\n').length).toBeGreaterThan(expired.length)
  expect(table).toContain(expired[0]?.item)
})

test('nobody hands it over to themselves', async () => {
  const self = { ...HAND_OVER, officerName: 'mia member' }
  await expect(handOverReattestation(mia, await started(), self)).rejects.toEqual(refusedWith('same-signer'))
})

describe('the officer', () => {
  let id: string
  let reportId: string
  let key: Key
  let secondKey: Key

  test('sees what happened one by one and the rest as a list, and can say anything', async () => {
    ;({ id, reportId, key } = await handedOver())
    const sheet = await getOfficerSheet(key)
    if (!sheet) throw new Error('No sheet')
    expect(sheet.steps.every(({ mark }) => mark !== 'unchanged')).toBe(true)
    expect(sheet.unchanged.length).toBeGreaterThan(0)
    await expect(finishAnswering(key)).rejects.toEqual(refusedWith('unanswered'))
    await expect(
      giveResult(key, { questionId: 'no-such-question', step: 0, result: 'still-true' }),
    ).rejects.toEqual(refusedWith('question'))
    for (const { questionId, mustNotStand } of sheet.steps) {
      if (mustNotStand)
        await expect(giveResult(key, { questionId, step: 1, result: 'still-true' })).rejects.toEqual(
          refusedWith('contradicted'),
        )
      await giveResult(key, {
        questionId,
        step: 1,
        result: 'with-exceptions',
        exceptions: 'Two machines at the reception',
        broker: 'told',
        brokerOn: '2026-04-19',
      })
    }
    await expect(finishAnswering(key)).rejects.toEqual(refusedWith('list'))
    const [listed] = sheet.unchanged
    await giveResult(key, {
      questionId: listed?.questionId ?? '',
      step: 0,
      result: 'no-longer-true',
      since: '2026-03-03',
      cause: 'The contract with the provider ended',
      plan: 'Sign with another one',
      planOwner: 'Oscar Officer',
      planDue: '2026-06-01',
      broker: 'yes',
      brokerOn: '',
    })
    await confirmUnchanged(key)
    await confirmUnchanged(key)
  })

  test('cannot be asked again while it is with them, and the application stays signed', async () => {
    await expect(handOverReattestation(mia, id, HAND_OVER)).rejects.toEqual(refusedWith('state'))
    expect((await getApplication(mia, applicationId)).application.state).toBe('frozen')
  })

  test('signs a report that the verifier accepts, cites the one before and says what they said', async () => {
    await finishAnswering(key)
    await expect(giveResult(key, { questionId: 'x', step: 0, result: 'still-true' })).rejects.toEqual(
      refusedWith('state'),
    )
    await reach(reportId, 'awaiting-attestation')
    const page = await getSignerPage(key)
    expect(page).toMatchObject({ state: 'waiting', isReattestation: true, steps: [] })
    await attest(key, typed, caller, null)
    await reach(reportId, 'signed')
    const { report, statement } = await getReport(mia, reportId)
    const base = await getReport(mia, baseId)
    expect(statement.reattestation?.chain).toMatchObject([
      { reportId: baseId, number: 0, pdfSha256: base.report.pdfSha256 },
    ])
    const { stream } = await openVisitFile(key)
    const bytes = Buffer.concat(await stream.toArray())
    const verified = await verifyReport(new Uint8Array(bytes))
    expect(verified.checks.filter(({ ok }) => !ok)).toEqual([])
    const glance = Object.fromEntries(
      glanceOf(Statement.parse(verified.statement)).map(({ term, value }) => [term, value]),
    )
    expect(glance.Follows).toContain(base.report.pdfSha256)
    expect(glance.Chain).toBe('application → 1 (this report)')
    expect(glance['The officer says']).toMatch(/^1 no longer true/)
    expect(report.kind).toBe('reattestation')
    const kinds = (await listLedger(mia)).entries.map(({ kind }) => kind)
    expect(kinds.slice(0, 5)).toEqual(
      expect.arrayContaining(['report.attested', 'report.certified', 'reattestation.stated']),
    )
  })

  test('has attested the quarter; the application is still the one in force', async () => {
    const { inForce, reattestations } = await listReattestations(mia, clientId)
    expect(inForce).toMatchObject([
      {
        applicationId,
        reportId: baseId,
        last: { on: '2026-04-20', by: 'Oscar Officer', number: 1 },
        periods: [{ state: 'application' }, { state: 'attested', attestedOn: '2026-04-20' }],
      },
    ])
    expect(reattestations[0]).toMatchObject({ state: 'signed', reportId })
    expect(await listSuccession(mia, reportId)).toEqual({ newer: [], older: [] })
    expect((await getTimeline(mia, clientId, {})).drift?.[0]?.reportId).toBe(baseId)
  })

  test('stands in the claim pack of an incident after it, and not in that of one before', async () => {
    const { folder, of } = packs()
    const { manifest, checks } = await of('2026-04-20')
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    const again = manifest?.files.filter(({ role }) => role === 're-attestation')
    const { report } = await getReport(mia, reportId)
    expect(again).toMatchObject([{ sha256: report.pdfSha256 }])
    const before = await of('2026-04-19')
    expect(before.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(before.manifest?.files.some(({ role }) => role === 're-attestation')).toBe(false)
    rmSync(folder, { recursive: true, force: true })
  })

  test('is shown the next time what they had said', async () => {
    world.setClock(new Date('2026-08-03T09:00:00Z'))
    const { reportId: second, key: again } = await handedOver()
    secondKey = again
    const sheet = await getOfficerSheet(again)
    expect(sheet?.steps.filter(({ earlier }) => earlier === 'no-longer-true')).toHaveLength(1)
    const { statement } = await getReport(mia, second)
    expect(statement.reattestation?.chain.map(({ number }) => number)).toEqual([0, 1])
    expect(statement.reattestation?.period.number).toBe(2)
  })

  test('who declines sends it back as a draft', async () => {
    await decline(secondKey, { reason: 'The list is not complete' }, ORIGIN)
    const [row] = (await listReattestations(mia, clientId)).reattestations
    expect(row).toMatchObject({ state: 'draft', reportId: null })
    expect((await getApplication(mia, applicationId)).application.state).toBe('frozen')
  })

  test('loses nothing when the preparer takes the report back before the signature', async () => {
    const { reportId: third } = await handedOver()
    await withdrawReport(mia, third, 'Evidence came in the meantime')
    const [row] = (await listReattestations(mia, clientId)).reattestations
    expect(row).toMatchObject({ state: 'draft', reportId: null })
    expect((await getReportState(mia, third)).state).toBe('withdrawn')
  })

  test('comes too late once the period is over, which stays visible as missed', async () => {
    const { key: late, id: open } = await handedOver()
    world.setClock(new Date('2026-10-12T00:00:00Z'))
    await expect(confirmUnchanged(late)).rejects.toThrow()
    expect(await closeMissedReattestations(mia.organisationId)).toBe(1)
    expect(await closeMissedReattestations(mia.organisationId)).toBe(0)
    const { reattestations, inForce } = await listReattestations(mia, clientId)
    expect(reattestations.find((row) => row.id === open)).toMatchObject({ state: 'missed' })
    expect(inForce[0]?.periods.map(({ state }) => state)).toEqual([
      'application',
      'attested',
      'missed',
      'due',
    ])
  })
})

describe('the schedule', () => {
  const look = (at: string) => {
    world.setClock(new Date(at))
    return Promise.all([sendReminders(mia.organisationId), sendReminders(mia.organisationId)])
  }
  const drafts = async () =>
    (await listReattestations(mia, clientId)).reattestations.filter(({ state }) => state === 'draft')
  const dateOf = async (plannedOn: string) =>
    (
      await getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
        listNotedOccurrences(tx, mia.organisationId, { from: plannedOn, clientId }),
      )
    ).find((row) => row.plannedOn === plannedOn)

  test('begins a draft when the day comes, and one only', async () => {
    await look('2026-12-20T09:00:00Z')
    expect(await drafts()).toEqual([])
    expect(await dateOf('2027-01-12')).toMatchObject({ purpose: 're-attestation', settledAt: null })
    // The schedules were looked at an hour before it comes, and will be again only in the afternoon.
    await look('2027-01-12T08:05:00Z')
    expect(await drafts()).toEqual([])
    await look('2027-01-12T09:05:00Z')
    expect(await drafts()).toMatchObject([{ number: 4, first: '2027-01-12' }])
    await look('2027-01-12T16:05:00Z')
    expect(await drafts()).toMatchObject([{ number: 4, first: '2027-01-12' }])
    const begun = (await listLedger(mia)).entries.find(({ kind }) => kind === 'reattestation.started')
    expect(begun?.actor).toBe('Attested, by the schedule')
  })

  test('settles the date with the signature', async () => {
    const { reportId, key } = await handedOver()
    for (const { questionId, mustNotStand } of (await getOfficerSheet(key))?.steps ?? [])
      await giveResult(key, {
        questionId,
        step: 1,
        result: mustNotStand ? 'with-exceptions' : 'still-true',
        exceptions: 'As told to the broker',
        broker: 'told',
        brokerOn: '2027-01-12',
      })
    await confirmUnchanged(key)
    await finishAnswering(key)
    await reach(reportId, 'awaiting-attestation')
    await attest(key, typed, caller, null)
    await reach(reportId, 'signed')
    expect(await dateOf('2027-01-12')).toMatchObject({ settledHow: 'done' })
    await look('2027-01-13T09:05:00Z')
    expect(await drafts()).toEqual([])
    await withdrawReport(mia, reportId, 'The officer had misread an answer')
    expect(await dateOf('2027-01-12')).toMatchObject({ settledAt: null, settledById: null })
  })

  test('does not begin again what a person discarded; its date waits', async () => {
    await look('2027-03-20T09:00:00Z')
    await look('2027-04-12T09:05:00Z')
    const [draft] = await drafts()
    await discardReattestation(mia, draft?.id ?? '', { reason: 'The client leaves us this month' })
    await look('2027-04-12T16:05:00Z')
    expect(await drafts()).toEqual([])
    expect(await dateOf('2027-04-12')).toMatchObject({ settledAt: null })
  })
  test('begins the others where one cannot be begun, and that one at the next look', async () => {
    const { organisationId, userId } = mia
    const second = await createClient(mia, demoClients(SIGNED).dental)
    const secondId = crypto.randomUUID()
    const attestedAt = new Date('2027-04-11T09:00:00Z')
    await getRuntime().database.inOrganisation(organisationId, async (tx) => {
      const made = { organisationId, clientId: second, createdBy: userId, createdAt: attestedAt }
      const first = await findApplication(tx, organisationId, applicationId)
      if (!first) throw new Error('No application')
      const { formCode, edition, editionSha256 } = first
      await insertApplication(tx, { ...made, id: secondId, formCode, edition, editionSha256 })
      await insertReport(tx, {
        ...{ ...made, id: crypto.randomUUID(), applicationId: secondId, state: 'signed' },
        ...{ statement: '{"signers":[]}', statementSha256: '0'.repeat(64), attestedAt },
      })
    })
    const log = vi.spyOn(console, 'error').mockReturnValue(undefined)
    await look('2027-06-20T09:00:00Z')
    world.setClock(new Date('2027-07-12T09:05:00Z'))
    const newId = vi.spyOn(getRuntime(), 'newId').mockImplementationOnce(() => {
      throw new Error('No more ids')
    })
    await sendReminders(organisationId)
    newId.mockRestore()
    expect(await drafts()).toMatchObject([{ first: '2027-07-12' }])
    expect((await listReattestations(mia, second)).reattestations).toEqual([])
    expect(log.mock.calls.map(([sentence]) => sentence)).toContain(
      `The re-attestation of application ${secondId} could not be begun`,
    )
    log.mockRestore()
    await look('2027-07-12T09:10:00Z')
    expect((await listReattestations(mia, second)).reattestations).toMatchObject([{ first: '2027-07-11' }])
  })
})
