import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { applicationInForce, getReadinessAt, loadHistory } from '#app/services/history.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { listSuccession, supersedeReport } from '#app/services/report-superseding.server.ts'
import { getReport, withdrawReport } from '#app/services/reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { getTimeline } from '#app/services/timeline.server.ts'
import { listApplications } from '#db/queries/applications.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { addReport, addSignedReport } from './report-rows.ts'

let world: World
let member: Member
let stranger: Member
let clientId: string
const on = (day: string) => new Date(`${day}T10:00:00Z`)
const WHY = 'The firewall answer turned out to be wrong.'

beforeAll(async () => {
  world = await openWorld()
  world.setClock(on('2026-02-01'))
  member = (await world.signUpMember('Lia Life')).member
  stranger = (await world.signUpMember('Sam Stranger')).member
})
beforeEach(async () => {
  world.setClock(on('2026-02-01'))
  clientId = await createClient(member, demoClients(on('2026-02-01')).dental)
})
afterAll(() => world?.close())

const sign = (file: string, day: string, formCode?: string) => {
  world.setClock(on(day))
  return addSignedReport(member, clientId, { at: on(day), file, formCode })
}

/** Which report counted on a day, as known on another. */
async function inForce(trueDay: string, knownDay: string) {
  const { organisationId } = member
  const point = { trueOn: on(trueDay), knownOn: on(knownDay) }
  return getRuntime().database.inOrganisation(organisationId, async (tx) =>
    applicationInForce(
      await loadHistory(tx, organisationId, clientId, on('2026-12-01'), point.knownOn),
      point,
    ),
  )
}

const newestEntry = async () => (await listLedger(member)).entries[0]

describe('withdrawing what both signed', () => {
  test('ends it from now on: before, and as known before, it was in force', async () => {
    const { reportId } = await sign('a', '2026-03-01')
    world.setClock(on('2026-06-01'))
    await withdrawReport(member, reportId, WHY)
    expect(await inForce('2026-05-01', '2026-07-01')).toMatchObject({ basis: 'signed', reportId })
    expect(await inForce('2026-05-01', '2026-05-15')).toMatchObject({ basis: 'signed', reportId })
    // A day after the withdrawal, judged on what was known before it.
    expect(await inForce('2026-07-01', '2026-05-15')).toMatchObject({ basis: 'signed', reportId })
    // What was withdrawn is no draft either.
    expect(await inForce('2026-07-01', '2026-07-01')).toBeNull()
  })

  test('leaves the file, the answers and the signatures, and says why in the ledger', async () => {
    const { reportId, applicationId } = await sign('b', '2026-03-01')
    world.setClock(on('2026-06-01'))
    await withdrawReport(member, reportId, WHY)
    const { report } = await getReport(member, reportId)
    expect(report).toMatchObject({ state: 'withdrawn', withdrawnReason: WHY, endedAt: on('2026-06-01') })
    expect(report.attestedAt).toEqual(on('2026-03-01'))
    expect(report.pdfSha256).toMatch(/^(bf)+$/)
    const entry = await newestEntry()
    expect(entry?.kind).toBe('report.withdrawn')
    expect(entry && JSON.parse(entry.payload)).toMatchObject({
      reportId,
      applicationId,
      reason: WHY,
      pdfSha256: report.pdfSha256,
    })
    const judged = await getReadinessAt(member, clientId, { trueOn: '2026-05-01' })
    expect(judged.application).toEqual({ id: applicationId, basis: 'signed' })
    const rows = await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
      listApplications(tx, member.organisationId, clientId),
    )
    expect(rows.map(({ state }) => state)).toEqual(['frozen'])
  })

  test('happens once, and only to what is there', async () => {
    const { reportId } = await sign('c', '2026-03-01')
    await withdrawReport(member, reportId, WHY)
    await expect(withdrawReport(member, reportId, WHY)).rejects.toMatchObject({ code: 'state' })
    await expect(withdrawReport(stranger, reportId, WHY)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('gives the word back to the report before it, where that one still counts', async () => {
    const first = await sign('d', '2026-03-01')
    const second = await sign('e', '2026-05-01')
    world.setClock(on('2026-06-01'))
    await withdrawReport(member, second.reportId, WHY)
    expect(await inForce('2026-05-15', '2026-07-01')).toMatchObject({ reportId: second.reportId })
    expect(await inForce('2026-07-01', '2026-07-01')).toMatchObject({ reportId: first.reportId })
  })

  test('ends the drift since the attestation, not the days before', async () => {
    const { reportId } = await sign('f', '2026-03-01')
    world.setClock(on('2026-05-01'))
    expect((await getTimeline(member, clientId, {})).drift).toMatchObject([{ reportId }])
    await withdrawReport(member, reportId, WHY)
    world.setClock(on('2026-05-02'))
    expect((await getTimeline(member, clientId, {})).drift).toBeNull()
    expect((await getTimeline(member, clientId, { knownOn: '2026-04-20' })).drift).toMatchObject([
      { reportId },
    ])
  })
})

describe('superseding', () => {
  const REASON = 'Renewal for the next policy period.'

  test('is offered on both pages, for newer signed reports of the same client and form', async () => {
    const older = await sign('a1', '2026-03-01')
    await sign('a2', '2026-04-01', 'another-form')
    const newer = await sign('a3', '2026-05-01')
    const ids = (list: { id: string }[]) => list.map(({ id }) => id)
    const ofOlder = await listSuccession(member, older.reportId)
    expect([ids(ofOlder.newer), ids(ofOlder.older)]).toEqual([[newer.reportId], []])
    const ofNewer = await listSuccession(member, newer.reportId)
    expect([ids(ofNewer.newer), ids(ofNewer.older)]).toEqual([[], [older.reportId]])
    await expect(listSuccession(stranger, older.reportId)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('names both in the ledger, and the older one stays what it was', async () => {
    const older = await sign('b1', '2026-03-01')
    const newer = await sign('b2', '2026-05-01')
    world.setClock(on('2026-06-01'))
    const input = { supersededBy: newer.reportId, supersededReason: REASON }
    await supersedeReport(member, older.reportId, input)
    const { report } = await getReport(member, older.reportId)
    expect(report).toMatchObject({
      state: 'superseded',
      supersededBy: newer.reportId,
      supersededReason: REASON,
      endedAt: on('2026-06-01'),
      attestedAt: on('2026-03-01'),
    })
    const entry = await newestEntry()
    expect(entry?.kind).toBe('report.superseded')
    expect(entry && JSON.parse(entry.payload)).toMatchObject({
      reportId: older.reportId,
      supersededBy: newer.reportId,
      reason: REASON,
    })
    expect(await inForce('2026-04-01', '2026-07-01')).toMatchObject({ reportId: older.reportId })
    expect(await inForce('2026-07-01', '2026-07-01')).toMatchObject({ reportId: newer.reportId })
    expect(await listSuccession(member, newer.reportId)).toEqual({ newer: [], older: [] })
  })

  test('is refused by anything but a newer report in force of the same client and form', async () => {
    const older = await sign('c1', '2026-03-01')
    const otherForm = await sign('c2', '2026-04-01', 'another-form')
    const newer = await sign('c3', '2026-05-01')
    const home = clientId
    clientId = await createClient(member, demoClients(on('2026-02-01')).accounting)
    const otherClient = await sign('c4', '2026-05-01')
    clientId = home
    const waiting = await addReport(member, {
      clientId,
      applicationId: older.applicationId,
      at: on('2026-06-01'),
      file: 'c5'.repeat(32),
    })
    const attempt = (id: string, supersededBy: string, who = member) =>
      supersedeReport(who, id, { supersededBy, supersededReason: REASON })
    for (const id of [otherForm.reportId, otherClient.reportId, older.reportId, waiting, crypto.randomUUID()])
      await expect(attempt(older.reportId, id)).rejects.toMatchObject({ code: 'successor' })
    await expect(attempt(newer.reportId, older.reportId)).rejects.toMatchObject({ code: 'successor' })
    await expect(attempt(waiting, newer.reportId)).rejects.toMatchObject({ code: 'state' })
    await expect(attempt(older.reportId, newer.reportId, stranger)).rejects.toMatchObject({
      code: 'not-found',
    })
    await withdrawReport(member, newer.reportId, WHY)
    await expect(attempt(older.reportId, newer.reportId)).rejects.toMatchObject({ code: 'successor' })
    expect((await getReport(member, older.reportId)).report.state).toBe('signed')
  })
})
