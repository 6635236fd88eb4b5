/** An assessment firm signs as reviewer under its own authority, and only while its engagement lets it. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { verifyReport } from '#app/report/verify.ts'
import { listSigning, sendAttestationLink } from '#app/services/attestation-links.server.ts'
import { getSignerPage } from '#app/services/attestation-page.server.ts'
import { attest, confirmAnswer } from '#app/services/attestation-visit.server.ts'
import { openDoor, tokenInOutbox } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import { endAsHost } from '#app/services/engagement-acceptance.server.ts'
import { listSigningFirms } from '#app/services/engagement-signing.server.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { PrepareReportInput } from '#app/services/report-input.ts'
import { getReport, openReportFile, prepareReport, withdrawReport } from '#app/services/reports.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { engage } from './engagement-world.ts'

const ORIGIN = 'https://attested.example'
const caller = { address: '203.0.113.7', userAgent: 'a phone' }
const lastDay = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)

let world: World
let mia: Member
let fritz: Member
let clientId: string
let application: string
let reportId: string
let engagementId: string

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  mia = (await world.signUpMember('Mia Member')).member
  fritz = (await world.signUpMember('Fritz Firm', 'assessor')).member
  const now = new Date()
  const { dental } = demoClients(now)
  application = await prepareClient(
    mia,
    dental,
    dentalAnswers(now),
    dentalFiles(now).slice(2),
    () => undefined,
  )
  const { getReadiness } = await import('#app/services/readiness.server.ts')
  clientId = (await getReadiness(mia, application)).client.id
  engagementId = await assess({ maySign: 'on' })
})
afterAll(() => world?.close())
afterEach(async () => {
  const { report } = await getReport(mia, reportId).catch(() => ({ report: null }))
  if (report && ['awaiting-attestation', 'signed'].includes(report.state) && !report.attestedAt)
    await withdrawReport(mia, reportId, 'For the next test of this file.')
})

const assess = (words: object) =>
  engage(mia, fritz, [application], { kind: 'independent-assessment', lastDay, ...words })
const code = (work: () => Promise<unknown>) =>
  work().then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
const standings = async () =>
  Object.fromEntries((await listSigning(mia, reportId)).map(({ id, state }) => [id, state]))
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 240_000, interval: 100 })

async function prepare(change: object = {}): Promise<void> {
  const input = PrepareReportInput.parse({
    contributorTitle: 'Technician',
    officerName: 'Oscar Officer',
    officerTitle: 'Chief executive',
    officerRole: 'chief-executive',
    officerEmail: 'oscar@client.example',
    coversFrom: '',
    certify: 'on',
    reviewerName: 'Fritz Firm',
    reviewerOrganisation: 'However somebody wrote it',
    reviewerTitle: 'Lead assessor',
    reviewerEmail: fritz.email,
    ...change,
  })
  const prepared = await prepareReport(mia, application, input)
  if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
  reportId = prepared.reportId
  await until(async () => expect((await standings())['technical-contributor']).toBe('signed'))
}

async function sign(slot: string) {
  await sendAttestationLink(mia, reportId, ORIGIN, slot)
  const key = await openDoor(mia, await tokenInOutbox(mia))
  const page = await getSignerPage(key)
  for (const { questionId } of page.steps) await confirmAnswer(key, questionId)
  await attest(key, { typedName: page.signer.name, attest: 'on' }, caller, null)
}

const reviewer = async () =>
  (await getReport(mia, reportId)).statement.signers.find(({ role }) => role === 'reviewer')

describe('a report that an assessment firm signs', () => {
  test('is not signed once the engagement has ended', async () => {
    await prepare()
    await endAsHost(mia, engagementId, { reason: 'No longer needed' })
    expect(await code(() => sign('reviewer'))).toBe('engagement-over')
    expect((await standings()).reviewer).toBe('waiting')
    engagementId = await assess({ maySign: 'on' })
  })

  test('is not signed when somebody of the firm has had a part in it meanwhile', async () => {
    const frida = (await world.signUpMember('Frida Firm', 'assessor')).member
    await engage(mia, frida, [application], { kind: 'independent-assessment', lastDay, maySign: 'on' })
    const named = { reviewerName: 'Frida Firm', reviewerEmail: frida.email }
    await prepare(named)
    await requestEvidence(
      mia,
      clientId,
      {
        title: 'A log',
        questionRef: '',
        message: 'Please',
        dueOn: lastDay,
        recipientName: 'Frida Firm',
        recipientEmail: frida.email,
      },
      ORIGIN,
    )
    expect(await code(() => sign('reviewer'))).toBe('own-review')
    await withdrawReport(mia, reportId, 'The reviewer is not independent.')
    expect(await code(() => prepare(named))).toBe('own-review')
  })

  test('is signed under the preparer’s authority by whoever belongs to no engaged firm', async () => {
    await prepare({ reviewerName: 'Ida Independent', reviewerEmail: 'ida@assurance.example' })
    expect(await reviewer()).toMatchObject({ organisation: 'However somebody wrote it' })
    expect((await reviewer())?.authority).toBeUndefined()
  })

  test('names the firm, is signed under its authority, verified with its name, and in its ledger', async () => {
    expect(await listSigningFirms(mia, application)).toContain('Fritz Firm IT')
    await prepare()
    expect(await reviewer()).toMatchObject({
      organisation: 'Fritz Firm IT',
      authority: { organisationId: fritz.organisationId },
    })
    await sign('reviewer')
    await until(async () => expect((await standings()).reviewer).toBe('signed'))
    await sign('insured-officer')
    await until(async () => expect((await getReport(mia, reportId)).report.state).toBe('signed'))
    const chunks: Buffer[] = []
    for await (const chunk of (await openReportFile(mia, reportId)).stream) chunks.push(chunk)
    const { authorityPem } = await getReport(mia, reportId)
    const verification = await verifyReport(Buffer.concat(chunks), {
      trustedAuthorityPem: authorityPem ?? undefined,
    })
    expect(verification.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(verification.signatures.find(({ role }) => role === 'reviewer')?.organisation).toBe(
      'Fritz Firm IT',
    )
    expect(verification.checks.find(({ id }) => id === 'chain')?.detail).toContain(
      'Fritz Firm IT’s own authority',
    )
    const { entries } = await listLedger(fritz)
    expect(entries[0]).toMatchObject({
      kind: 'engagement.report-signed',
      actor: `Fritz Firm <${fritz.email}>`,
    })
    expect(entries.map(({ kind }) => kind)).toContain('key.created')
  })
})
