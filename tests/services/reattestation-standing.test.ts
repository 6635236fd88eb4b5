/** An open re-attestation whose application counts no more, or whose period ends; and what is told and shown of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Key } from '#app/services/attestation-door.server.ts'
import { sendAttestationLink } from '#app/services/attestation-links.server.ts'
import { attest } from '#app/services/attestation-visit.server.ts'
import { openDoor, tokenInOutbox } from '#app/services/demo/attest-as-officer.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import type { Member } from '#app/services/member.ts'
import { handOverReattestation } from '#app/services/reattestation-handover.server.ts'
import { getReattestationPage } from '#app/services/reattestation-pages.server.ts'
import { finishAnswering, getOfficerSheet } from '#app/services/reattestation-visit.server.ts'
import { closeMissedReattestations, startReattestation } from '#app/services/reattestations.server.ts'
import { supersedeReport } from '#app/services/report-superseding.server.ts'
import { withdrawReport } from '#app/services/reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { WEBHOOK_EVENT_KINDS } from '#app/services/webhook-events.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { getWebhookLog } from '#app/services/webhook-log.server.ts'
import { addWebhook } from '#app/services/webhooks.server.ts'
import { insertException } from '#db/queries/exceptions.server.ts'
import { updateReport } from '#db/queries/reports.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { SIGNED, scheduleFor, signedAgain, signedClient } from './reattestation-world.ts'

const HAND_OVER = {
  ...{ contributorTitle: 'Technician', officerName: 'Oscar Officer', officerTitle: 'Chief executive' },
  ...{ officerEmail: 'oscar@client.example', certify: 'on' as const },
} as const
const DUE = '2026-06-01T09:00:00Z'
const refusedWith = (code: string) => expect.objectContaining({ code })

let world: World
let member: Member
let signed: Awaited<ReturnType<typeof signedClient>>
let id: string

beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  world.setClock(SIGNED)
  member = (await world.signUpMember('Mia Member')).member
  signed = await signedClient(member)
  at(DUE)
  const started = await startReattestation(member, signed.applicationId)
  if (!('reattestationId' in started)) throw new Error(started.outcome)
  id = started.reattestationId
})
afterAll(() => world?.close())

const at = (moment: string) => world.setClock(new Date(moment))
const withdraw = () => withdrawReport(member, signed.reportId, 'An answer turned out to be wrong.')

async function handOver(): Promise<{ reportId: string; key: Key }> {
  const reportId = await handOverReattestation(member, id, HAND_OVER)
  await sendAttestationLink(member, reportId, 'https://attested.example')
  return { reportId, key: await openDoor(member, await tokenInOutbox(member)) }
}

const sign = (key: Key) =>
  attest(
    key,
    { typedName: 'Oscar Officer', attest: 'on' },
    { address: '203.0.113.7', userAgent: 'a phone' },
    null,
  )

const rendered = (reportId: string) =>
  getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    updateReport(tx, member.organisationId, reportId, {
      ...{ state: 'awaiting-attestation', pdfSha256: 'a'.repeat(64), certifiedAt: new Date(DUE) },
    }),
  )

describe('whose application was withdrawn', () => {
  test('is not handed over, and its page says what to do', async () => {
    expect((await getReattestationPage(member, id)).obstacle).toBeNull()
    await withdraw()
    expect((await getReattestationPage(member, id)).obstacle).toBe('withdrawn')
    await expect(handOverReattestation(member, id, HAND_OVER)).rejects.toEqual(refusedWith('not-in-force'))
  })

  test('is not answered', async () => {
    const { key } = await handOver()
    await withdraw()
    await expect(finishAnswering(key)).rejects.toEqual(refusedWith('not-in-force'))
  })

  test('is not signed', async () => {
    const { key, reportId } = await handOver()
    await rendered(reportId)
    await withdraw()
    await expect(sign(key)).rejects.toEqual(refusedWith('not-in-force'))
  })
})

test('whose application was superseded is not handed over', async () => {
  at('2026-05-20T09:00:00Z')
  const { reportId } = await signedAgain(member, signed.clientId, {
    ...{ at: new Date('2026-05-20T09:00:00Z'), coversFrom: '2026-02-15', file: 'cd' },
  })
  at(DUE)
  expect((await getReattestationPage(member, id)).obstacle).toBe('replaced')
  await supersedeReport(member, signed.reportId, {
    ...{ supersededBy: reportId, supersededReason: 'A newer one was signed' },
  })
  expect((await getReattestationPage(member, id)).obstacle).toBe('superseded')
  await expect(handOverReattestation(member, id, HAND_OVER)).rejects.toEqual(refusedWith('not-in-force'))
})

test('is signed until its last day ends where the client is', async () => {
  await scheduleFor(member, signed.clientId, { timeZone: 'America/Los_Angeles' })
  at('2026-08-14T23:00:00Z')
  const { key, reportId } = await handOver()
  at('2026-08-15T00:10:00Z')
  expect((await getOfficerSheet(key))?.today).toBe('2026-08-14')
  await rendered(reportId)
  await sign(key)
})

test('that was missed is told as withdrawn, and the mail with its link is blanked', async () => {
  const all = { name: 'All', url: 'https://tickets.example/', format: 'json', events: WEBHOOK_EVENT_KINDS }
  const { id: webhookId } = await addWebhook(member, WebhookInput.parse(all))
  const { reportId } = await handOver()
  at('2026-08-15T00:00:00Z')
  await closeMissedReattestations(member.organisationId)
  const { deliveries } = await getWebhookLog(member, webhookId)
  expect(deliveries.map(({ body }) => JSON.parse(body))).toMatchObject([
    { type: 'report.withdrawn', data: { subject: { id: reportId, title: 'Re-attestation withdrawn' } } },
  ])
  const links = (await listOutbox(member)).filter(({ kind }) => kind === 'attestation-link')
  expect(links.every(({ content }) => content === null)).toBe(true)
})

async function except(questionId: string, moment: string) {
  at(moment)
  const { organisationId, userId } = member
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    insertException(tx, {
      ...{ organisationId, id: crypto.randomUUID(), applicationId: signed.applicationId, questionId },
      ...{ scope: questionId, reason: 'Replaced in spring', compensatingControl: 'Watched' },
      ...{ approvedBy: 'Oscar Officer', owner: 'Mia Member', expiresOn: '2027-01-01' },
      ...{ recordedBy: userId, recordedAt: new Date(moment) },
    }),
  )
}

test('lists what was recorded between the freezing of the previous statement and its signature', async () => {
  const { reportId } = await handOver()
  await except('mfa-email', '2026-06-02T09:00:00Z')
  expect((await getReattestationPage(member, id)).newExceptions).toEqual([])
  await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    updateReport(tx, member.organisationId, reportId, {
      ...{ state: 'signed', attestedAt: new Date('2026-06-03T09:00:00Z'), pdfSha256: 'b'.repeat(64) },
    }),
  )
  at('2026-09-01T09:00:00Z')
  const next = await startReattestation(member, signed.applicationId)
  if (!('reattestationId' in next)) throw new Error(next.outcome)
  const page = await getReattestationPage(member, next.reattestationId)
  expect(page.newExceptions.map(({ scope }) => scope)).toEqual(['mfa-email'])
  expect(page.chain.map(({ number }) => number)).toEqual([0, 1])
})

test('once handed over shows what was frozen then', async () => {
  const before = await getReattestationPage(member, id)
  await handOver()
  await except('mfa-email', '2026-06-20T09:00:00Z')
  const after = await getReattestationPage(member, id)
  expect(after).toMatchObject({ isFrozen: true, comparedOn: '2026-06-01', newExceptions: [] })
  expect(after.answers).toEqual(before.answers)
})
