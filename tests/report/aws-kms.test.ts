import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findKmsKey, ORGANISATION_TAG, openKmsKey } from '#app/report/authority-keys/aws-kms.server.ts'
import { KMS_KEY_ARN } from '#app/report/authority-keys/kms-key-arn.ts'
import { isSignatureOf } from '#app/report/authority-keys/public-key.server.ts'
import { createAuthority } from '#app/report/keys.server.ts'
import { makeRevocationList } from '#app/report/revocation.server.ts'
import { verifyReport } from '#app/report/verify.ts'
import { inKmsEnvironment, type KmsService, startKmsService } from '../support/kms-service.ts'
import { exampleStatement } from './example-statement.ts'
import { makeReportWithEnvelope, SIGNED_AT } from './signed-report.ts'

const { organisationId, name } = exampleStatement().preparedBy
const tags = { [ORGANISATION_TAG]: organisationId, team: 'security' }
const SAID = Buffer.from('what is signed')
let kms: KmsService
let restore: () => void

beforeAll(async () => {
  kms = await startKmsService()
  restore = inKmsEnvironment(kms)
})
beforeEach(() => {
  kms.trouble = null
  kms.calls.length = 0
})
afterAll(async () => {
  restore?.()
  await kms?.close()
})

describe.each(['ECC_NIST_P256', 'RSA_3072'] as const)('a key in AWS KMS of the kind %s', (spec) => {
  test('signs what its public key verifies, by digest', async () => {
    const key = await findKmsKey({ arn: kms.makeKey(spec, { tags }) }, organisationId)
    expect(key.algorithm).toBe(spec === 'RSA_3072' ? 'rsa-3072' : 'ec-p256')
    // Numbers of every length: about every hundredth value is shorter than its room.
    for (let count = 0; count < (spec === 'RSA_3072' ? 3 : 60); count += 1) {
      const said = Buffer.from(`${SAID} ${count}`)
      expect(isSignatureOf(key.publicKey, said, await key.sign(said))).toBe(true)
    }
    expect(isSignatureOf(key.publicKey, Buffer.from('another'), await key.sign(SAID))).toBe(false)
  })

  test('is the key of an authority: a report and a revocation list hold', async () => {
    const key = await findKmsKey({ arn: kms.makeKey(spec, { tags }) }, organisationId)
    const authority = await createAuthority({ organisationName: name, organisationId, key, now: SIGNED_AT })
    const { pdf, envelope } = await makeReportWithEnvelope({ authority })
    const now = new Date('2026-06-01T09:00:00Z')
    const revocationList = await makeRevocationList({ authority, revoked: [], now })
    const verification = await verifyReport(pdf, {
      trustedAuthorityPem: authority.certificatePem,
      detachedEnvelope: envelope,
      revocationList,
      now,
    })
    expect(verification.checks.filter(({ ok }) => !ok)).toEqual([])
    // Its own certificate, one for each signer, and the list.
    expect(kms.calls).toEqual(['GetPublicKey', 'ListResourceTags', 'Sign', 'Sign', 'Sign', 'Sign'])
  })
})

describe('a key in AWS KMS that will not sign', () => {
  async function fault(work: () => Promise<unknown>) {
    const error = await work().then(
      () => null,
      (thrown: unknown) => thrown as { code: string; message: string },
    )
    return { code: error?.code, message: error?.message ?? '' }
  }
  const opened = async () => {
    const arn = kms.makeKey('ECC_NIST_P256', { tags })
    const { publicKey } = await findKmsKey({ arn }, organisationId)
    return openKmsKey({ arn, deadlineMs: 1500 }, publicKey)
  }

  test.each([
    ['AccessDeniedException', 400, 'key-denied', 'Allow its credentials kms:GetPublicKey'],
    ['DisabledException', 400, 'key-disabled', 'Enable it there'],
    ['KMSInvalidStateException', 400, 'key-disabled', 'waits to be deleted'],
    ['NotFoundException', 400, 'key-missing', 'Compare its ARN'],
    ['UnrecognizedClientException', 400, 'key-credentials', 'no valid AWS credentials'],
    ['ExpiredTokenException', 400, 'key-credentials', 'no valid AWS credentials'],
    ['InvalidKeyUsageException', 400, 'key-unfit', 'ECC_NIST_P256 or RSA_3072'],
    ['ThrottlingException', 400, 'key-unreachable', 'try again in a few minutes'],
    ['KMSInternalException', 500, 'key-unreachable', 'try again in a few minutes'],
    ['SomethingNewException', 400, 'key-unreachable', 'try again in a few minutes'],
  ])('says what to do after %s', async (type, status, code, sentence) => {
    const key = await opened()
    kms.trouble = { kind: 'error', type, status, message: 'arn:aws:iam::111122223333:user/secret-name' }
    const told = await fault(() => key.sign(SAID))
    expect(told.code).toBe(code)
    expect(told.message).toContain(sentence)
    // Whoever reads it need not know who runs the installation.
    expect(told.message).not.toContain('secret-name')
  })

  test('is tried again when KMS is too busy, and signs then', async () => {
    const key = await opened()
    kms.trouble = { kind: 'error', type: 'ThrottlingException', status: 400, times: 1 }
    kms.calls.length = 0
    expect(isSignatureOf(key.publicKey, SAID, await key.sign(SAID))).toBe(true)
    expect(kms.calls).toEqual(['Sign', 'Sign'])
  })

  test.each(['silence', 'not-json'] as const)('does not wait for ever: %s', async (kind) => {
    const key = await opened()
    kms.trouble = { kind }
    expect((await fault(() => key.sign(SAID))).code).toBe('key-unreachable')
  })

  test('is unreachable where nobody listens', async () => {
    const key = await opened()
    const elsewhere = inKmsEnvironment({ endpoint: 'http://127.0.0.1:9' })
    try {
      expect((await fault(() => key.sign(SAID))).code).toBe('key-unreachable')
    } finally {
      elsewhere()
    }
  })

  test('certifies nothing with garbage, nor with the signature of another key', async () => {
    const key = await opened()
    const certify = () => createAuthority({ organisationName: name, organisationId, key, now: SIGNED_AT })
    for (const kind of ['garbage', 'foreign-signature'] as const) {
      kms.trouble = { kind }
      expect((await fault(certify)).code).toBe('key-mismatch')
    }
  })

  test('is not taken when it is of another kind, for another use, or unreadable', async () => {
    const find = (arn: string) => fault(() => findKmsKey({ arn }, organisationId))
    for (const arn of [
      kms.makeKey('ECC_NIST_P384', { tags }),
      kms.makeKey('RSA_2048', { tags }),
      kms.makeKey('ECC_NIST_P256', { tags, usage: 'KEY_AGREEMENT' }),
    ])
      expect((await find(arn)).code).toBe('key-unfit')
    const arn = kms.makeKey('ECC_NIST_P256', { tags })
    kms.trouble = { kind: 'garbage' }
    expect((await find(arn)).code).toMatch(/key-denied|key-unfit/)
  })

  test('is not taken by an organisation that its tag does not name', async () => {
    const find = (tagged: Record<string, string>) =>
      fault(() => findKmsKey({ arn: kms.makeKey('ECC_NIST_P256', { tags: tagged }) }, organisationId))
    const others: Record<string, string>[] = [
      {},
      { [ORGANISATION_TAG]: crypto.randomUUID() },
      { other: organisationId },
    ]
    for (const tagged of others) {
      const told = await find(tagged)
      expect(told.code).toBe('key-denied')
      expect(told.message).toContain(`tag ${ORGANISATION_TAG} with the value ${organisationId}`)
    }
  })

  test('is told from an ARN of something else', () => {
    const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
    for (const good of [key, key.replace('aws', 'aws-us-gov'), key.replace('1234abcd-', 'mrk-')])
      expect(KMS_KEY_ARN.test(good)).toBe(true)
    for (const bad of [
      key.replace('key/', 'alias/'),
      key.replace('eu-central-1', 'evil.example#'),
      key.replace('eu-central-1', 'x@evil.example'),
      `${key}\n`,
      ` ${key}`,
      key.replace('111122223333', '1'),
      '1234abcd-12ab-34cd-56ef-1234567890ab',
      '',
    ])
      expect(KMS_KEY_ARN.test(bad)).toBe(false)
  })
})
