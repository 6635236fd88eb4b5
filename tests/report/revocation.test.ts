import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runVerify } from '#app/cli/verify.ts'
import { issueSigner } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { makeRevocationList, type Revocation } from '#app/report/revocation.server.ts'
import { signReport } from '#app/report/sign.server.ts'
import { makeAttachments } from '#app/report/sign-envelope.server.ts'
import { requestReportToken } from '#app/report/timestamp.server.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import {
  hasOpenssl,
  startTimestampAuthority,
  type TimestampAuthority,
} from '../support/timestamp-authority.ts'
import { exampleStatement } from './example-statement.ts'
import { needs, runTool } from './outside-tools.ts'
import { type Authority, makeAuthority, SIGNED_AT } from './signed-report.ts'

const statement = exampleStatement()
const folder = mkdtempSync(join(tmpdir(), 'attested-revoked-'))
const inFolder = (name: string) => join(folder, name)
const SERIALS = ['5a01', '00ff02'] as const
const LATER = new Date('2026-06-01T09:00:00.400Z')

let authority: Authority
let officerPem: string
let rendered: Uint8Array
let signed: Uint8Array

type Ask = (signature: Uint8Array) => Promise<Uint8Array | null>

async function sign(timestamp?: Ask): Promise<Uint8Array> {
  let pdf = rendered
  for (const [index, signer] of statement.signers.entries()) {
    const serialNumber = SERIALS[index]
    const identity = await issueSigner({
      authority,
      signer,
      now: SIGNED_AT,
      serialNumber,
    })
    const at = new Date(SIGNED_AT.getTime() + index * 60_000)
    const attachments = index === 0 ? await makeAttachments(statement, identity, at) : undefined
    pdf = await signReport({ pdf, attachments, identity, signer, reason: 'I sign', at, timestamp })
    officerPem = identity.certificatePem
  }
  return pdf
}

const listOf = (revoked: Revocation[], now = LATER, by = authority) =>
  makeRevocationList({ authority: by, revoked, now })

/** Decided on the first of June; from then on unless said otherwise. */
const revocation = (serialNumber: string, change: Partial<Revocation> = {}): Revocation => ({
  serialNumber,
  revokedAt: LATER,
  invalidFrom: LATER,
  reason: 'not-entitled',
  ...change,
})

const check = ({ checks }: Verification) => checks.find(({ id }) => id === 'revocation')
const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)
const judge = (revocationList: Uint8Array, pdf = signed, now = LATER) =>
  verifyReport(pdf, { revocationList, now })

beforeAll(async () => {
  authority = await makeAuthority()
  rendered = await renderReport(statement)
  signed = await sign()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a revocation list', () => {
  test('that names nobody of the report lets it hold; without one that is a note', async () => {
    const other = await judge(await listOf([revocation('0777')]))
    expect(failed(other)).toEqual([])
    expect(check(other)).toMatchObject({ ok: true })
    expect(check(other)?.note).toBeUndefined()
    expect(failed(await judge(await listOf([])))).toEqual([])
    const without = await verifyReport(signed, { now: LATER })
    expect(failed(without)).toEqual([])
    expect(check(without)).toMatchObject({ ok: true, note: true })
  })

  test.each([0, 1] as const)(
    'that names signer %i rejects the report, with since when and why',
    async (index) => {
      const verification = await judge(await listOf([revocation('0777'), revocation(SERIALS[index])]))
      expect(failed(verification)).toEqual(['revocation'])
      const who = ['technical contributor', 'insured officer'][index]
      expect(check(verification)?.detail).toBe(
        `The certificate of the ${who} is revoked as of 2026-06-01T09:00:00.000Z, because the person was not entitled to sign; no timestamp shows that it was used before.`,
      )
    },
  )

  test('that names the authority itself rejects what it certified', async () => {
    const { serialNumber } = new X509Certificate(authority.certificatePem)
    const verification = await judge(
      await listOf([revocation(serialNumber, { reason: 'authority-compromise' })]),
    )
    expect(failed(verification)).toEqual(['revocation'])
    expect(check(verification)?.detail).toContain('The signing authority’s own certificate is revoked as of')
  })

  test('counts as PEM too', async () => {
    const der = Buffer.from(await listOf([revocation(SERIALS[1])]))
    const pem = `-----BEGIN X509 CRL-----\n${der.toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END X509 CRL-----\n`
    expect(failed(await judge(Buffer.from(pem)))).toEqual(['revocation'])
    expect(failed(await judge(Buffer.from(pem.replace('M', '!'))))).toEqual(['revocation'])
  })

  test('by somebody else, changed, cut off, or from the future is no list', async () => {
    const stranger = await makeAuthority()
    const genuine = await listOf([revocation('0777')])
    const altered = genuine.slice()
    altered[genuine.length - 1] = (genuine.at(-1) ?? 0) ^ 1
    const entry = Buffer.from(genuine).indexOf(Buffer.from('0777', 'hex'))
    const otherSerial = genuine.slice()
    otherSerial[entry + 1] = 0x78
    for (const list of [
      await listOf([], LATER, stranger),
      altered,
      otherSerial,
      genuine.subarray(0, 60),
      new Uint8Array(),
      Buffer.from('no list'),
      await listOf([], new Date(LATER.getTime() + 6 * 60_000)),
    ]) {
      const verification = await judge(list)
      expect(failed(verification)).toEqual(['revocation'])
      expect(check(verification)?.detail).toMatch(/not by the signing authority|cannot be read|still to come/)
    }
  })

  test('that is older than the report or overdue says so, and still rejects whom it names', async () => {
    const old = await judge(await listOf([], new Date(SIGNED_AT.getTime() + 30_000)))
    expect(check(old)).toMatchObject({ ok: true, note: true })
    expect(check(old)?.detail).toContain('older than the report')
    const overdue = await judge(await listOf([]), signed, new Date('2026-06-08T09:00:01Z'))
    expect(check(overdue)).toMatchObject({ ok: true, note: true })
    expect(check(overdue)?.detail).toContain('a newer one was due on 2026-06-08T09:00:00.000Z')
    const named = await judge(
      await listOf([revocation(SERIALS[0])]),
      signed,
      new Date('2027-01-01T00:00:00Z'),
    )
    expect(failed(named)).toEqual(['revocation'])
  })

  test('is read by openssl as we read it', async ({ skip }) => {
    needs('openssl', skip)
    writeFileSync(inFolder('authority.pem'), authority.certificatePem)
    writeFileSync(inFolder('officer.pem'), officerPem)
    const verified = async (revoked: Revocation[]) => {
      writeFileSync(inFolder('list.crl'), await listOf(revoked))
      const shown = runTool('openssl', [
        'crl',
        '-inform',
        'DER',
        '-in',
        inFolder('list.crl'),
        '-CAfile',
        inFolder('authority.pem'),
        '-noout',
        '-text',
        '-crlnumber',
      ])
      expect(shown.output).toContain('verify OK')
      const chain = runTool('openssl', [
        'verify',
        '-attime',
        String((LATER.getTime() / 1000) | 0),
        '-crl_check',
        '-CRLfile',
        inFolder('list.crl'),
        '-CAfile',
        inFolder('authority.pem'),
        inFolder('officer.pem'),
      ])
      return { ...chain, shown: shown.output }
    }
    const good = await verified([revocation('0777')])
    expect(good.output).toContain('officer.pem: OK')
    expect(good.shown).toContain(
      `crlNumber=0x${Math.floor(LATER.getTime() / 1000)
        .toString(16)
        .toUpperCase()}`,
    )
    const revoked = await verified([revocation(SERIALS[1])])
    expect(revoked.status).not.toBe(0)
    expect(revoked.output).toContain('certificate revoked')
    expect(revoked.shown).toMatch(/Privilege Withdrawn/)
  })

  test('is taken by the command line', async () => {
    writeFileSync(inFolder('report.pdf'), signed)
    const run = async (list: Uint8Array) => {
      writeFileSync(inFolder('list.crl'), list)
      let out = ''
      const stdout = {
        write: (text: string) => {
          out += text
        },
      }
      const code = await runVerify(
        ['verify', inFolder('report.pdf'), '--revocation-list', inFolder('list.crl')].slice(1),
        { stdout, stderr: stdout },
      )
      return { code, out }
    }
    expect((await run(await listOf([]))).code).toBe(0)
    const refused = await run(await listOf([revocation(SERIALS[1])]))
    expect(refused.code).toBe(1)
    expect(refused.out).toContain('FAILED  No certificate was revoked before it was used')
    expect((await run(Buffer.from('nothing'))).code).toBe(1)
  })
})

describe.skipIf(!hasOpenssl())('a report with timestamps', () => {
  let tsa: TimestampAuthority
  let stamped: Uint8Array
  beforeAll(async () => {
    tsa = await startTimestampAuthority()
    stamped = await sign(async (signature) => (await requestReportToken(tsa.url, signature, SIGNED_AT)).token)
  })
  afterAll(() => tsa?.close())

  test('outlives a revocation from later on, and none from before', async () => {
    const now = new Date(Date.now() + 86_400_000)
    const since = (invalidFrom: Date) =>
      listOf([revocation(SERIALS[0], { reason: 'key-compromise', revokedAt: now, invalidFrom })], now)
    expect(failed(await judge(await since(now), stamped, now))).toEqual([])
    const rejected = await judge(await since(SIGNED_AT), stamped, now)
    expect(failed(rejected)).toEqual(['revocation'])
    expect(check(rejected)?.detail).toContain('its key fell into other hands; its timestamp is of 20')
  })
})
