import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyPack } from '#app/report/claim-pack/verify-pack.server.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import { loader as listLoader } from '#app/routes/revocation-list.ts'
import {
  getAuthorityCertificate,
  giveUpAuthority,
  listSigningAuthorities,
  rotateAuthority,
} from '#app/services/authority-care.server.ts'
import { GiveUpInput, RotateInput } from '#app/services/authority-input.ts'
import { makeCheckpointNow } from '#app/services/checkpoints.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'
import { exportOwnLedger } from '#app/services/ledger-export.server.ts'
import type { Member } from '#app/services/member.ts'
import { WithdrawReportInput } from '#app/services/report-input.ts'
import { askFileStatus } from '#app/services/report-status.server.ts'
import { getReport, getReportState, openReportFile, withdrawReport } from '#app/services/reports.server.ts'
import { getRevocationList } from '#app/services/revocations.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { verifyLedgerExport } from '#evidence/verify-ledger-export.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { attest, certify, makePack, prepareDental, reach, signApplication } from './claim-world.ts'

const WHY = 'The key was on a laptop that was stolen.'
const TODAY = new Date().toISOString().slice(0, 10)
const folder = mkdtempSync(join(tmpdir(), 'attested-keys-'))
let world: World
/** Each test has an organisation of its own. */
let member: Member
let stranger: Member

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  stranger = (await world.signUpMember('Sam Stranger')).member
})
beforeEach(async () => {
  member = (await world.signUpMember('Kay Keeper')).member
})
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function bytesOf(reportId: string): Promise<Uint8Array> {
  const { stream } = await openReportFile(member, reportId)
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)
const authorities = async () => (await listSigningAuthorities(member)).authorities
const listOf = async (index = 0) =>
  getRevocationList(member.organisationId, (await authorities())[index]?.id ?? '')
const kinds = async () => (await listLedger(member)).entries.map(({ kind }) => kind)

describe('a new authority in the place of the old one', () => {
  test('signs what is new, and what the old one signed stays as it was', async () => {
    const { clientId, applicationId } = await prepareDental(member)
    const reportId = await signApplication(member, applicationId)
    const { authorityPem: oldPem } = await getReport(member, reportId)
    await rotateAuthority(member, { reason: 'Yearly replacement.', key: 'ec-p256' })
    expect((await kinds()).slice(0, 2)).toEqual(['key.created', 'key.retired'])
    const [now, before, ...more] = await authorities()
    expect(more).toEqual([])
    expect(now).toMatchObject({ retiredAt: null, issued: 0 })
    expect(now?.subject).toContain('signing authority 2')
    expect(before).toMatchObject({
      retirementReason: 'Yearly replacement.',
      compromisedSince: null,
      issued: 2,
    })
    // The page of the old report still hands out the certificate of its time.
    expect((await getReport(member, reportId)).authorityPem).toBe(oldPem)
    const pdf = await bytesOf(reportId)
    expect(
      failed(await verifyReport(pdf, { trustedAuthorityPem: oldPem ?? '', revocationList: await listOf(1) })),
    ).toEqual([])
    const newPem = await getAuthorityCertificate(member, now?.id ?? '')
    expect(failed(await verifyReport(pdf, { trustedAuthorityPem: newPem }))).toEqual(['authority'])

    // A pack is sealed by the new one, and proves by the ledger that the old one was the organisation's, too.
    const pack = await makePack(member, clientId, folder)
    const verified = await verifyPack(pack.path, { trustedAuthorityPem: newPem })
    expect(verified.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(verified.checks.find(({ id }) => id === 'report')?.detail).toContain(
      `an earlier authority of the same organisation, which the ledger records, SHA-256 fingerprint ${before?.fingerprint}`,
    )
    expect((await checkLedger(member)).verdict.ok).toBe(true)
  })

  test('vouches for the ledger’s checkpoints of the old one; the old one not for its', async () => {
    await makeCheckpointNow(member)
    const [old] = await authorities()
    await rotateAuthority(member, { reason: 'Yearly replacement.', key: 'ec-p256' })
    const verify = async (keyId: string | undefined) => {
      const trustedAuthorityPem = await getAuthorityCertificate(member, keyId ?? '')
      const lines = Readable.from(exportOwnLedger(member)).map((line: string) => Buffer.from(line))
      return (await verifyLedgerExport(lines, { trustedAuthorityPem })).verdict.faults.map(
        ({ sentence }) => sentence,
      )
    }
    const next = (await authorities())[0]?.id
    expect(await verify(next)).toEqual([
      expect.stringMatching(/^Checkpoint 1 was signed under another authority .* no later/),
    ])
    expect(await verify(old?.id)).toEqual([])
    await makeCheckpointNow(member)
    expect(await verify(next)).toEqual([])
    expect(await verify(old?.id)).toEqual([
      expect.stringMatching(/^Checkpoint 2 was signed under another authority/),
    ])
  })

  test('leaves a report that waits for its officer to the old one', async () => {
    const { applicationId } = await prepareDental(member)
    const reportId = await certify(member, applicationId)
    const { authorityPem } = await getReport(member, reportId)
    await rotateAuthority(member, { reason: 'Yearly replacement.', key: 'ec-p256' })
    await attest(member, reportId)
    await reach(member, reportId, 'signed')
    expect(
      failed(await verifyReport(await bytesOf(reportId), { trustedAuthorityPem: authorityPem ?? '' })),
    ).toEqual([])
  })

  test('is made once, by an owner, with a reason', async () => {
    await makeCheckpointNow(member)
    await expect(
      rotateAuthority({ ...member, role: 'technician' }, { reason: WHY, key: 'ec-p256' }),
    ).rejects.toMatchObject({
      code: 'owner',
    })
    const both = await Promise.allSettled([
      rotateAuthority(member, { reason: WHY, key: 'ec-p256' }),
      rotateAuthority(member, { reason: WHY, key: 'ec-p256' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await authorities()).filter(({ retiredAt }) => retiredAt === null)).toHaveLength(1)
    for (const reason of ['', 'short', 'x'.repeat(1001)])
      expect(RotateInput.safeParse({ reason, key: 'ec-p256' }).success).toBe(false)
  })
})

describe('a signature that should not have been made', () => {
  test('is revoked with its report: offline by the list, and at the page that tells how a file stands', async () => {
    const { applicationId } = await prepareDental(member)
    const reportId = await signApplication(member, applicationId)
    const pdf = await bytesOf(reportId)
    expect(failed(await verifyReport(pdf, { revocationList: await listOf() }))).toEqual([])
    await withdrawReport(member, reportId, 'The officer had left the company.', {
      slot: 'insured-officer',
      reason: 'not-entitled',
    })
    const rejected = await verifyReport(pdf, { revocationList: await listOf() })
    expect(failed(rejected)).toEqual(['revocation'])
    expect(rejected.checks.find(({ id }) => id === 'revocation')?.detail).toMatch(
      /^The certificate of the insured officer is revoked as of .* the person was not entitled to sign/,
    )
    expect(await askFileStatus(sha256Hex(pdf), '192.0.2.1')).toMatchObject({ status: 'withdrawn' })
    expect((await kinds()).slice(0, 2)).toEqual(['report.withdrawn', 'certificate.revoked'])
    const { revoked } = await listSigningAuthorities(member)
    expect(revoked).toMatchObject([
      { name: 'Oscar Officer', role: 'insured-officer', reportId, revocationReason: 'not-entitled' },
    ])
    expect((await authorities())[0]).toMatchObject({ issued: 2, revoked: 1 })
  })

  test('has to be there: then nothing is withdrawn either', async () => {
    const { applicationId } = await prepareDental(member)
    const reportId = await certify(member, applicationId)
    const revoke = { slot: 'insured-officer', reason: 'not-entitled' } as const
    await expect(withdrawReport(member, reportId, WHY, revoke)).rejects.toMatchObject({ code: 'unsigned' })
    expect((await getReportState(member, reportId)).state).toBe('awaiting-attestation')
    await expect(withdrawReport(stranger, reportId, WHY, revoke)).rejects.toMatchObject({ code: 'not-found' })
    expect((await listSigningAuthorities(member)).revoked).toEqual([])
    await withdrawReport(member, reportId, WHY, { slot: 'technical-contributor', reason: 'superseded' })
    expect((await listSigningAuthorities(member)).revoked).toHaveLength(1)
  })

  test.each([
    { reason: WHY, revokeSlot: 'ledger-checkpoint' },
    { reason: WHY, revokeSlot: 'insured-officer', revokeReason: 'authority-compromise' },
    { reason: WHY, revokeSlot: ['insured-officer'] },
  ])('is named by its role and a reason that we know: not %j', (input) => {
    expect(WithdrawReportInput.safeParse(input).success).toBe(false)
  })

  test('is nobody’s unless somebody says so', () => {
    expect(WithdrawReportInput.parse({ reason: WHY })).toEqual({ reason: WHY, revoke: null })
    expect(WithdrawReportInput.parse({ reason: WHY, revokeSlot: '' })).toEqual({ reason: WHY, revoke: null })
  })
})

describe('an authority whose key may be in other hands', () => {
  test('falls with what it certified, and another one is in use at once', async () => {
    const { applicationId } = await prepareDental(member)
    const reportId = await signApplication(member, applicationId)
    const [lost] = await authorities()
    await giveUpAuthority(member, { keyId: lost?.id ?? '', since: TODAY, reason: WHY })
    expect((await kinds()).slice(0, 2)).toEqual(['key.created', 'key.compromised'])
    const [now, before] = await authorities()
    expect(before).toMatchObject({ id: lost?.id, compromisedSince: new Date(`${TODAY}T00:00:00.000Z`) })
    expect(now).toMatchObject({ retiredAt: null })
    const rejected = await verifyReport(await bytesOf(reportId), { revocationList: await listOf(1) })
    expect(failed(rejected)).toEqual(['revocation'])
    const said = rejected.checks.find(({ id }) => id === 'revocation')?.detail ?? ''
    expect(said).toContain('The signing authority’s own certificate is revoked')
    expect(said).toContain('The certificate of the insured officer is revoked')
    // The list of the next one does not speak of it.
    const other = await verifyReport(await bytesOf(reportId), { revocationList: await listOf(0) })
    expect(other.checks.find(({ id }) => id === 'revocation')?.detail).toContain(
      'not by the signing authority',
    )
    await expect(
      giveUpAuthority(member, { keyId: lost?.id ?? '', since: TODAY, reason: WHY }),
    ).rejects.toMatchObject({ code: 'given-up' })
    expect((await checkLedger(member)).verdict.ok).toBe(true)
  })

  test('does not finish what waits for its officer, and says what to do', async () => {
    const { applicationId } = await prepareDental(member)
    const reportId = await certify(member, applicationId)
    const [lost] = await authorities()
    await giveUpAuthority(member, { keyId: lost?.id ?? '', since: TODAY, reason: WHY })
    await attest(member, reportId)
    await expect
      .poll(async () => (await getReportState(member, reportId)).failure, { timeout: 240_000 })
      .toMatch(/Withdraw this report and prepare it anew/)
    expect((await getReportState(member, reportId)).state).toBe('awaiting-attestation')
  })

  test('is given up by an owner, from a day on which it was there', async () => {
    await makeCheckpointNow(member)
    const keyId = (await authorities())[0]?.id ?? ''
    const giveUp = (who: Member, since = TODAY) => giveUpAuthority(who, { keyId, since, reason: WHY })
    await expect(giveUp({ ...member, role: 'technician' })).rejects.toMatchObject({ code: 'owner' })
    await expect(giveUp(stranger)).rejects.toMatchObject({ code: 'not-found' })
    await expect(giveUp(member, '2020-01-01')).rejects.toMatchObject({ code: 'since' })
    await expect(giveUp(member, '2999-01-01')).rejects.toMatchObject({ code: 'since' })
    for (const since of ['', '2026-02-30', 'yesterday', '0000-00-00']) {
      expect(GiveUpInput.safeParse({ keyId, since, reason: WHY }).success).toBe(false)
    }
    expect(await authorities()).toHaveLength(1)
  })
})

describe('the revocation list at its address', () => {
  let callers = 0
  async function ask(organisation: string, key: string, address?: string) {
    callers += 1
    const request = new Request(`http://attested.test/revocations/${organisation}/${key}`, {
      headers: { 'x-attested-address': address ?? `198.51.100.${callers}` },
    })
    return listLoader({ request, params: { organisation, key }, context: {} } as never).catch(
      (thrown: Response) => thrown,
    ) as Promise<Response>
  }

  test('is there for anybody, is the authority’s own, and says nothing but serial numbers', async () => {
    await makeCheckpointNow(member)
    const [authority] = await authorities()
    const reply = await ask(member.organisationId, authority?.id ?? '')
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toBe('application/pkix-crl')
    const list = Buffer.from(await reply.arrayBuffer())
    expect(list.includes('Kay Keeper')).toBe(true)
    const { subject } = new X509Certificate(await getAuthorityCertificate(member, authority?.id ?? ''))
    expect(subject).toContain('Kay Keeper')
    expect(list.length).toBeLessThan(600)
  })

  test('is not there for another organisation’s id, for none, and for what is no id', async () => {
    await makeCheckpointNow(member)
    const key = (await authorities())[0]?.id ?? ''
    expect((await ask(stranger.organisationId, key)).status).toBe(404)
    expect((await ask(member.organisationId, crypto.randomUUID())).status).toBe(404)
    expect((await ask('x', key)).status).toBe(404)
    expect((await ask(member.organisationId, `${key}'--`)).status).toBe(404)
  })

  test('is handed out so often a minute and no more', async () => {
    await makeCheckpointNow(member)
    const key = (await authorities())[0]?.id ?? ''
    const statuses: number[] = []
    for (let count = 0; count < 31; count += 1)
      statuses.push((await ask(member.organisationId, key, '203.0.113.77')).status)
    expect(statuses).toEqual([...Array(30).fill(200), 429])
  })
})
