import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeEncryptedKey } from '#app/report/authority-keys/encrypted-key.server.ts'
import { createAuthority, issueSigner } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { signReport } from '#app/report/sign.server.ts'
import { canonicalStatement } from '#app/report/statement.ts'
import { readCertificate, readPem } from '#app/report/verify/certificates.ts'
import { exampleStatement } from './example-statement.ts'
import { needs, runTool } from './outside-tools.ts'
import { type Authority, makeAuthority, makeSignedReport, PASSPHRASE, SIGNED_AT } from './signed-report.ts'

const statement = exampleStatement()
const [technician, officer] = statement.signers as [
  (typeof statement.signers)[0],
  (typeof statement.signers)[0],
]
const folder = mkdtempSync(join(tmpdir(), 'attested-sign-'))
const inFolder = (name: string) => join(folder, name)
let authority: Authority
let rendered: Uint8Array
let signed: Uint8Array

beforeAll(async () => {
  authority = await makeAuthority()
  rendered = await renderReport(statement)
  signed = await makeSignedReport({ authority, rendered })
  writeFileSync(inFolder('report.pdf'), signed)
  writeFileSync(inFolder('authority.pem'), authority.certificatePem)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The byte range and the container of each signature, found as any outsider would. */
function signaturesOf(pdf: Uint8Array) {
  const text = Buffer.from(pdf).toString('latin1')
  return [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)].map(([, first, second, rest]) => {
    const [a, b, c] = [Number(first), Number(second), Number(rest)]
    const container = Buffer.from(text.slice(a + 1, b - 1), 'hex')
    // DER: two length bytes follow 0x30 0x82.
    const message = container.subarray(0, 4 + container.readUInt16BE(2))
    return { message, covered: Buffer.concat([pdf.subarray(0, a), pdf.subarray(b, b + c)]) }
  })
}

describe('keys', () => {
  test('an authority certifies others, a signer signs documents, and the signer’s key cannot be taken out', async () => {
    const ca = new X509Certificate(authority.certificatePem)
    expect(ca.ca).toBe(true)
    expect(ca.subject).toContain('Brightwater Managed Services Attested signing authority')
    expect(ca.verify(ca.publicKey)).toBe(true)
    const identity = await issueSigner({ authority, signer: officer, now: SIGNED_AT })
    const certificate = new X509Certificate(identity.certificatePem)
    expect(certificate.ca).toBe(false)
    expect(certificate.verify(ca.publicKey)).toBe(true)
    expect(certificate.subject).toContain('CN=Maximiliane von Hohenfels-Wittgenstein')
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2031)
    expect(identity.privateKey.extractable).toBe(false)
  })

  test('two certificates for the same person have different keys and serial numbers', async () => {
    const issue = async () =>
      new X509Certificate((await issueSigner({ authority, signer: officer, now: SIGNED_AT })).certificatePem)
    const [a, b] = [await issue(), await issue()]
    expect(a.serialNumber).not.toBe(b.serialNumber)
    expect(a.publicKey.export({ type: 'spki', format: 'pem' })).not.toBe(
      b.publicKey.export({ type: 'spki', format: 'pem' }),
    )
  })

  test('an expired authority issues nothing, and no certificate outlives its authority', async () => {
    const late = { authority, signer: officer }
    await expect(issueSigner({ ...late, now: new Date('2036-03-18T15:00:00Z') })).rejects.toMatchObject({
      code: 'authority-expired',
    })
    const identity = await issueSigner({ ...late, now: new Date('2034-01-01T00:00:00Z') })
    expect(new X509Certificate(identity.certificatePem).validTo).toBe(
      new X509Certificate(authority.certificatePem).validTo,
    )
  })

  test('names with every kind of letter and sign survive', async () => {
    const name = 'Ångström, "O=Evil" + Ω; 株式会社 \\ <x>'
    const { key } = await makeEncryptedKey('ec-p256', PASSPHRASE)
    const odd = await createAuthority({
      organisationName: name,
      organisationId: statement.preparedBy.organisationId,
      key,
      now: SIGNED_AT,
    })
    const identity = await issueSigner({
      authority: odd,
      signer: { ...officer, name, email: 'ö@example.org' },
      now: SIGNED_AT,
    })
    expect(
      new X509Certificate(identity.certificatePem).verify(new X509Certificate(odd.certificatePem).publicKey),
    ).toBe(true)
    expect(readCertificate(readPem(identity.certificatePem)).name).toBe(name)
  })
})

describe('signing', () => {
  test('each signature is an addition: what was signed before stays byte for byte', async () => {
    const first = await makeSignedReport({ authority, rendered, signatures: 1 })
    expect(Buffer.compare(first.subarray(0, rendered.length), rendered)).toBe(0)
    const identity = await issueSigner({ authority, signer: officer, now: SIGNED_AT })
    const second = await signReport({
      pdf: first,
      identity,
      signer: officer,
      reason: 'I attest',
      at: SIGNED_AT,
    })
    expect(Buffer.compare(second.subarray(0, first.length), first)).toBe(0)
  })

  test('nobody signs twice, and the officer not before the technician', async () => {
    const identity = await issueSigner({
      authority,
      signer: technician,
      now: SIGNED_AT,
    })
    const again = { pdf: signed, identity, signer: technician, reason: 'Again', at: SIGNED_AT }
    await expect(signReport(again)).rejects.toMatchObject({ code: 'field-signed' })
    await expect(signReport({ ...again, pdf: rendered })).rejects.toMatchObject({ code: 'field-missing' })
  })

  test('carries no signing time of its own in the message, as PAdES wants it', () => {
    const signingTime = Buffer.from('06092a864886f70d010905', 'hex')
    for (const { message } of signaturesOf(signed)) expect(message.includes(signingTime)).toBe(false)
    expect(Buffer.from(signed).toString('latin1')).toContain('/M (D:20260318150000Z)')
  })
})

describe('other people’s programs', () => {
  test('pdfsig calls both signatures valid and the second one total', ({ skip }) => {
    needs('pdfsig', skip)
    const { output } = runTool('pdfsig', ['-nocert', inFolder('report.pdf')])
    expect(output.match(/Signature is Valid\./g)).toHaveLength(2)
    expect(output.match(/ETSI\.CAdES\.detached/g)).toHaveLength(2)
    expect(output).toContain('Total document signed')
    expect(output).toContain('Tomasz Łukaszewski')
  })

  test('openssl verifies each message and its chain, and refuses another authority', async ({ skip }) => {
    needs('openssl', skip)
    const stranger = await makeAuthority()
    writeFileSync(inFolder('stranger.pem'), stranger.certificatePem)
    for (const { message, covered } of signaturesOf(signed)) {
      writeFileSync(inFolder('message.der'), message)
      writeFileSync(inFolder('covered.bin'), covered)
      const verify = (ca: string) =>
        runTool('openssl', [
          ...['cms', '-verify', '-binary', '-cades', '-inform', 'DER', '-in', inFolder('message.der')],
          ...[
            '-content',
            inFolder('covered.bin'),
            '-CAfile',
            inFolder(ca),
            '-attime',
            '1773846000',
            '-out',
            '/dev/null',
          ],
        ])
      const good = verify('authority.pem')
      expect(good.output).toContain('successful')
      expect(good.status).toBe(0)
      expect(verify('stranger.pem').status).not.toBe(0)
    }
    expect(signaturesOf(signed)).toHaveLength(2)
  })

  test('qpdf finds no fault and takes out the statement as it was', ({ skip }) => {
    needs('qpdf', skip)
    const check = runTool('qpdf', ['--check', inFolder('report.pdf')])
    expect(check.output).toContain('No syntax or stream encoding errors')
    expect(check.status).toBe(0)
    const attached = runTool('qpdf', ['--show-attachment=statement.json', inFolder('report.pdf')])
    expect(attached.output).toBe(canonicalStatement(statement))
    expect(readFileSync(inFolder('report.pdf'), 'latin1')).toContain('/AFRelationship /Data')
  })
})
