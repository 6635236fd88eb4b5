import { PDF } from '@libpdf/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { issueSigner, type SigningIdentity } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { signReport } from '#app/report/sign.server.ts'
import { canonicalStatement, type Statement } from '#app/report/statement.ts'
import type { AttachedTexts } from '#app/report/twins/attachments.ts'
import { CHECKS, type CheckId } from '#app/report/verify/results.ts'
import { readRevisions } from '#app/report/verify/revisions.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import { CONTRADICTED, exampleStatement, uuid } from './example-statement.ts'
import { forgeSecondRevision } from './forged-revision.ts'
import { type Authority, makeAuthority, makeSignedReport, SIGNED_AT } from './signed-report.ts'

let authority: Authority
let rendered: Uint8Array
let signed: Uint8Array
let certified: Uint8Array
let officer: SigningIdentity

beforeAll(async () => {
  authority = await makeAuthority()
  rendered = await renderReport(exampleStatement())
  signed = await makeSignedReport({ authority, rendered })
  certified = await makeSignedReport({ authority, rendered, signatures: 1 })
  officer = await identityOf(1)
})

function identityOf(index: number, statement = exampleStatement()): Promise<SigningIdentity> {
  const signer = statement.signers[index]
  if (!signer) throw new Error('The example has two signers')
  return issueSigner({ authority, signer, now: SIGNED_AT })
}

const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)
const detailOf = ({ checks }: Verification, id: CheckId) =>
  checks.find((check) => check.id === id)?.detail ?? ''
const verifyText = (text: string) => verifyReport(Buffer.from(text, 'latin1'))
const asText = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')

/** The example with one change, signed by the same people: what was signed is wrong, not the signature. */
async function verifySigned(change: (statement: Statement) => void): Promise<Verification> {
  const statement = exampleStatement()
  change(statement)
  return verifyReport(await makeSignedReport({ authority, rendered, statement }))
}

describe('a genuine report', () => {
  test('passes every check and tells who signed what, when', async () => {
    const verification = await verifyReport(signed, { trustedAuthorityPem: authority.certificatePem })
    expect(failed(verification)).toEqual([])
    expect(verification.ok).toBe(true)
    expect(verification.checks.map(({ id }) => id)).toEqual(Object.keys(CHECKS))
    expect(verification.statement).toEqual(exampleStatement())
    expect(verification.signatures).toMatchObject([
      {
        role: 'technical-contributor',
        name: 'Tomasz Łukaszewski',
        at: '2026-03-18T15:00:00.000Z',
        covers: { wholeFile: false },
      },
      {
        role: 'insured-officer',
        name: 'Maximiliane von Hohenfels-Wittgenstein',
        at: '2026-03-18T15:01:00.000Z',
        covers: { wholeFile: true },
      },
    ])
  })

  test('without a certificate to compare, identity is a note with the fingerprint, not a failure', async () => {
    const verification = await verifyReport(signed)
    expect(verification.ok).toBe(true)
    const note = verification.checks.find(({ id }) => id === 'authority')
    expect(note).toMatchObject({ ok: true, note: true })
    expect(note?.detail).toMatch(/([0-9A-F]{2}:){31}[0-9A-F]{2}/)
  })

  test('passes where names have other scripts and every kind of sign', async () => {
    const verification = await verifySigned((statement) => {
      for (const [index, signer] of statement.signers.entries()) signer.name = `(株式会社 \\ "${index}") — Ω`
      statement.preparedBy.name = 'Ångström + Söhne, "GmbH" \\ Co'
    })
    // The authority was made for another organisation name.
    expect(failed(verification)).toEqual(['signers'])
    expect(detailOf(verification, 'signers')).toMatch(/^The signing authority is not that of/)
  })
})

describe('who signed', () => {
  test('another authority than the trusted one fails, and so does an unreadable certificate', async () => {
    const stranger = await makeAuthority()
    expect(failed(await verifyReport(signed, { trustedAuthorityPem: stranger.certificatePem }))).toEqual([
      'authority',
    ])
    for (const trustedAuthorityPem of ['', 'nonsense', authority.certificatePem.slice(0, 90)]) {
      expect(failed(await verifyReport(signed, { trustedAuthorityPem }))).toEqual(['authority'])
    }
  })

  test('two authorities in one report fail', async () => {
    const stranger = await makeAuthority()
    const signer = exampleStatement().signers[1] as Statement['signers'][number]
    const identity = await issueSigner({
      authority: stranger,
      signer,
      now: SIGNED_AT,
    })
    const mixed = await signReport({ pdf: certified, identity, signer, reason: 'I attest', at: SIGNED_AT })
    expect(failed(await verifyReport(mixed))).toEqual(['chain'])
    expect(failed(await verifyReport(mixed, { trustedAuthorityPem: authority.certificatePem }))).toEqual([
      'chain',
      'authority',
    ])
  })

  test('a certificate that was not issued by the authority fails', async () => {
    const stranger = await makeAuthority()
    const signer = exampleStatement().signers[1] as Statement['signers'][number]
    const identity = await issueSigner({
      authority: stranger,
      signer,
      now: SIGNED_AT,
    })
    const pretended = { ...identity, chainPem: authority.certificatePem }
    const forged = await signReport({
      pdf: certified,
      identity: pretended,
      signer,
      reason: 'I attest',
      at: SIGNED_AT,
    })
    expect(failed(await verifyReport(forged))).toEqual(['chain'])
  })

  test('a signer’s certificate cannot certify another signer', async () => {
    const impostor = { ...officer, chainPem: officer.certificatePem }
    const signer = exampleStatement().signers[1] as Statement['signers'][number]
    const forged = await signReport({
      pdf: certified,
      identity: impostor,
      signer,
      reason: 'I attest',
      at: SIGNED_AT,
    })
    expect(failed(await verifyReport(forged))).toContain('chain')
  })

  test('somebody else with a certificate of the same authority fails', async () => {
    const somebody = {
      ...(exampleStatement().signers[1] as Statement['signers'][number]),
      name: 'Somebody Else',
    }
    const identity = await issueSigner({
      authority,
      signer: somebody,
      now: SIGNED_AT,
    })
    const forged = await signReport({
      pdf: certified,
      identity,
      signer: somebody,
      reason: 'I attest',
      at: SIGNED_AT,
    })
    expect(failed(await verifyReport(forged))).toEqual(['signers'])
  })

  test('an expired certificate and a time before the statement fail', async () => {
    const early = new Date('2019-01-01T00:00:00Z')
    const old = await makeAuthority(exampleStatement(), early)
    const expired = await makeSignedReport({ authority: old, rendered, certifiedAt: early })
    expect(failed(await verifyReport(expired))).toEqual(['times'])
    expect(detailOf(await verifyReport(expired), 'times')).toContain('not valid when')
    const before = await makeSignedReport({
      authority: old,
      rendered,
      certifiedAt: early,
      at: new Date('2020-01-01T00:00:00Z'),
    })
    expect(detailOf(await verifyReport(before), 'times')).toContain('before there was anything to sign')
  })
})

describe('missing and exchanged parts', () => {
  test('one signature of two is not enough, and none is none', async () => {
    const one = await verifyReport(certified)
    expect(failed(one)).toContain('signatures')
    expect(detailOf(one, 'signatures')).toContain('The insured officer has not signed')
    expect(failed(await verifyReport(rendered))).toEqual(
      expect.arrayContaining(['attachment', 'signatures', 'statement']),
    )
  })

  test('signatures exchanged between two reports fail', async () => {
    const statement = exampleStatement()
    statement.reportId = uuid(99)
    const other = asText(await makeSignedReport({ authority, rendered, statement }))
    const mine = asText(signed)
    const lastContents = (text: string) => text.lastIndexOf('/Contents <')
    const container = other.slice(lastContents(other), lastContents(other) + 16_396)
    const swapped =
      mine.slice(0, lastContents(mine)) + container + mine.slice(lastContents(mine) + container.length)
    expect(failed(await verifyText(swapped))).toEqual(['content', 'values'])
  })

  test('the two signatures of one report exchanged fail', async () => {
    const text = asText(signed)
    const [first, second] = [text.indexOf('/Contents <'), text.lastIndexOf('/Contents <')].map((at) =>
      text.slice(at, at + 16_396),
    ) as [string, string]
    const swapped = text.replace(first, '\u0000').replace(second, first).replace('\u0000', second)
    expect(failed(await verifyText(swapped))).toEqual(expect.arrayContaining(['content', 'signers']))
  })

  test('the other of the two equal ECDSA values fails, though it is a valid signature', async () => {
    const text = asText(signed)
    const at = text.lastIndexOf('/Contents <') + 11
    const der = Buffer.from(text.slice(at, at + 16_384), 'hex')
    const size = 4 + der.readUInt16BE(2)
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const message = der.subarray(0, size)
    const sStart = message.length - 32
    const s = BigInt(`0x${message.subarray(sStart).toString('hex')}`)
    // A lower s of full length ends the message; its counterpart needs a sign byte, so only compare the rejection.
    const higher = (n - s).toString(16).padStart(64, '0')
    const changed = Buffer.from(message)
    changed.write(higher, sStart, 'hex')
    const forged = text.slice(0, at) + changed.toString('hex') + text.slice(at + size * 2)
    expect(failed(await verifyText(forged))).toContain('containers')
  })
})

describe('additions', () => {
  test('anything appended after the last signature fails, even a proper incremental update', async () => {
    const pdf = await PDF.load(signed)
    pdf.getPages()[0]?.setRotation(90)
    const appended = await pdf.save({ incremental: true })
    expect(failed(await verifyReport(appended))).toContain('signatures')
    expect(failed(await verifyReport(Buffer.concat([signed, Buffer.from('\n')])))).toContain('file')
    expect(failed(await verifyReport(Buffer.concat([signed, signed])))).toContain('structure')
  })

  test('a stripped or replaced attachment fails', async () => {
    const stripped = await PDF.load(signed)
    stripped.removeAttachment('statement.json')
    expect(failed(await verifyReport(await stripped.save({ incremental: true })))).toContain('attachment')
    const replaced = await PDF.load(signed)
    const statement = exampleStatement()
    statement.client.legalName = 'Other Incorporated'
    replaced.addAttachment('statement.json', Buffer.from(canonicalStatement(statement)), { overwrite: true })
    expect((await verifyReport(await replaced.save({ incremental: true }))).ok).toBe(false)
  })

  test('an addition between the two signatures fails', async () => {
    const pdf = await PDF.load(certified)
    pdf.getPages()[0]?.setRotation(90)
    const between = await pdf.save({ incremental: true })
    const signer = exampleStatement().signers[1] as Statement['signers'][number]
    const forged = await signReport({
      pdf: between,
      identity: officer,
      signer,
      reason: 'I attest',
      at: SIGNED_AT,
    })
    expect(failed(await verifyReport(forged))).toContain('signatures')
  })

  test('the forger’s own tool makes a good report when it changes nothing', async () => {
    expect(
      failed(await verifyReport(await forgeSecondRevision({ certified, identity: officer, extra: {} }))),
    ).toEqual([])
  })

  test.each([
    [
      'a page that another content is put on',
      () => pageObject(),
      (text: string) => text.replace('/MediaBox [0 0 612 792]', '/MediaBox [0 0 300 300]'),
    ],
    [
      'the catalogue',
      () => objectWith('/Type /Catalog'),
      (text: string) => text.replace('/Lang (en)', '/Lang (de)'),
    ],
    [
      'the attached statement',
      () => objectWith('/AFRelationship /Data'),
      (text: string) => text.replace('/AFRelationship /Data', '/AFRelationship /Source'),
    ],
    ['the first signature', () => objectWith('/Reason (I certify'), (text: string) => text],
  ])('a second signer who also changes %s is found out', async (_, find, change) => {
    const { number, text } = find()
    const extra = { [number]: change(text) }
    const verification = await verifyReport(
      await forgeSecondRevision({ certified, identity: officer, extra }),
    )
    expect(failed(verification)).toContain('additions')
  })

  test.each([
    ['a new object', { extra: { 500: '<<\n/Type /Font\n>>' } }, 'additions'],
    ['a script', { extra: { 500: '<<\n/S /JavaScript\n/JS (app.alert\\(1\\))\n>>' } }, 'inert'],
    [
      'a field with another look',
      { field: (text: string) => text.replace('/Rect [0 0 0 0]', '/Rect [0 0 300 300]') },
      'additions',
    ],
    [
      'another document information',
      { trailer: (text: string) => text.replace(/\/Info \d+/, '/Info 1') },
      'additions',
    ],
    ['another root', { trailer: (text: string) => text.replace(/\/Root \d+/, '/Root 1') }, 'signatures'],
    [
      'a trailer key of its own',
      { trailer: (text: string) => text.replace('>>', '/XRefStm 10\n>>') },
      'structure',
    ],
    ['bytes that nobody signed', { uncovered: 1 }, 'coverage'],
    [
      'a signature of another kind',
      { dictionary: (text: string) => text.replace('ETSI.CAdES.detached', 'adbe.pkcs7.detached') },
      'signatures',
    ],
    [
      'a key that stands twice',
      {
        dictionary: (text: string) =>
          text.replace('/Reason (I attest)', '/Reason (I attest)\n/Name (Somebody)'),
      },
      'structure',
    ],
    [
      'the name of somebody else',
      { dictionary: (text: string) => text.replace('(Maximiliane', '(Maximilian') },
      'signers',
    ],
  ] as const)('a second signer who adds %s is found out', async (_, forgery, check) => {
    const verification = await verifyReport(
      await forgeSecondRevision({ certified, identity: officer, extra: {}, ...forgery }),
    )
    expect(failed(verification)).toContain(check)
  })

  test('an active document fails though both signed it', async () => {
    const text = asText(rendered)
    expect(text).toContain('/PageMode /UseOutlines')
    const active = Buffer.from(
      text.replace('/PageMode /UseOutlines', '/OpenAction [8 0 R] %'.padEnd(22)),
      'latin1',
    )
    const quiet = Buffer.from(text.replace('/PageMode /UseOutlines', '/OpenAction [8 0 R]   '), 'latin1')
    expect(failed(await verifyReport(await makeSignedReport({ authority, rendered: quiet })))).toEqual([
      'inert',
    ])
    expect(
      (await verifyReport(await makeSignedReport({ authority, rendered: active }).catch(() => active))).ok,
    ).toBe(false)
  })
})

describe('the statement', () => {
  test('must be in canonical form, whole, and hold nothing unknown', async () => {
    const sign = async (text: string) => {
      const attach = (genuine: AttachedTexts) => ({ ...genuine, statement: text })
      return verifyReport(await makeSignedReport({ authority, rendered, attach }))
    }
    const canonical = canonicalStatement(exampleStatement())
    expect(failed(await sign(canonical))).toEqual([])
    const skipped = ['consistency', 'oscal', 'times', 'signers', 'envelope']
    for (const broken of [
      JSON.stringify(exampleStatement(), null, 1),
      `${canonical} `,
      canonical.replace('{', '{"a":1,'),
      '{}',
      'null',
      '',
      '['.repeat(100_000),
      `\ufeff${canonical}`,
    ]) {
      expect(failed(await sign(broken))).toEqual(expect.arrayContaining(['statement', ...skipped]))
    }
  })

  test.each<[string, (statement: Statement) => void]>([
    ['cites evidence that is not listed', (statement) => void statement.evidence.pop()],
    ['cites facts that are not listed', (statement) => void statement.facts.shift()],
    [
      'has a contradiction without an exception',
      (statement) => {
        const answer = statement.answers.find(({ questionId }) => questionId === CONTRADICTED)
        if (answer) answer.exceptionId = null
      },
    ],
    [
      'has an exception of another question',
      (statement) => {
        const [exception] = statement.exceptions
        if (exception) exception.questionId = 'mfa-email'
      },
    ],
    [
      'has an exception that had ended',
      (statement) => {
        const [exception] = statement.exceptions
        if (exception) exception.expiresOn = '2026-03-17'
      },
    ],
    ['has an open question without a gap', (statement) => void statement.gaps.pop()],
    [
      'asks one question twice',
      (statement) => {
        const [first] = statement.answers
        if (first) statement.answers.push(first)
      },
    ],
  ])('fails when it %s', async (_, change) => {
    expect(failed(await verifySigned(change))).toEqual(['consistency'])
  })

  test('must name a technical contributor and then an officer', async () => {
    const verification = await verifySigned((statement) => void statement.signers.pop())
    expect(failed(verification)).toContain('signatures')
  })
})

const objectsOf = () => readRevisions(certified).flatMap(({ objects }) => [...objects.values()])
function objectWith(text: string): { number: number; text: string } {
  const found = objectsOf()
    .map(({ number, start, end }) => ({ number, text: asText(certified.subarray(start, end)) }))
    .findLast((object) => object.text.includes(text))
  if (!found) throw new Error(`No object holds ${text}`)
  return { number: found.number, text: found.text.replace(/^\d+ 0 obj\n/, '').replace(/\n?endobj$/, '') }
}
const pageObject = () => objectWith('/Type /Page\n')
