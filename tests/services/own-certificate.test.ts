import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyPack } from '#app/report/claim-pack/verify-pack.server.ts'
import { MOST_PKCS12_BYTES } from '#app/report/own-certificate/open-pkcs12.server.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import { action } from '#app/routes/signing-keys.tsx'
import { getAuthorityCertificate, listSigningAuthorities } from '#app/services/authority-care.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'
import type { Member } from '#app/services/member.ts'
import { RemoveOwnInput, TakeOwnInput } from '#app/services/own-certificate-input.ts'
import {
  listOwnCertificates,
  removeOwnCertificate,
  takeOwnCertificate,
} from '#app/services/own-certificates.server.ts'
import { getReportState, openReportFile, withdrawReport } from '#app/services/reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { findOwnInUse, listOwn } from '#db/queries/signing-keys.server.ts'
import { hasTool } from '../report/outside-tools.ts'
import { type Issuers, issueChain, openIssuers, PASSWORD } from '../report/pkcs12-files.ts'
import { openWorld, type World } from '../support/world.ts'
import {
  attest,
  certify,
  makePack,
  prepareDental,
  reach,
  requestReport,
  signApplication,
} from './claim-world.ts'

const WHY = 'The old one expires this month.'
const folder = mkdtempSync(join(tmpdir(), 'attested-own-'))
const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok)

describe.skipIf(!hasTool('openssl'))('a certificate that the organisation brings', () => {
  let world: World
  let issuers: Issuers
  let file: Uint8Array
  let next: Uint8Array
  let member: Member
  let cookie: string
  beforeAll(async () => {
    world = await openWorld({ withJobs: true })
    issuers = openIssuers()
    const made = issueChain(issuers, { signer: 'rsa:2048' })
    file = issuers.pkcs12(made.signer, made.chain)
    const other = issueChain(issuers, { signer: 'P-256', issuer: 'P-384' })
    next = issuers.pkcs12(other.signer, other.chain)
  })
  beforeEach(async () => {
    const signedUp = await world.signUpMember('Kay Keeper')
    member = signedUp.member
    cookie = signedUp.cookie
  })
  afterAll(async () => {
    await world?.close()
    issuers?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const take = (bytes = file, reason = '', who = member) =>
    takeOwnCertificate(who, bytes, { password: PASSWORD, reason })
  const bytesOf = async (reportId: string) => {
    const { stream } = await openReportFile(member, reportId)
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk as Uint8Array)
    return new Uint8Array(Buffer.concat(chunks))
  }
  const verify = async (reportId: string) => {
    const [authority] = (await listSigningAuthorities(member)).authorities
    const trustedAuthorityPem = await getAuthorityCertificate(member, authority?.id ?? '')
    return verifyReport(await bytesOf(reportId), { trustedAuthorityPem })
  }
  const chainOf = ({ checks }: Verification) => checks.find(({ id }) => id === 'chain')
  const rows = () =>
    getRuntime().database.inOrganisation(member.organisationId, (tx) => listOwn(tx, member.organisationId))

  test('signs for the contributor until it is removed; what it signed stays as it was', async () => {
    await take()
    const { clientId, applicationId } = await prepareDental(member)
    const reportId = await signApplication(member, applicationId)
    const verified = await verify(reportId)
    expect(failed(verified)).toEqual([])
    expect(chainOf(verified)).toMatchObject({ note: true })
    expect(verified.statement?.signers.map(({ certificates }) => certificates?.length)).toEqual([
      3,
      undefined,
    ])
    const pack = await makePack(member, clientId, folder)
    expect((await verifyPack(pack.path)).checks.filter(({ ok }) => !ok)).toEqual([])

    await removeOwnCertificate(member, { reason: WHY })
    expect(failed(await verify(reportId))).toEqual([])
    const revoke = { slot: 'technical-contributor', reason: 'not-entitled' as const }
    await expect(withdrawReport(member, reportId, WHY, revoke)).rejects.toThrow(/revoked by its issuer/)
    await withdrawReport(member, reportId, WHY)
    const again = await signApplication(member, (await prepareDental(member)).applicationId)
    const under = await verify(again)
    expect(failed(under)).toEqual([])
    expect(chainOf(under)?.note).toBeUndefined()
    expect((await checkLedger(member)).verdict.ok).toBe(true)
  })

  test('is kept encrypted, replaced with a reason, and its key forgotten', async () => {
    await take()
    const [first] = await rows()
    expect(first?.encryptedKeyPem).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    await expect(take(next)).rejects.toMatchObject({ code: 'reason' })
    await take(next, WHY)
    const [now, before] = await listOwnCertificates(member)
    expect(now).toMatchObject({ name: 'Brightwater', issuer: 'Nordic Signing CA 3', removedAt: null })
    expect(before).toMatchObject({ removalReason: WHY })
    expect(before?.removedAt).not.toBeNull()
    expect((await rows()).map(({ encryptedKeyPem }) => encryptedKeyPem === null)).toEqual([false, true])
    await removeOwnCertificate(member, { reason: WHY })
    await expect(removeOwnCertificate(member, { reason: WHY })).rejects.toMatchObject({ code: 'removed' })
    expect((await rows()).every(({ encryptedKeyPem }) => encryptedKeyPem === null)).toBe(true)
    const entries = (await listLedger(member)).entries.slice(0, 4)
    expect(entries.map(({ kind }) => kind)).toEqual([
      'own-certificate.removed',
      'own-certificate.taken',
      'own-certificate.removed',
      'own-certificate.taken',
    ])
    for (const { payload } of entries) expect(payload).not.toContain('PRIVATE')
  })

  test('is taken by an owner only, one at a time, and seen by nobody else', async () => {
    await expect(take(file, '', { ...member, role: 'technician' })).rejects.toMatchObject({ code: 'owner' })
    await expect(
      removeOwnCertificate({ ...member, role: 'technician' }, { reason: WHY }),
    ).rejects.toMatchObject({ code: 'owner' })
    const outcomes = await Promise.allSettled([take(), take(next)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await listOwnCertificates(member)).toHaveLength(1)
    const stranger = (await world.signUpMember('Sam Stranger')).member
    expect(await listOwnCertificates(stranger)).toEqual([])
    const { organisationId } = stranger
    const seen = await getRuntime().database.inOrganisation(organisationId, (tx) =>
      findOwnInUse(tx, member.organisationId),
    )
    expect(seen).toBeNull()
    await expect(removeOwnCertificate(stranger, { reason: WHY })).rejects.toMatchObject({ code: 'removed' })
  })

  test('that was removed while a report waited for it fails that report with what to do', async () => {
    await take()
    const { applicationId } = await prepareDental(member)
    const reportId = await requestReport(member, applicationId)
    await removeOwnCertificate(member, { reason: WHY })
    await reach(member, reportId, 'failed')
    expect((await getReportState(member, reportId)).failure).toContain('Prepare the report again')
    // The application was given back.
    const second = await certify(member, applicationId)
    await attest(member, second)
    await reach(member, second, 'signed')
    expect(failed(await verify(second))).toEqual([])
  })

  test('that has expired prepares nothing and says who mends it', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000)
    const made = issueChain(issuers)
    const until = `${day(1).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`
    const brief = issuers.issue('Brightwater', made.issuer, { key: 'rsa:2048', until })
    try {
      await take(issuers.pkcs12(brief, made.chain))
      const { applicationId } = await prepareDental(member)
      world.setClock(day(2))
      await expect(requestReport(member, applicationId)).rejects.toMatchObject({
        code: 'own-expired',
        message: expect.stringContaining('An owner replaces or removes it'),
      })
    } finally {
      world.setClock(null)
    }
  })

  describe('on its page', () => {
    const send = (form: FormData, withCookie = cookie) =>
      action({
        request: new Request('http://127.0.0.1/signing-keys', {
          method: 'POST',
          body: form,
          headers: { cookie: withCookie, origin: 'http://127.0.0.1' },
        }),
        params: {},
        context: {},
      } as never).catch((thrown: unknown) => thrown) as Promise<{
        outcome?: string
        data?: { refusal?: { code: string; message: string }; fieldErrors?: Record<string, string> }
      }>
    const formOf = (bytes: Uint8Array, password = PASSWORD) => {
      const form = new FormData()
      form.set('password', password)
      form.set('file', new Blob([bytes.slice()]), 'own.p12')
      return form
    }

    test('is uploaded with its password, and what is wrong is said beside the form', async () => {
      const code = async (form: FormData) => (await send(form)).data?.refusal?.code
      expect(await code(formOf(file, 'wrong'))).toBe('p12-password')
      expect(await code(formOf(Buffer.from('no file')))).toBe('p12-unreadable')
      expect(await code(formOf(new Uint8Array(MOST_PKCS12_BYTES + 1)))).toBe('p12-size')
      const empty = new FormData()
      empty.set('password', PASSWORD)
      expect(await code(empty)).toBe('no-file')
      expect((await send(formOf(file, 'x'.repeat(501)))).data?.fieldErrors).toHaveProperty('password')
      expect(await listOwnCertificates(member)).toEqual([])
      expect((await send(formOf(file))).outcome).toBe('own-taken')
      expect(await listOwnCertificates(member)).toHaveLength(1)
      expect(await code(formOf(next))).toBe('reason')
    })

    test('wants a sentence for its end', () => {
      for (const reason of ['', 'short', 'x'.repeat(1001)])
        expect(RemoveOwnInput.safeParse({ reason }).success).toBe(false)
      expect(TakeOwnInput.safeParse({ reason: 'short' }).success).toBe(false)
      expect(TakeOwnInput.parse({})).toEqual({ password: '', reason: '' })
    })
  })
})
