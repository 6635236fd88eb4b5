import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KEY_ALGORITHMS } from '#app/report/authority-keys/authority-key.ts'
import {
  decryptKey,
  makeEncryptedKey,
  openEncryptedKey,
} from '#app/report/authority-keys/encrypted-key.server.ts'
import { algorithmOf, isSignatureOf, publicKeyOf } from '#app/report/authority-keys/public-key.server.ts'
import { createAuthority, issueSigner } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { makeRevocationList } from '#app/report/revocation.server.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import { exampleStatement } from './example-statement.ts'
import { needs, runTool } from './outside-tools.ts'
import {
  type Authority,
  makeAuthority,
  makeReportWithEnvelope,
  PASSPHRASE,
  SIGNED_AT,
} from './signed-report.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-authority-'))
const inFolder = (name: string) => join(folder, name)
const LATER = new Date('2026-06-01T09:00:00Z')
const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(KEY_ALGORITHMS)('an authority with a key of the kind %s', (algorithm) => {
  let authority: Authority
  let signed: { pdf: Uint8Array; envelope: string }
  beforeAll(async () => {
    authority = await makeAuthority(exampleStatement(), SIGNED_AT, algorithm)
    signed = await makeReportWithEnvelope({ authority, rendered: await renderReport(exampleStatement()) })
    writeFileSync(inFolder('authority.pem'), authority.certificatePem)
    writeFileSync(inFolder('report.pdf'), signed.pdf)
  })

  test('is certified by itself with that key', () => {
    const certificate = new X509Certificate(authority.certificatePem)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(algorithmOf(publicKeyOf(authority.certificatePem))).toBe(algorithm)
  })

  test('signs a report, its envelopes and its revocation list so that the verifier agrees', async () => {
    const revocationList = await makeRevocationList({ authority, revoked: [], now: LATER })
    const verification = await verifyReport(signed.pdf, {
      trustedAuthorityPem: authority.certificatePem,
      detachedEnvelope: signed.envelope,
      revocationList,
      now: LATER,
    })
    expect(failed(verification)).toEqual([])
    expect(verification.checks.find(({ id }) => id === 'revocation')?.note).toBeUndefined()
  })

  test('revokes, and a list of another authority of the same name counts for nothing', async () => {
    const officer = exampleStatement().signers[1]
    if (!officer) throw new Error('The example has two signers')
    const identity = await issueSigner({ authority, signer: officer, now: SIGNED_AT, serialNumber: '51' })
    expect(new X509Certificate(identity.certificatePem).serialNumber).toBe('51')
    const revoked = [
      { serialNumber: '51', revokedAt: LATER, invalidFrom: LATER, reason: 'not-entitled' as const },
    ]
    const serialNumbers = [undefined, '51']
    const pdf = (await makeReportWithEnvelope({ authority, serialNumbers })).pdf
    const revocationList = await makeRevocationList({ authority, revoked, now: LATER })
    expect(failed(await verifyReport(pdf, { revocationList, now: LATER }))).toEqual(['revocation'])
    const stranger = await makeAuthority(exampleStatement(), SIGNED_AT, algorithm)
    const foreign = await makeRevocationList({ authority: stranger, revoked: [], now: LATER })
    expect(failed(await verifyReport(pdf, { revocationList: foreign, now: LATER }))).toEqual(['revocation'])
  })

  test('is accepted by openssl and pdfsig', async ({ skip }) => {
    needs('openssl', skip)
    needs('pdfsig', skip)
    const officer = exampleStatement().signers[1]
    if (!officer) throw new Error('The example has two signers')
    writeFileSync(
      inFolder('signer.pem'),
      (await issueSigner({ authority, signer: officer, now: SIGNED_AT })).certificatePem,
    )
    writeFileSync(inFolder('list.crl'), await makeRevocationList({ authority, revoked: [], now: LATER }))
    const chain = runTool('openssl', [
      ...['verify', '-x509_strict', '-attime', String(LATER.getTime() / 1000), '-crl_check'],
      ...['-CRLfile', inFolder('list.crl'), '-CAfile', inFolder('authority.pem'), inFolder('signer.pem')],
    ])
    expect(chain.output).toContain('signer.pem: OK')
    const list = runTool('openssl', [
      ...[
        'crl',
        '-inform',
        'DER',
        '-in',
        inFolder('list.crl'),
        '-CAfile',
        inFolder('authority.pem'),
        '-noout',
      ],
    ])
    expect(list.output).toContain('verify OK')
    const { output } = runTool('pdfsig', ['-nocert', inFolder('report.pdf')])
    expect(output.match(/Signature is Valid\./g)).toHaveLength(2)
  })
})

describe('a key that is kept here', () => {
  test.each(KEY_ALGORITHMS)(
    'of the kind %s is not readable as stored, and is the same when it is opened',
    async (algorithm) => {
      const { key, encryptedKeyPem } = await makeEncryptedKey(algorithm, PASSPHRASE)
      expect(encryptedKeyPem).toContain('BEGIN ENCRYPTED PRIVATE KEY')
      expect(() => createPrivateKey({ key: encryptedKeyPem, passphrase: 'another' })).toThrow()
      const opened = openEncryptedKey(encryptedKeyPem, PASSPHRASE)
      expect(opened).toMatchObject({ algorithm, publicKey: key.publicKey })
      const said = Buffer.from('what is signed')
      expect(isSignatureOf(key.publicKey, said, await opened.sign(said))).toBe(true)
      expect(isSignatureOf(key.publicKey, Buffer.from('another'), await opened.sign(said))).toBe(false)
    },
  )

  test('opens with the installation’s secret only, and its error repeats no key', async () => {
    const { encryptedKeyPem } = await makeEncryptedKey('ec-p256', PASSPHRASE)
    let error: unknown
    try {
      decryptKey(encryptedKeyPem, 'another')
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ code: 'key-unreadable' })
    expect(String((error as Error).stack)).not.toContain(encryptedKeyPem.split('\n')[1])
  })
})

describe('the port', () => {
  test('issues nothing with a key that does not fit the authority’s certificate', async () => {
    const authority = await makeAuthority()
    const { key } = await makeEncryptedKey('ec-p256', PASSPHRASE)
    const signer = exampleStatement().signers[1]
    if (!signer) throw new Error('The example has two signers')
    const exchanged = { ...authority, key: { ...authority.key, sign: key.sign } }
    const attempts = [
      () => issueSigner({ authority: exchanged, signer, now: SIGNED_AT }),
      () => makeRevocationList({ authority: exchanged, revoked: [], now: LATER }),
      () =>
        createAuthority({ organisationName: 'A', organisationId: 'a', key: exchanged.key, now: SIGNED_AT }),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'key-mismatch' })
  })

  test('knows two kinds of keys and says so of every other one', () => {
    const spki = (key: ReturnType<typeof generateKeyPairSync>['publicKey']) =>
      new Uint8Array(key.export({ type: 'spki', format: 'der' }))
    const others = [
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey,
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey,
      generateKeyPairSync('ed25519').publicKey,
    ].map(spki)
    for (const key of [...others, new Uint8Array(), Buffer.from('no key')])
      expect(() => algorithmOf(key)).toThrow(/ECDSA key on P-256|cannot be read/)
  })
})
