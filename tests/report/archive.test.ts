import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runVerify } from '#app/cli/verify.ts'
import { type ArchiveContents, archiveReport } from '#app/report/archive.server.ts'
import { listAddresses } from '#app/report/archive-contents.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { makeRevocationList, type Revocation } from '#app/report/revocation.server.ts'
import { readChain } from '#app/report/verify/certificates.ts'
import { readRevisions } from '#app/report/verify/revisions.ts'
import { type Verification, type VerifyOptions, verifyReport } from '#app/report/verify.ts'
import { campaign } from '../support/campaign.ts'
import { randomNumbers } from '../support/random-numbers.ts'
import {
  hasOpenssl,
  startTimestampAuthority,
  type TimestampAuthority,
} from '../support/timestamp-authority.ts'
import { archiveBy, contentsBy, LISTED_AT, stampBy, tokenBy } from './archived-report.ts'
import { exampleStatement } from './example-statement.ts'
import { needs, runTool } from './outside-tools.ts'
import {
  type Authority,
  makeAuthority,
  makeReportWithEnvelope,
  makeSignedReport,
  SIGNED_AT,
} from './signed-report.ts'

const isReady = hasOpenssl()
if (!isReady) console.warn('openssl is not installed: archives of reports are not tested in this run')

const statement = exampleStatement()
const folder = mkdtempSync(join(tmpdir(), 'attested-archive-'))
const inFolder = (name: string) => join(folder, name)

let tsa: TimestampAuthority
let authority: Authority
let rendered: Uint8Array
let signed: Uint8Array
let contents: ArchiveContents
let archived: Uint8Array

const archive = (given: ArchiveContents = contents, pdf = signed) => archiveBy(tsa, pdf, given)
const sign = (serialNumbers?: string[]) =>
  makeSignedReport({
    authority,
    rendered,
    statement,
    serialNumbers,
    timestamp: tokenBy(tsa),
    hasArchive: true,
  })

const judge = (pdf: Uint8Array, options: VerifyOptions = {}) =>
  verifyReport(pdf, { trustedAuthorityPem: authority.certificatePem, ...options })
const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)
const check = ({ checks }: Verification, id: string) => checks.find((candidate) => candidate.id === id)

describe.skipIf(!isReady)('a report that was archived when the last person had signed', () => {
  beforeAll(async () => {
    tsa = await startTimestampAuthority()
    authority = await makeAuthority()
    rendered = await renderReport(statement)
    signed = await sign()
    contents = await contentsBy(tsa, authority)
    archived = await archive()
  })
  afterAll(async () => {
    await tsa?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('verifies, and says when the whole file existed and what it holds', async () => {
    const verification = await judge(archived)
    expect(failed(verification)).toEqual([])
    expect(check(verification, 'archive')?.detail).toMatch(
      /^The whole file existed at 20\d\d-.+ by the clock of “Test timestamp authority” \(certificate SHA-256 [0-9a-f]{64}\)\. Inside: 1 certificate and 2 revocation lists\.$/,
    )
    expect(verification.archive).toMatchObject({ certificates: 1, revocationLists: 2 })
    expect(verification.signatures.map(({ covers }) => covers.wholeFile)).toEqual([false, false])
    expect(check(verification, 'coverage')?.detail).toContain(`all of the first ${signed.length} bytes`)
    // Only behind the last signature: whoever has the file from before sees that it stands in the new one.
    expect(Buffer.compare(archived.subarray(0, signed.length), signed)).toBe(0)
  })

  test('tells revocation from the list inside, as of its day; a newer list tells more', async () => {
    const { title, detail, note } = check(await judge(archived), 'revocation') ?? {}
    expect({ title, note }).toEqual({
      title: 'No certificate was known as revoked when the report was archived',
      note: true,
    })
    expect(detail).toContain(`of ${LISTED_AT.toISOString()}, names none of its certificates as revoked`)
    expect(detail).toContain('only a newer list tells')
    const newer = await makeRevocationList({ authority, revoked: [], now: new Date() })
    expect(check(await judge(archived, { revocationList: newer }), 'revocation')).not.toHaveProperty('note')
  })

  test.each([
    [
      'older than the report',
      new Date(SIGNED_AT.getTime() - 86_400_000),
      /is older than the report: ask the preparer/,
    ],
    ['missing', null, /^No revocation list was given/],
  ])('says that nothing was checked where the list is %s', async (_, at, detail) => {
    const lists = at ? [await makeRevocationList({ authority, revoked: [], now: at })] : []
    const verification = await judge(await archive({ ...contents, revocationLists: lists }))
    expect(failed(verification)).toEqual([])
    const told = check(verification, 'revocation')
    expect(told?.title).toBe('Whether a certificate was revoked was not checked')
    expect(told?.detail).toMatch(detail)
  })

  test('is content for pdfsig, qpdf and openssl ts', ({ skip }) => {
    for (const tool of ['pdfsig', 'qpdf', 'openssl']) needs(tool, skip)
    writeFileSync(inFolder('archived.pdf'), archived)
    const { output } = runTool('pdfsig', ['-nocert', inFolder('archived.pdf')])
    expect(output.match(/Signature is Valid\./g)).toHaveLength(2)
    // Poppler knows no document timestamps (ETSI.RFC3161) and says so; openssl judges this one below.
    expect(output).toMatch(/Signature Field Name: archive-timestamp[\s\S]*Total document signed/)
    expect(output).toContain('Unable to validate this type of signature')
    // In front of it stands the report as it was signed, byte for byte.
    writeFileSync(inFolder('signed.pdf'), archived.subarray(0, signed.length))
    expect(runTool('pdfsig', ['-nocert', inFolder('signed.pdf')]).output).toMatch(
      /insured-officer[\s\S]*- Total document signed\n {2}- Signature Validation: Signature is Valid\./,
    )
    expect(runTool('qpdf', ['--check', inFolder('archived.pdf')]).status).toBe(0)
    const { start, end } = lastPlace(archived)
    const hex = Buffer.from(archived.subarray(start + 1, end - 1)).toString('latin1')
    writeFileSync(inFolder('token.der'), Buffer.from(hex, 'hex'))
    writeFileSync(
      inFolder('covered.bin'),
      Buffer.concat([archived.subarray(0, start), archived.subarray(end)]),
    )
    const ts = spawnSync(
      'openssl',
      [
        ...['ts', '-verify', '-token_in', '-in', inFolder('token.der'), '-data', inFolder('covered.bin')],
        ...['-CAfile', tsa.rootPath],
      ],
      { encoding: 'utf8' },
    )
    expect(`${ts.stdout}${ts.stderr}`).toContain('Verification: OK')
  })

  test('carries issuers and revocation lists as other programs find them', async ({ skip }) => {
    for (const tool of ['qpdf', 'openssl']) needs(tool, skip)
    const added = [...(readRevisions(archived).at(-1)?.objects.values() ?? [])].filter(({ stream }) => stream)
    const texts = added.map(({ number }, index) => {
      const { stdout } = spawnSync('qpdf', [
        ...[inFolder('archived.pdf'), `--show-object=${number}`, '--filtered-stream-data'],
      ])
      const [kind, says] = index === 0 ? ['x509', '-subject'] : ['crl', '-issuer']
      return spawnSync('openssl', [kind, '-inform', 'DER', '-noout', says], {
        input: stdout,
        encoding: 'utf8',
      }).stdout
    })
    expect(texts).toEqual([
      expect.stringContaining('Test timestamp root'),
      expect.stringContaining('Attested signing authority'),
      expect.stringContaining('Test timestamp root'),
    ])
  })

  test('finds where the issuer of a timestamp publishes its list', async () => {
    const { certificates } = await stampBy(tsa)(Buffer.from('any'))
    expect(listAddresses(certificates)).toEqual([tsa.url.replace('/tsa', '/root.crl')])
  })

  test('with the timestamp authority pinned, takes only that one', async () => {
    const root = readFileSync(tsa.rootPath, 'utf8')
    expect(failed(await judge(archived, { trustedTimestampPem: root }))).toEqual([])
    const other = await judge(archived, { trustedTimestampPem: authority.certificatePem })
    expect(failed(other)).toEqual(['timestamps', 'archive'])
  })

  test('is told by the command line', async () => {
    writeFileSync(inFolder('archived.pdf'), archived)
    let out = ''
    const stdout = { write: (text: string) => (out += text) }
    expect(await runVerify([inFolder('archived.pdf')], { stdout, stderr: stdout } as never)).toBe(0)
    expect(out).toContain('The archive timestamp covers the whole file')
    expect(out).toContain('The whole file existed at')
  })

  test('without an archive, the same file says so; cut off again, it is the report as it was signed', async () => {
    const before = await judge(signed)
    expect(failed(before)).toEqual([])
    expect(check(before, 'archive')?.detail).toBe('Nothing was added when everybody had signed.')
    expect(before.archive).toBeNull()
    expect(failed(await judge(archived.subarray(0, signed.length)))).toEqual([])
  })

  test('cannot be archived twice, nor before the last signature', async () => {
    await expect(archive(contents, archived)).rejects.toMatchObject({ code: 'field-signed' })
    const certified = await makeSignedReport({
      ...{ authority, rendered, statement, timestamp: tokenBy(tsa), hasArchive: true, signatures: 1 },
    })
    const early = await archive(contents, certified)
    expect(failed(await judge(early))).toContain('signatures')
  })

  test('a report without a place for it is not archived', async () => {
    const plain = await makeSignedReport({ authority, rendered, statement })
    await expect(archive(contents, plain)).rejects.toMatchObject({ code: 'field-missing' })
  })

  describe('is rejected with the reason', () => {
    test('when its list names a certificate of the report', async () => {
      const serials = ['41'.repeat(16), '42'.repeat(16)]
      const pdf = await sign(serials)
      const revoked: Revocation[] = [
        {
          serialNumber: serials[1] ?? '',
          revokedAt: LISTED_AT,
          invalidFrom: SIGNED_AT,
          reason: 'not-entitled',
        },
      ]
      const own = await makeRevocationList({ authority, revoked, now: LISTED_AT })
      const verification = await judge(await archive(await contentsBy(tsa, authority, { own }), pdf))
      expect(failed(verification)).toEqual(['revocation'])
      expect(check(verification, 'revocation')?.detail).toMatch(
        /^The certificate of the insured officer is revoked as of .* because the person was not entitled to sign/,
      )
    })

    test('also when an older list, or one that came first, does not name it', async () => {
      const serials = ['51'.repeat(16), '52'.repeat(16)]
      const pdf = await sign(serials)
      const revoked: Revocation[] = [
        {
          serialNumber: serials[1] ?? '',
          revokedAt: LISTED_AT,
          invalidFrom: SIGNED_AT,
          reason: 'not-entitled',
        },
      ]
      const clean = await makeRevocationList({ authority, revoked: [], now: LISTED_AT })
      const naming = await makeRevocationList({ authority, revoked, now: LISTED_AT })
      const whole = await archive({ ...contents, revocationLists: [clean, naming] }, pdf)
      expect(failed(await judge(whole))).toEqual(['revocation'])
      expect(failed(await judge(whole, { revocationList: clean }))).toEqual(['revocation'])
    })

    test('when it holds what belongs to another report', async () => {
      const stranger = await makeAuthority()
      const [foreign] = readChain(stranger.certificatePem)
      const list = await makeRevocationList({ authority: stranger, revoked: [], now: LISTED_AT })
      const withCertificate = await judge(
        await archive({ ...contents, certificates: [...contents.certificates, foreign] }),
      )
      expect(failed(withCertificate)).toEqual(['archive'])
      expect(check(withCertificate, 'archive')?.detail).toContain('belongs to no timestamp of this report')
      const withList = await judge(await archive({ ...contents, revocationLists: [list] }))
      expect(failed(withList)).toContain('archive')
      expect(check(withList, 'archive')?.detail).toContain('by none of the issuers')
      // What would be rejected is never put in.
      const fetched = [list, Buffer.from('<html>')]
      expect((await contentsBy(tsa, authority, { fetched })).revocationLists).toHaveLength(1)
    })

    test('when a certificate or a list in it is followed by anything, stands there twice, or comes in masses', async () => {
      const [issuer] = contents.certificates as [Uint8Array]
      const [own] = contents.revocationLists as [Uint8Array]
      const followed = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.from(' BT (Other words) Tj ET')])
      for (const [given, reason] of [
        [{ certificates: [followed(issuer)] }, /cannot be read/],
        [{ revocationLists: [followed(own)] }, /cannot be read/],
        [{ certificates: [issuer, issuer] }, /stands there twice/],
        [{ certificates: Array(9).fill(issuer) }, /more than any report needs/],
        [{ revocationLists: Array(9).fill(own) }, /more than any report needs/],
      ] as [Partial<ArchiveContents>, RegExp][]) {
        const verification = await judge(await archive({ ...contents, ...given }))
        expect(failed(verification)).toContain('archive')
        expect(check(verification, 'archive')?.detail).toMatch(reason)
      }
    })

    test('when its list is of a time after it', async () => {
      const later = new Date(Date.now() + 3_600_000)
      const own = await makeRevocationList({ authority, revoked: [], now: later })
      const verification = await judge(await archive(await contentsBy(tsa, authority, { own })))
      expect(check(verification, 'archive')?.detail).toContain('newer than the timestamp over it')
    })

    test('when the timestamp was given for something else', async () => {
      const wrong = await archiveReport({
        pdf: signed,
        contents,
        timestamp: async () => tokenBy(tsa)(Buffer.from('something else')),
      })
      const verification = await judge(wrong)
      expect(failed(verification)).toEqual(['archive'])
      expect(check(verification, 'archive')?.detail).toBe(
        'The archive timestamp was given for something else.',
      )
    })

    test('when anything follows, or when the archive of another copy stands behind the signatures', async () => {
      expect(failed(await judge(Buffer.concat([archived, Buffer.from('\n%%EOF\n')])))).not.toEqual([])
      const other = await sign()
      const moved = Buffer.concat([other, (await archive()).subarray(signed.length)])
      expect(failed(await judge(moved))).not.toEqual([])
    })

    const PLACES = campaign(60, 300)
    test(`when one byte of the archive was changed: ${PLACES} places`, async () => {
      const below = randomNumbers(20_260_318)
      const bytes = archived.slice()
      const survivors: number[] = []
      for (let round = 0; round < PLACES; round += 1) {
        const at = signed.length + below(archived.length - signed.length)
        const before = bytes[at] ?? 0
        bytes[at] = before ^ (1 << below(8))
        if ((await verifyReport(bytes)).ok) survivors.push(at)
        bytes[at] = before
      }
      expect(survivors).toEqual([])
    })
  })

  test('the envelope beside it names the archived file, and one of the file before is told apart', async () => {
    let early = ''
    const { pdf, envelope } = await makeReportWithEnvelope({
      ...{ authority, rendered, statement, timestamp: tokenBy(tsa), hasArchive: true },
      finish: async (before, envelopeOf) => {
        early = await envelopeOf(before)
        return archive(contents, before)
      },
    })
    expect(failed(await judge(pdf, { detachedEnvelope: envelope }))).toEqual([])
    const verification = await judge(pdf, { detachedEnvelope: early })
    expect(failed(verification)).toEqual(['detached'])
    expect(check(verification, 'detached')?.detail).toContain('before the report was archived')
  })
})

/** Where the container of the last signature or timestamp stands. */
function lastPlace(pdf: Uint8Array): { start: number; end: number } {
  const text = Buffer.from(pdf).toString('latin1')
  const range = [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)/g)].at(-1) ?? []
  return { start: Number(range[1]), end: Number(range[2]) }
}
