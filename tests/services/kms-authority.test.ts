import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ORGANISATION_TAG } from '#app/report/authority-keys/aws-kms.server.ts'
import { verifyPack } from '#app/report/claim-pack/verify-pack.server.ts'
import { verifyReport } from '#app/report/verify.ts'
import { loader as listLoader } from '#app/routes/revocation-list.ts'
import {
  getAuthorityCertificate,
  giveUpAuthority,
  listSigningAuthorities,
  makeFirstAuthority,
  rotateAuthority,
} from '#app/services/authority-care.server.ts'
import { KeyChoice, RotateInput } from '#app/services/authority-input.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReportState, openReportFile } from '#app/services/reports.server.ts'
import { getRevocationList } from '#app/services/revocations.server.ts'
import { needs, runTool } from '../report/outside-tools.ts'
import { inKmsEnvironment, type KmsService, startKmsService } from '../support/kms-service.ts'
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

const WHY = 'The key belongs in a place of its own.'
const folder = mkdtempSync(join(tmpdir(), 'attested-kms-'))
let world: World
let kms: KmsService
let restore: () => void
let member: Member

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  kms = await startKmsService()
  restore = inKmsEnvironment(kms)
})
beforeEach(async () => {
  kms.trouble = null
  member = (await world.signUpMember('Kay Keeper')).member
})
afterAll(async () => {
  await world?.close()
  restore?.()
  await kms?.close()
  rmSync(folder, { recursive: true, force: true })
})

const keyOf = ({ organisationId }: Member, spec: 'ECC_NIST_P256' | 'RSA_3072' = 'ECC_NIST_P256') =>
  kms.makeKey(spec, { tags: { [ORGANISATION_TAG]: organisationId } })
const inKms = (kmsKeyArn: string) => ({ key: 'aws-kms' as const, kmsKeyArn })
const authorities = async () => (await listSigningAuthorities(member)).authorities

async function bytesOf(reportId: string): Promise<Uint8Array> {
  const { stream } = await openReportFile(member, reportId)
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

describe('an authority whose key is in AWS KMS', () => {
  test.each(['ECC_NIST_P256', 'RSA_3072'] as const)(
    'takes the place of the one before, and signs reports, lists, checkpoints and packs: %s',
    async (spec) => {
      const arn = keyOf(member, spec)
      await rotateAuthority(member, { reason: WHY, ...inKms(arn) })
      const [created] = (await listLedger(member)).entries
      expect(created?.kind).toBe('key.created')
      expect(JSON.parse(created?.payload ?? '')).toMatchObject({ keptIn: 'AWS KMS' })
      const [authority, before] = await authorities()
      expect(authority).toMatchObject({
        algorithm: spec === 'RSA_3072' ? 'rsa-3072' : 'ec-p256',
        keyReference: arn,
        retiredAt: null,
      })
      expect(before).toMatchObject({ algorithm: 'ec-p256', keyReference: null, retirementReason: WHY })
      const { clientId, applicationId } = await prepareDental(member)
      const pdf = await bytesOf(await signApplication(member, applicationId))
      const pem = await getAuthorityCertificate(member, authority?.id ?? '')
      const revocationList = await getRevocationList(member.organisationId, authority?.id ?? '')
      const verification = await verifyReport(pdf, { trustedAuthorityPem: pem, revocationList })
      expect(verification.checks.filter(({ ok }) => !ok)).toEqual([])
      const pack = await makePack(member, clientId, folder)
      const verified = await verifyPack(pack.path, { trustedAuthorityPem: pem })
      expect(verified.checks.filter(({ ok }) => !ok)).toEqual([])
      expect((await checkLedger(member)).verdict.ok).toBe(true)
    },
  )

  test('is accepted by openssl: its chain and its list', async ({ skip }) => {
    needs('openssl', skip)
    await makeFirstAuthority(member, inKms(keyOf(member, 'RSA_3072')))
    const { applicationId } = await prepareDental(member)
    const reportId = await certify(member, applicationId)
    const [authority] = await authorities()
    const pem = await getAuthorityCertificate(member, authority?.id ?? '')
    const pdf = Buffer.from(await bytesOf(reportId)).toString('latin1')
    const message = /\/Contents <([0-9a-f]+)>/.exec(pdf)?.[1] ?? ''
    const write = (name: string, bytes: string | Uint8Array) => {
      writeFileSync(join(folder, name), bytes)
      return join(folder, name)
    }
    const ca = write('authority.pem', pem)
    const cms = write('message.der', Buffer.from(message, 'hex'))
    const signers = runTool('openssl', ['pkcs7', '-inform', 'DER', '-in', cms, '-print_certs']).output
    const signer = write(
      'signer.pem',
      /-----BEGIN[\s\S]+?-----END CERTIFICATE-----\n/.exec(signers)?.[0] ?? '',
    )
    const list = write('list.crl', await getRevocationList(member.organisationId, authority?.id ?? ''))
    const verified = runTool('openssl', ['verify', '-crl_check', '-CRLfile', list, '-CAfile', ca, signer])
    expect(verified.output).toContain('signer.pem: OK')
    expect(
      runTool('openssl', ['crl', '-inform', 'DER', '-in', list, '-CAfile', ca, '-noout']).output,
    ).toContain('verify OK')
    expect(new X509Certificate(pem).publicKey.asymmetricKeyType).toBe('rsa')
  })

  test('that is out of reach fails the report with what to do, and signs it later', async () => {
    await makeFirstAuthority(member, inKms(keyOf(member)))
    const { applicationId } = await prepareDental(member)
    kms.trouble = { kind: 'error', type: 'AccessDeniedException', status: 400 }
    const reportId = await requestReport(member, applicationId)
    await reach(member, reportId, 'failed')
    expect((await getReportState(member, reportId)).failure).toContain(
      'Allow its credentials kms:GetPublicKey',
    )
    kms.trouble = null
    // The application was given back; the same answers are certified now, and the officer's turn fails alike.
    const second = await certify(member, applicationId)
    kms.trouble = { kind: 'error', type: 'KMSInternalException', status: 500 }
    await attest(member, second)
    await expect
      .poll(async () => (await getReportState(member, second)).failure, { timeout: 240_000 })
      .toContain('try again in a few minutes')
    expect((await getReportState(member, second)).state).toBe('awaiting-attestation')
  })

  test('publishes no list while it is out of reach, and tells nobody why', async () => {
    await makeFirstAuthority(member, inKms(keyOf(member)))
    const [authority] = await authorities()
    const ask = () =>
      listLoader({
        request: new Request('http://attested.test/', { headers: { 'x-attested-address': '198.51.100.9' } }),
        params: { organisation: member.organisationId, key: authority?.id },
        context: {},
      } as never).catch((thrown: unknown) => thrown) as Promise<Response>
    expect((await ask()).status).toBe(200)
    kms.trouble = { kind: 'error', type: 'DisabledException', status: 400 }
    const busy = await ask()
    expect(busy.status).toBe(503)
    expect(await busy.text()).not.toMatch(/KMS|disabled|arn:/)
  })
})

describe('choosing the key', () => {
  test('is refused beside the form, and the authority in use stays', async () => {
    await makeFirstAuthority(member, { key: 'rsa-3072' })
    const rotate = (arn: string) => rotateAuthority(member, { reason: WHY, ...inKms(arn) })
    const stranger = (await world.signUpMember('Sam Stranger')).member
    await expect(rotate(keyOf(stranger))).rejects.toMatchObject({ name: 'RefusedError', code: 'key-denied' })
    const gone = 'arn:aws:kms:eu-central-1:111122223333:key/none'
    await expect(rotate(gone)).rejects.toMatchObject({ name: 'RefusedError', code: 'key-missing' })
    expect(await authorities()).toHaveLength(1)
    expect((await authorities())[0]).toMatchObject({ algorithm: 'rsa-3072', keyReference: null })
  })

  test('is for owners, and for the first authority only while there is none', async () => {
    const technician = { ...member, role: 'technician' as const }
    await expect(makeFirstAuthority(technician, { key: 'ec-p256' })).rejects.toMatchObject({ code: 'owner' })
    await makeFirstAuthority(member, { key: 'ec-p256' })
    await expect(makeFirstAuthority(member, { key: 'ec-p256' })).rejects.toMatchObject({ code: 'made' })
    expect(await authorities()).toHaveLength(1)
  })

  test('takes no key twice, even after it was given up', async () => {
    const arn = keyOf(member)
    await makeFirstAuthority(member, inKms(arn))
    const [lost] = await authorities()
    const since = new Date().toISOString().slice(0, 10)
    await giveUpAuthority(member, { keyId: lost?.id ?? '', since, reason: WHY })
    expect((await authorities())[0]).toMatchObject({ algorithm: 'ec-p256', keyReference: null })
    await expect(rotateAuthority(member, { reason: WHY, ...inKms(arn) })).rejects.toMatchObject({
      code: 'key-used',
    })
  })

  test('wants a whole choice', () => {
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd'
    expect(KeyChoice.safeParse({ key: 'aws-kms', kmsKeyArn: ` ${arn} ` }).data).toEqual(inKms(arn))
    for (const bad of [
      {},
      { key: 'rsa-1024' },
      { key: 'aws-kms' },
      inKms('alias/mine'),
      inKms('x'.repeat(9999)),
    ])
      expect(KeyChoice.safeParse(bad).success).toBe(false)
    const both = RotateInput.safeParse({ reason: '', ...inKms('') })
    expect(both.error?.issues.map(({ path }) => path.join('.')).sort()).toEqual(['kmsKeyArn', 'reason'])
  })
})
