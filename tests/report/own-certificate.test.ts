import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SigningIdentity } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { makeRevocationList } from '#app/report/revocation.server.ts'
import { canonicalStatement, type Statement } from '#app/report/statement.ts'
import { requestReportToken } from '#app/report/timestamp.server.ts'
import { toPem } from '#app/report/twins/envelope.ts'
import { readCertificate, readChain } from '#app/report/verify/certificates.ts'
import type { CheckId } from '#app/report/verify/results.ts'
import { digestOf } from '#app/report/verify/signed-message.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import { randomNumbers } from '../support/random-numbers.ts'
import { startTimestampAuthority } from '../support/timestamp-authority.ts'
import { hasTool, needs, runTool } from './outside-tools.ts'
import { type Issuers, issueChain, type KeyKind, openIssuers, statementWithOwn } from './pkcs12-files.ts'
import {
  type Authority,
  makeAuthority,
  makeReportWithEnvelope,
  makeSignedReport,
  SIGNED_AT,
} from './signed-report.ts'

const LATER = new Date('2026-06-01T09:00:00Z')
const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)
const checkOf = ({ checks }: Verification, id: CheckId) => checks.find((check) => check.id === id)

describe.skipIf(!hasTool('openssl'))(
  'a report that the contributor signed with a certificate of another issuer',
  () => {
    let issuers: Issuers
    let authority: Authority
    beforeAll(async () => {
      issuers = openIssuers()
      authority = await makeAuthority()
    })
    afterAll(() => issuers?.close())

    async function sign(kinds: { signer: KeyKind; issuer?: KeyKind }) {
      const made = issueChain(issuers, kinds)
      const { statement, own } = await statementWithOwn(issuers.pkcs12(made.signer, made.chain))
      const rendered = await renderReport(statement)
      return {
        ...made,
        statement,
        own,
        rendered,
        ...(await makeReportWithEnvelope({ statement, authority, rendered, own })),
      }
    }
    type Signed = Awaited<ReturnType<typeof sign>>

    describe.each<[KeyKind, KeyKind]>([
      ['rsa:2048', 'rsa:2048'],
      ['rsa:4096', 'rsa:4096'],
      ['P-256', 'P-384'],
    ])('of the kind %s under %s', (signer, issuer) => {
      let signed: Signed
      beforeAll(async () => {
        signed = await sign({ signer, issuer })
      })

      test('holds, and says whose certificate it was and who has to judge that', async () => {
        const revocationList = await makeRevocationList({ authority, revoked: [], now: LATER })
        const verification = await verifyReport(signed.pdf, {
          trustedAuthorityPem: authority.certificatePem,
          detachedEnvelope: signed.envelope,
          revocationList,
          now: LATER,
        })
        expect(failed(verification)).toEqual([])
        const chain = checkOf(verification, 'chain')
        expect(chain).toMatchObject({ ok: true, note: true })
        expect(chain?.detail).toMatch(
          /technical contributor signed with the certificate “Brightwater”, issued by “Nordic Signing CA 3”, SHA-256 fingerprint of that issuer ([0-9A-F]{2}:){31}[0-9A-F]{2}\. Whether that issuer is to be trusted is for your PDF reader/,
        )
        const revocation = checkOf(verification, 'revocation')
        expect(revocation).toMatchObject({ ok: true, note: true })
        expect(revocation?.detail).toMatch(/names none of these certificates.*only that issuer revokes it/)
        expect(verification.signatures.map(({ authoritySha256 }) => authoritySha256 === null)).toEqual([
          true,
          false,
        ])
      })

      test('is accepted by pdfsig, qpdf and openssl', async ({ skip }) => {
        for (const tool of ['pdfsig', 'qpdf']) needs(tool, skip)
        const pdf = issuers.path('report.pdf')
        writeFileSync(pdf, signed.pdf)
        const { output } = runTool('pdfsig', ['-nocert', pdf])
        expect(output.match(/Signature is Valid\./g)).toHaveLength(2)
        expect(runTool('qpdf', ['--check', pdf]).output).toContain('No syntax or stream encoding errors')
        const text = Buffer.from(signed.pdf).toString('latin1')
        const [, a = '', b = '', c = ''] = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(text) ?? []
        writeFileSync(
          issuers.path('message.der'),
          Buffer.from(text.slice(Number(a) + 1, Number(b) - 1), 'hex'),
        )
        const covered = [
          signed.pdf.subarray(0, Number(a)),
          signed.pdf.subarray(Number(b), Number(b) + Number(c)),
        ]
        writeFileSync(issuers.path('covered.bin'), Buffer.concat(covered))
        const verified = runTool('openssl', [
          ...['cms', '-verify', '-binary', '-cades', '-inform', 'DER', '-in', issuers.path('message.der')],
          ...['-content', issuers.path('covered.bin'), '-CAfile', signed.root.certificate, '-purpose', 'any'],
          ...['-attime', String(SIGNED_AT.getTime() / 1000), '-out', '/dev/null'],
        ])
        expect(verified.output).toContain('CAdES Verification successful')
      })

      test('has no bit that is free', async () => {
        const text = Buffer.from(signed.pdf).toString('latin1')
        const start = text.indexOf('/Contents <') + 11
        const message = Buffer.from(text.slice(start, start + 8), 'hex')
        const end = start + 2 * (4 + message.readUInt16BE(2))
        const padding = text.indexOf('>', end)
        expect(end - start).toBeGreaterThan(signer === 'P-256' ? 2500 : 5000)
        const random = randomNumbers(11)
        const within = (from: number, to: number, count: number) =>
          Array.from({ length: count }, () => from + random(to - from))
        const places = [
          ...within(0, text.length, 120),
          ...within(start, end, 200),
          ...within(end, padding, 40),
          start - 1,
          padding,
        ]
        const survivors: string[] = []
        const bytes = signed.pdf.slice()
        for (const at of places) {
          const flip = 1 << random(8)
          bytes[at] = (signed.pdf[at] ?? 0) ^ flip
          if ((await verifyReport(bytes, { now: LATER })).ok) survivors.push(`byte ${at} with ${flip}`)
          bytes[at] = signed.pdf[at] ?? 0
        }
        expect(survivors).toEqual([])
      })
    })

    describe('and somebody exchanged something', () => {
      let signed: Signed
      let other: Signed
      beforeAll(async () => {
        signed = await sign({ signer: 'rsa:2048' })
        other = await sign({ signer: 'rsa:2048' })
      })
      const judge = async (statement: Statement, own: SigningIdentity | undefined, id: CheckId) => {
        const pdf = await makeSignedReport({ statement, authority, rendered: signed.rendered, own })
        const verification = await verifyReport(pdf, { now: LATER })
        expect(failed(verification)).toContain(id)
        return checkOf(verification, id)?.detail
      }
      const naming = (certificates: Uint8Array[], index = 0) => {
        const statement = structuredClone(signed.statement)
        for (const signer of statement.signers) delete signer.certificates
        const signer = statement.signers[index]
        if (signer)
          signer.certificates = certificates.map((der) => Buffer.from(digestOf(der)).toString('hex'))
        return statement
      }
      const carrying = (...certificates: Uint8Array[]): SigningIdentity => {
        const [first = new Uint8Array(), ...rest] = certificates
        return { ...signed.own, certificatePem: toPem(first), chainPem: rest.map(toPem).join('') }
      }
      const chainOf = ({ own }: Signed) => readChain(own.certificatePem + own.chainPem)
      const derOf = (path: string) => readChain(readFileSync(path, 'utf8'))[0]

      test('another chain than the statement names', async () => {
        expect(await judge(signed.statement, other.own, 'certificates')).toContain(
          'signed with other certificates than the statement names',
        )
      })

      test('a chain that the statement does not name at all, and a signature of the authority where it names one', async () => {
        const unnamed = structuredClone(signed.statement)
        delete unnamed.signers[0]?.certificates
        expect(await judge(unnamed, signed.own, 'certificates')).toContain(
          'carries 3 certificates instead of two',
        )
        expect(await judge(signed.statement, undefined, 'certificates')).toContain('other certificates')
      })

      test('an issuer left out, and the order changed, in the signature or in the statement too', async () => {
        const [signer, issuer, root] = chainOf(signed) as [Uint8Array, Uint8Array, Uint8Array]
        expect(await judge(signed.statement, carrying(signer, root), 'certificates')).toContain(
          'other certificates',
        )
        expect(await judge(signed.statement, carrying(signer, root, issuer), 'certificates')).toContain(
          'other certificates',
        )
        expect(await judge(naming([signer, root]), carrying(signer, root), 'chain')).toContain(
          'was not issued by the next one',
        )
        expect(
          await judge(naming([signer, root, issuer]), carrying(signer, root, issuer), 'chain'),
        ).toContain('was not issued by the next one')
      })

      test('an issuer of the same name with another key', async () => {
        const [signer] = chainOf(signed) as [Uint8Array]
        const [, ...foreign] = chainOf(other)
        const chain = [signer, ...foreign]
        expect(await judge(naming(chain), carrying(...chain), 'chain')).toContain(
          'was not issued by the next one',
        )
      })

      test('a certificate more than the chain', async () => {
        const chain = [...chainOf(signed), ...chainOf(other).slice(2)]
        expect(await judge(naming(chain), carrying(...chain), 'chain')).toContain(
          'was not issued by the next one',
        )
      })

      test('the certificate of somebody else in front', async () => {
        const chain = chainOf(other)
        expect(await judge(naming(chain), carrying(...chain), 'values')).toContain('does not fit the key')
      })

      test('a certificate that signs nothing, that certifies, or that has expired when it was used', async () => {
        const profiles = [
          { extensions: ['keyUsage=critical,keyEncipherment'], reason: 'not made for signing documents' },
          {
            extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=digitalSignature'],
            reason: 'made for certifying others',
          },
        ]
        for (const { extensions, reason } of profiles) {
          // The same key under a certificate of another kind.
          const made = issuers.issue('Brightwater', signed.issuer, { extensions, key: 'rsa:2048' })
          const chain = [derOf(made.certificate), ...chainOf(signed).slice(1)]
          expect(await judge(naming(chain), carrying(...chain), 'chain')).toContain(reason)
        }
        const brief = issuers.issue('Brightwater', signed.issuer, { until: '20260101000000Z' })
        const file = issuers.pkcs12(brief, signed.chain)
        const expired = await statementWithOwn(file, new Date('2025-06-01T00:00:00Z'))
        expect(await judge(expired.statement, expired.own, 'times')).toContain('was not valid when')
      })

      test('the officer’s certificate: they sign under the preparer’s own authority', async () => {
        const chain = chainOf(signed)
        const statement = naming(chain, 1)
        expect(await judge(statement, undefined, 'certificates')).toContain(
          'The insured officer signed with other certificates',
        )
      })

      test('the padding inside an RSA value, or the value plus the modulus', async () => {
        const text = Buffer.from(signed.pdf).toString('latin1')
        const start = text.indexOf('/Contents <') + 11
        const size = 4 + Buffer.from(text.slice(start, start + 8), 'hex').readUInt16BE(2)
        const value = start + 2 * (size - 256)
        for (const digits of ['00'.repeat(256), `${'00'.repeat(255)}01`, 'ff'.repeat(256)]) {
          const changed = Buffer.from(signed.pdf)
          changed.write(digits, value, 'latin1')
          expect(failed(await verifyReport(changed, { now: LATER }))).toContain('values')
        }
      })

      test('the revocation list of the preparer’s authority that names the same number', async () => {
        const serialNumber = readCertificate(chainOf(signed)[0]).parsed.serialNumber.valueBlock.toString()
        const revoked = [
          {
            serialNumber: BigInt(serialNumber).toString(16),
            revokedAt: LATER,
            invalidFrom: LATER,
            reason: 'key-compromise' as const,
          },
        ]
        const revocationList = await makeRevocationList({ authority, revoked, now: LATER })
        expect(failed(await verifyReport(signed.pdf, { revocationList, now: LATER }))).toEqual([])
      })

      test('the spare bits of the signature in the envelope beside it', async () => {
        const envelope = JSON.parse(signed.envelope) as { signatures: { sig: string }[] }
        const sig = envelope.signatures[0]?.sig ?? ''
        const spare = sig.replace(
          /(.)(=+)$/,
          (_, last: string, pad: string) => `${String.fromCharCode(last.charCodeAt(0) + 1)}${pad}`,
        )
        const detachedEnvelope = signed.envelope.replace(sig, spare)
        const verification = await verifyReport(signed.pdf, { detachedEnvelope, now: LATER })
        if (spare !== sig) expect(failed(verification)).toEqual(['detached'])
        expect(canonicalStatement(signed.statement)).toContain('"certificates"')
      })
    })

    test('has room for a timestamp beside a chain of large certificates', async () => {
      const tsa = await startTimestampAuthority()
      try {
        const { signReport } = await import('#app/report/sign.server.ts')
        const { makeAttachments } = await import('#app/report/sign-envelope.server.ts')
        const signed = await sign({ signer: 'rsa:4096', issuer: 'rsa:4096' })
        const [signer] = signed.statement.signers
        if (!signer) throw new Error('The example has two signers')
        const attachments = await makeAttachments(signed.statement, signed.own, SIGNED_AT)
        const pdf = await signReport({
          ...{
            pdf: signed.rendered,
            attachments,
            identity: signed.own,
            signer,
            reason: 'I certify',
            at: SIGNED_AT,
          },
          timestamp: async (value) => (await requestReportToken(tsa.url, value, SIGNED_AT)).token,
        })
        const verification = await verifyReport(pdf, { now: new Date(Date.now() + 86_400_000) })
        // The officer has not signed; what is there is whole.
        expect(checkOf(verification, 'signatures')?.detail).toMatch(/insured officer has not signed/)
        expect(Buffer.from(pdf).toString('latin1')).toMatch(/060b2a864886f70d010910020e/)
      } finally {
        await tsa.close()
      }
    })
  },
)
