import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runVerify } from '#app/cli/verify.ts'
import { issueSigner } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { signReport } from '#app/report/sign.server.ts'
import { makeAttachments } from '#app/report/sign-envelope.server.ts'
import { requestReportToken } from '#app/report/timestamp.server.ts'
import { readContainer } from '#app/report/verify/containers.ts'
import { type DerNode, encodeDer, readDer, TAG } from '#app/report/verify/der.ts'
import { fitToken } from '#app/report/verify/timestamp-form.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import {
  hasOpenssl,
  startTimestampAuthority,
  type TimestampAuthority,
} from '../support/timestamp-authority.ts'
import { exampleStatement } from './example-statement.ts'
import { needs, runTool } from './outside-tools.ts'
import { type Authority, makeAuthority, SIGNED_AT } from './signed-report.ts'

const isReady = hasOpenssl()
if (!isReady) console.warn('openssl is not installed: timestamps of reports are not tested in this run')

const statement = exampleStatement()
const folder = mkdtempSync(join(tmpdir(), 'attested-stamps-'))
const inFolder = (name: string) => join(folder, name)

let tsa: TimestampAuthority
let authority: Authority
let rendered: Uint8Array
let stamped: Uint8Array

type Ask = (signature: Uint8Array) => Promise<Uint8Array | null>
const askTsa: Ask = async (signature) => (await requestReportToken(tsa.url, signature, SIGNED_AT)).token

/** `asks`: how each of the two signatures gets its timestamp; undefined for none. */
async function sign(asks: (Ask | undefined)[], issuedAt = SIGNED_AT, at = SIGNED_AT): Promise<Uint8Array> {
  let pdf = rendered
  for (const [index, signer] of statement.signers.entries()) {
    const identity = await issueSigner({ authority, signer, now: issuedAt })
    const signedAt = new Date(at.getTime() + index * 60_000)
    pdf = await signReport({
      pdf,
      attachments: index === 0 ? await makeAttachments(statement, identity, signedAt) : undefined,
      identity,
      signer,
      reason: 'I sign',
      at: signedAt,
      timestamp: asks[index],
    })
  }
  return pdf
}

const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)
const detailOf = ({ checks }: Verification) => checks.find(({ id }) => id === 'timestamps')?.detail ?? ''

/** The value that was stamped and the token, found as any outsider would: the last signature of the file. */
function lastSignature(pdf: Uint8Array) {
  const text = Buffer.from(pdf).toString('latin1')
  const range = [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)].at(-1) ?? []
  const [start, end] = [Number(range[1]), Number(range[2])]
  const contents = {
    type: 'string' as const,
    form: 'hex' as const,
    start,
    end,
    bytes: new Uint8Array(Buffer.from(text.slice(start + 1, end - 1), 'hex')),
  }
  const container = readContainer(pdf, { contents, role: 'insured-officer' } as never)
  return { ...container, start, end }
}

describe.skipIf(!isReady)('a report signed where a timestamp authority answers', () => {
  beforeAll(async () => {
    tsa = await startTimestampAuthority()
    authority = await makeAuthority()
    rendered = await renderReport(statement)
    stamped = await sign([askTsa, askTsa])
    writeFileSync(inFolder('report.pdf'), stamped)
    writeFileSync(inFolder('authority.pem'), authority.certificatePem)
  })
  afterAll(async () => {
    await tsa?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('verifies, and says by whose clock', async () => {
    const verification = await verifyReport(stamped, { trustedAuthorityPem: authority.certificatePem })
    expect(failed(verification)).toEqual([])
    expect(detailOf(verification)).toMatch(/by the clock of “Test timestamp authority” \(certificate SHA-256/)
    for (const { timestamp } of verification.signatures) {
      expect(timestamp?.authority).toBe('Test timestamp authority')
      expect(Math.abs(Date.parse(timestamp?.at ?? '') - Date.now())).toBeLessThan(120_000)
    }
  })

  test('is content for pdfsig, qpdf, openssl cms and openssl ts', ({ skip }) => {
    for (const tool of ['pdfsig', 'qpdf', 'openssl']) needs(tool, skip)
    const { output } = runTool('pdfsig', ['-nocert', inFolder('report.pdf')])
    expect(output.match(/Signature is Valid\./g)).toHaveLength(2)
    expect(output).toContain('Total document signed')
    expect(runTool('qpdf', ['--check', inFolder('report.pdf')]).status).toBe(0)
    const { der, timestamp, signature, start, end } = lastSignature(stamped)
    writeFileSync(inFolder('message.der'), der)
    writeFileSync(inFolder('covered.bin'), Buffer.concat([stamped.subarray(0, start), stamped.subarray(end)]))
    writeFileSync(inFolder('token.der'), timestamp ?? '')
    writeFileSync(inFolder('value.bin'), signature)
    const cms = runTool('openssl', [
      ...['cms', '-verify', '-binary', '-cades', '-inform', 'DER', '-in', inFolder('message.der')],
      ...['-content', inFolder('covered.bin'), '-CAfile', inFolder('authority.pem'), '-purpose', 'any'],
      ...['-attime', '1773846000', '-out', '/dev/null'],
    ])
    expect(cms.output).toContain('successful')
    const ts = (data: string) =>
      runTool('openssl', [
        ...['ts', '-verify', '-token_in', '-in', inFolder('token.der'), '-data', inFolder(data)],
        ...['-CAfile', tsa.rootPath],
      ])
    expect(ts('value.bin').output).toContain('Verification: OK')
    expect(ts('covered.bin').status).not.toBe(0)
  })

  test('without an answer the same report is signed as before, and the verifier says by whose clock', async () => {
    const plain = await sign([undefined, async () => null])
    const verification = await verifyReport(plain)
    expect(failed(verification)).toEqual([])
    expect(detailOf(verification)).toMatch(/only the preparer’s own clock/)
    const half = await verifyReport(await sign([undefined, askTsa]))
    expect(failed(half)).toEqual([])
    expect(detailOf(half)).toMatch(/technical contributor’s signature has none: its time is by the preparer/)
  })

  test('a token of another signature, or one for other bytes, is found out', async () => {
    const tokens: Uint8Array[] = []
    await sign([
      async (value) => {
        tokens.push((await askTsa(value)) as Uint8Array)
        return null
      },
    ])
    const swapped = await verifyReport(await sign([askTsa, async () => tokens[0] ?? null]))
    expect(failed(swapped)).toEqual(['timestamps'])
    expect(detailOf(swapped)).toContain('insured officer’s signature was given for something else')
  })

  test('tokens of the two signatures of one report cannot be exchanged', async () => {
    let first: Uint8Array | null = null
    const keep: Ask = async (value) => {
      first = await askTsa(value)
      return first
    }
    expect(failed(await verifyReport(await sign([keep, async () => first])))).toEqual(['timestamps'])
  })

  test('a token that was signed with a certificate for something else is found out', async () => {
    const openssl = (...args: string[]) =>
      expect(spawnSync('openssl', args, { cwd: tsa.folder }).status).toBe(0)
    openssl(
      ...['x509', '-req', '-in', 'signer.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-days', '30'],
      ...['-extfile', 'tsa.cnf', '-set_serial', '9', '-out', 'plain.pem', '-extensions', 'plain'],
    )
    // The honest token with the other certificate of the same key: the value fits, the purpose and the binding don't.
    const exchange: Ask = async (value) => {
      const { stdout } = spawnSync('openssl', ['x509', '-in', 'plain.pem', '-outform', 'DER'], {
        cwd: tsa.folder,
      })
      return exchangeCertificate((await askTsa(value)) as Uint8Array, new Uint8Array(stdout))
    }
    const verification = await verifyReport(await sign([askTsa, exchange]))
    expect(failed(verification)).toEqual(['timestamps'])
    expect(detailOf(verification)).toContain('another certificate than the one in it')
  })

  test('a token that is older than its signature, or later than the certificate, is found out', async () => {
    const late = await makeAuthority(statement, new Date('2019-01-01T00:00:00Z'))
    const before = authority
    authority = late
    // Certificates of five years that ended in 2024; the token is of today.
    const ended = await verifyReport(await sign([askTsa, askTsa], new Date('2019-01-01T00:00:00Z')))
    authority = before
    expect(failed(ended)).toContain('timestamps')
    expect(detailOf(ended)).toContain('no longer valid')
    const ahead = new Date(Date.now() + 3_600_000)
    const dated = await verifyReport(await sign([askTsa, askTsa], SIGNED_AT, ahead))
    expect(failed(dated)).toEqual(['timestamps'])
    expect(detailOf(dated)).toContain('older than the signature says it is itself')
    await expect(requestReportToken(tsa.url, Buffer.from('x'), ahead)).rejects.toThrow(
      /is behind what was signed or stamped before/,
    )
  })

  test('can be held to one timestamp authority, by its certificate or its issuer’s, and to no other', async () => {
    const own = readFileSync(join(tsa.folder, 'signer.pem'), 'utf8')
    for (const trustedTimestampPem of [own, readFileSync(tsa.rootPath, 'utf8')]) {
      const verification = await verifyReport(stamped, { trustedTimestampPem })
      expect(failed(verification)).toEqual([])
      expect(detailOf(verification)).toContain('the timestamp authority that you gave')
    }
    const foreign = await verifyReport(stamped, { trustedTimestampPem: authority.certificatePem })
    expect(failed(foreign)).toEqual(['timestamps'])
    expect(detailOf(foreign)).toContain('another timestamp authority than the one you gave')
    expect(failed(await verifyReport(stamped, { trustedTimestampPem: 'nonsense' }))).toEqual(['timestamps'])
    const run = (file: string) => {
      let out = ''
      const argv = [inFolder('report.pdf'), '--timestamp-authority', file]
      const status = runVerify(argv, { stdout: { write: (text) => (out += text) }, stderr: process.stderr })
      return status.then((code) => ({ code, out }))
    }
    expect(await run(tsa.rootPath)).toMatchObject({ code: 0 })
    const refused = await run(inFolder('authority.pem'))
    expect(refused.code).toBe(1)
    expect(refused.out).toContain('FAILED  Every timestamp of another authority holds')
  })

  test('outlives the signers’ certificates, which a report without timestamps does not', async () => {
    const now = new Date('2031-03-18T15:00:01Z')
    expect(failed(await verifyReport(stamped, { now }))).toEqual([])
    const plain = await sign([undefined, undefined])
    expect(failed(await verifyReport(plain, { now: new Date('2031-03-18T15:00:00Z') }))).toEqual([])
    const late = await verifyReport(plain, { now })
    expect(failed(late)).toEqual(['times'])
    const said = late.checks.find(({ id }) => id === 'times')?.detail ?? ''
    expect(said.match(/expired on 2031-03-18T15:00:00.000Z, and no timestamp/g)).toHaveLength(2)
    const half = await verifyReport(await sign([undefined, askTsa]), { now })
    expect(half.checks.find(({ id }) => id === 'times')?.detail).toMatch(/^The certificate of the technical/)
  })

  test('no bit of a token can be changed', async () => {
    const { start, der, timestamp } = lastSignature(stamped)
    const tokenAt = start + 1 + 2 * Buffer.from(der).indexOf(timestamp ?? '')
    const size = 2 * (timestamp?.length ?? 0)
    expect(size).toBeGreaterThan(2000)
    const bytes = stamped.slice()
    const survivors: number[] = []
    for (let at = tokenAt; at < tokenAt + size; at += 29) {
      const digit = stamped[at] ?? 0
      bytes[at] = '0123456789abcdef'.charCodeAt(
        (Number.parseInt(String.fromCharCode(digit), 16) + 1 + (at % 15)) % 16,
      )
      if ((await verifyReport(bytes)).ok) survivors.push(at)
      bytes[at] = digit
    }
    expect(survivors).toEqual([])
  })

  test('only the form that the signer writes is accepted, not the token as the authority wrote it', async () => {
    // openssl's own tokens carry the root's certificate, which nothing in the token signs.
    const asGiven: Ask = async (value) => {
      const { requestTimestamp } = await import('#app/report/timestamp.server.ts')
      const raw = Buffer.from((await requestTimestamp(tsa.url, value)).token, 'base64')
      expect(Buffer.compare(raw, fitToken(raw))).not.toBe(0)
      return raw
    }
    const verification = await verifyReport(await sign([askTsa, asGiven]))
    expect(failed(verification)).toEqual(['timestamps'])
    expect(detailOf(verification)).toContain('something else than this verifier knows')
  })
})

/** Puts another certificate, with its serial number, into a token in our form. */
function exchangeCertificate(token: Uint8Array, certificate: Uint8Array): Uint8Array {
  const [type, wrapper] = readDer(token).children
  const [version, digests, content, , signerInfos] = wrapper?.children[0]?.children ?? []
  const [number, , ...rest] = signerInfos?.children[0]?.children ?? []
  const [, serialNumber, , issuer] = readDer(certificate).children[0]?.children ?? []
  const whole = (...nodes: (DerNode | undefined)[]) => nodes.map((node) => node?.bytes ?? new Uint8Array())
  const signerInfo = encodeDer(
    TAG.sequence,
    ...whole(number),
    encodeDer(TAG.sequence, ...whole(issuer, serialNumber)),
    ...whole(...rest),
  )
  const signedData = encodeDer(
    TAG.sequence,
    ...whole(version, digests, content),
    encodeDer(TAG.context(0), certificate),
    encodeDer(TAG.set, signerInfo),
  )
  return encodeDer(TAG.sequence, ...whole(type), encodeDer(TAG.context(0), signedData))
}
