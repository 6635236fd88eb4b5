import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyReport } from '#app/report/verify.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { attestAsOfficer } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { accountingAnswers, demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { accountingFiles, dentalFiles } from '#app/services/demo/evidence.ts'
import { recordException, revokeException } from '#app/services/exceptions.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import {
  getReport,
  getReportState,
  openReportFile,
  prepareReport,
  withdrawReport,
} from '#app/services/reports.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let mia: Member
let supported: string
let contradicted: string

const officer = {
  contributorTitle: 'Technician',
  officerName: 'Oscar Officer',
  officerTitle: 'Chief executive',
  officerRole: 'chief-executive',
  officerEmail: 'oscar@client.example',
  coversFrom: '2026-07-01',
  certify: 'on',
} as const
const caller = { address: '127.0.0.1', userAgent: 'vitest' }

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  mia = (await world.signUpMember('Mia Member')).member
  const now = new Date()
  const clients = demoClients(now)
  const quiet = () => undefined
  supported = await prepareClient(mia, clients.dental, dentalAnswers(now), dentalFiles(now), quiet)
  contradicted = await prepareClient(
    mia,
    clients.accounting,
    accountingAnswers(now),
    accountingFiles(now),
    quiet,
  )
})
afterAll(() => world?.close())

async function reach(reportId: string, state: string) {
  await expect.poll(async () => (await getReportState(mia, reportId)).state, { timeout: 240_000 }).toBe(state)
}

async function bytesOf(reportId: string): Promise<Uint8Array> {
  const { stream } = await openReportFile(mia, reportId)
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

describe('signing an application', () => {
  test('is refused while the evidence contradicts an answer', async () => {
    const result = await prepareReport(mia, contradicted, officer)
    expect(result.outcome).toBe('blocked')
    if (result.outcome !== 'blocked') return
    expect(result.blocking.map(({ questionId }) => questionId)).toContain('patch-time')
  })

  test('a reasoned exception lifts the block, a revoked one restores it', async () => {
    const { readiness } = await getReadiness(mia, contradicted)
    const ids: string[] = []
    for (const { questionId } of readiness.blocking) {
      ids.push(
        await recordException(mia, contradicted, {
          questionId,
          scope: 'The one system that is being replaced',
          startsOn: '',
          reason: 'The affected system is being replaced under a signed order.',
          compensatingControl: 'Cut off from the network until then.',
          owner: 'Mia Member',
          approvedBy: 'Oscar Officer',
          expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
        }),
      )
    }
    expect(ids.length).toBeGreaterThan(0)
    const covered = await getReadiness(mia, contradicted)
    expect(covered.readiness.blocking).toEqual([])
    expect(covered.readiness.answers.find(({ questionId }) => questionId === 'patch-time')?.status).toBe(
      'contradicted',
    )
    await revokeException(mia, { exceptionId: ids[0] ?? '', reason: 'The system was replaced.' })
    expect((await getReadiness(mia, contradicted)).readiness.blocking).not.toEqual([])
  })

  test('nobody signs for both sides, and only roles of the edition sign', async () => {
    await expect(
      prepareReport(mia, supported, { ...officer, officerName: 'MIA  MEMBER' }),
    ).rejects.toMatchObject({
      code: 'same-signer',
    })
    await expect(
      prepareReport(mia, supported, { ...officer, officerEmail: mia.email }),
    ).rejects.toMatchObject({
      code: 'same-signer',
    })
    await expect(prepareReport(mia, supported, { ...officer, officerRole: 'intern' })).rejects.toMatchObject({
      code: 'role',
    })
  })

  test('two signatures, frozen answers, a verifiable file, and a ledger that holds', async () => {
    const today = new Date().toISOString().slice(0, 10)
    await recordException(mia, supported, {
      questionId: 'mfa-email',
      scope: 'The shared mailbox of the front desk',
      startsOn: '',
      reason: 'It has no person who could hold a second factor.',
      compensatingControl: 'Only a machine at the front desk may open it.',
      owner: 'Mia Member',
      approvedBy: 'Oscar Officer',
      expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    })
    const reviewer = { reviewerName: 'Ada Auditor', reviewerOrganisation: 'Audit House' }
    const prepared = await prepareReport(mia, supported, { ...officer, ...reviewer })
    if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
    const { reportId } = prepared
    await reach(reportId, 'awaiting-attestation')
    const yes = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
    const frozen = await recordAnswer(mia, {
      applicationId: supported,
      questionId: 'mfa-email',
      answer: yes,
      seenVersion: 1,
    })
    expect(frozen).toEqual({ outcome: 'frozen' })
    // With one signature of two the report does not verify as complete.
    expect((await verifyReport(await bytesOf(reportId))).ok).toBe(false)

    const { statement, authorityPem } = await getReport(mia, reportId)
    expect(statement.application.coversFrom).toBe('2026-07-01')
    expect(statement.exceptions).toMatchObject([
      { questionId: 'mfa-email', scope: 'The shared mailbox of the front desk', startsOn: today },
    ])
    expect(statement.reviewer).toEqual({ name: 'Ada Auditor', organisation: 'Audit House' })
    expect(statement.findings?.countedOn).toBe(today)
    expect(statement.coverage?.last).toBe(today)
    const days = Date.parse(today) - Date.parse(statement.coverage?.first ?? '')
    for (const { controlId, segments } of statement.coverage?.controls ?? []) {
      expect(
        segments.reduce((sum, segment) => sum + segment.days, 0),
        controlId,
      ).toBe(days / 86_400_000 + 1)
    }
    await attestAsOfficer(mia, reportId, { name: 'oscar officer', ...caller })
    await reach(reportId, 'signed')

    const verified = await verifyReport(await bytesOf(reportId), { trustedAuthorityPem: authorityPem ?? '' })
    expect(verified.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(verified.ok).toBe(true)
    expect(verified.statement?.reportId).toBe(reportId)

    const { verdict } = await checkLedger(mia)
    expect(verdict.ok).toBe(true)
    const kinds = (await listLedger(mia)).entries.map(({ kind }) => kind)
    expect(kinds.slice(0, 3)).toEqual(['report.attested', 'attestation.link-sent', 'report.certified'])

    const bytes = await bytesOf(reportId)
    await withdrawReport(mia, reportId, 'One answer turned out to be wrong.')
    expect((await getReportState(mia, reportId)).state).toBe('withdrawn')
    // What was signed stays: the file verifies as before, and its answers do not open again.
    expect(await bytesOf(reportId)).toEqual(bytes)
    expect((await getReadiness(mia, supported)).application.state).toBe('frozen')
    expect((await listLedger(mia)).entries[0]?.kind).toBe('report.withdrawn')
    expect((await checkLedger(mia)).verdict.ok).toBe(true)
  })

  test('a certification can be withdrawn before the insured attests, and the answers open again', async () => {
    const { readiness } = await getReadiness(mia, contradicted)
    for (const { questionId } of readiness.blocking) {
      await recordException(mia, contradicted, {
        questionId,
        scope: 'The one system that is being replaced',
        startsOn: '',
        reason: 'The affected system is being replaced under a signed order.',
        compensatingControl: 'Cut off from the network until then.',
        owner: 'Mia Member',
        approvedBy: 'Oscar Officer',
        expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
      })
    }
    const prepared = await prepareReport(mia, contradicted, officer)
    if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
    await reach(prepared.reportId, 'awaiting-attestation')
    await withdrawReport(mia, prepared.reportId, 'The client found a mistake.')
    expect((await getReportState(mia, prepared.reportId)).state).toBe('withdrawn')
    const reopened = await getReadiness(mia, contradicted)
    expect(reopened.application.state).toBe('draft')
  })
})
