import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueSigner } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { signReport } from '#app/report/sign.server.ts'
import { listOrderFaults, MOST_CONTRIBUTORS, slotsOf } from '#app/report/signing-order.ts'
import type { Signer, Statement } from '#app/report/statement.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import { exampleStatement } from './example-statement.ts'
import { fiveSigners, person } from './five-signers.ts'
import { needs, runTool } from './outside-tools.ts'
import {
  type Authority,
  makeAuthority,
  makeReportWithEnvelope,
  makeSignedReport,
  SIGNED_AT,
} from './signed-report.ts'

const IN_ORDER = ['technical-contributor', 'contributor-1', 'contributor-2', 'reviewer', 'insured-officer']
const AS_THEY_CAME = [
  'technical-contributor',
  'reviewer',
  'contributor-2',
  'contributor-1',
  'insured-officer',
]

const statement = fiveSigners()
const folder = mkdtempSync(join(tmpdir(), 'attested-signers-'))
let authority: Authority
let rendered: Uint8Array
let signed: Uint8Array

beforeAll(async () => {
  authority = await makeAuthority(statement)
  rendered = await renderReport(statement)
  signed = await makeSignedReport({ authority, rendered, statement, order: AS_THEY_CAME })
  writeFileSync(join(folder, 'report.pdf'), signed)
  writeFileSync(join(folder, 'authority.pem'), authority.certificatePem)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)
const detailOf = ({ checks }: Verification, id: string) =>
  checks.find((check) => check.id === id)?.detail ?? ''

async function verifyChanged(change: (statement: Statement) => void): Promise<Verification> {
  const changed = fiveSigners()
  change(changed)
  return verifyReport(await makeSignedReport({ authority, rendered, statement: changed }))
}

describe('a report that five people signed', () => {
  test('passes every check, whoever came first between the first and the last', async () => {
    const options = { trustedAuthorityPem: authority.certificatePem }
    for (const order of [IN_ORDER, AS_THEY_CAME]) {
      const { pdf, envelope } = await makeReportWithEnvelope({ authority, rendered, statement, order })
      const verification = await verifyReport(pdf, { ...options, detachedEnvelope: envelope })
      expect(failed(verification)).toEqual([])
      expect(verification.signatures.map(({ slot }) => slot)).toEqual(order)
      expect(verification.signatures.map(({ covers }) => covers.wholeFile)).toEqual([
        ...[false, false, false, false],
        true,
      ])
    }
  })

  test('as many as a report allows pass as well', async () => {
    const [technician, ...others] = statement.signers as [Signer, ...Signer[]]
    const more = Array.from({ length: MOST_CONTRIBUTORS - 2 }, (_, index) => ({
      ...person('contributor', `Number ${index}`, statement.client.legalName),
      part: { questionIds: statement.answers.slice(0, 1).map(({ questionId }) => questionId) },
    }))
    const full = { ...statement, signers: [technician, ...more, ...others] }
    const pdf = await makeSignedReport({ authority, rendered, statement: full })
    const verification = await verifyReport(pdf)
    expect(failed(verification)).toEqual([])
    expect(verification.signatures).toHaveLength(MOST_CONTRIBUTORS + 3)
  })

  test('every signature is the one of its own field', async () => {
    const { signatures } = await verifyReport(signed)
    expect(signatures.map(({ slot, name }) => [slot, name])).toEqual([
      ['technical-contributor', 'Tomasz Łukaszewski'],
      ['reviewer', 'Dr. Ida Lindqvist'],
      ['contributor-2', 'Jun Watanabe'],
      ['contributor-1', 'Aoife Brennan'],
      ['insured-officer', 'Maximiliane von Hohenfels-Wittgenstein'],
    ])
  })

  test('pdfsig and qpdf find five valid signatures in a sound file', ({ skip }) => {
    needs('pdfsig', skip)
    needs('qpdf', skip)
    const { output } = runTool('pdfsig', ['-nocert', join(folder, 'report.pdf')])
    expect(output.match(/Signature is Valid/g)).toHaveLength(5)
    expect(runTool('qpdf', ['--check', join(folder, 'report.pdf')])).toMatchObject({ status: 0 })
  })

  test('while somebody’s signature is missing it fails, and says whose', async () => {
    const order = ['technical-contributor', 'reviewer', 'contributor-2', 'insured-officer']
    const verification = await verifyReport(
      await makeSignedReport({ authority, rendered, statement, order, signatures: 4 }),
    )
    expect(detailOf(verification, 'signatures')).toBe('The contributor 1 has not signed.')
  })

  test('an officer who signed before the others fails', async () => {
    const order = ['technical-contributor', 'insured-officer', 'contributor-1', 'contributor-2', 'reviewer']
    const verification = await verifyReport(await makeSignedReport({ authority, rendered, statement, order }))
    expect(detailOf(verification, 'signatures')).toMatch(
      /The signature of the reviewer does not stand in its own part/,
    )
  })

  test('one contributor in the place of the other fails', async () => {
    let pdf = await makeSignedReport({ authority, rendered, statement, signatures: 1 })
    const slots = slotsOf(statement.signers)
    for (const [field, whose] of [
      [1, 2],
      [2, 1],
      [3, 3],
      [4, 4],
    ] as const) {
      const { signer } = slots[whose] as (typeof slots)[number]
      const at = new Date(SIGNED_AT.getTime() + 60_000)
      const identity = await issueSigner({ authority, signer, now: SIGNED_AT })
      pdf = await signReport({ pdf, identity, signer, field: slots[field]?.id, reason: 'I sign', at })
    }
    const verification = await verifyReport(pdf)
    expect(failed(verification)).toContain('signers')
    expect(detailOf(verification, 'signers')).toMatch(/The contributor 1 should be Aoife Brennan/)
  })
})

describe('whom a statement may name', () => {
  test.each<[string, (statement: Statement) => void, RegExp]>([
    ['an officer before the others', ({ signers }) => signers.reverse(), /technical contributor and then/],
    ['no officer', ({ signers }) => signers.pop(), /technical contributor and then an officer/],
    [
      'a reviewer of the preparer',
      ({ signers, preparedBy }) => Object.assign(signers[3] as Signer, { organisation: preparedBy.name }),
      /The reviewer belongs to the organisation that prepared/,
    ],
    [
      'one person for two signatures',
      ({ signers }) => Object.assign(signers[3] as Signer, { name: signers[0]?.name }),
      /one person for two signatures/,
    ],
  ])('%s fails', async (_, change, reason) => {
    expect(detailOf(await verifyChanged(change), 'signatures')).toMatch(reason)
  })

  test.each<[string, (statement: Statement) => void, RegExp]>([
    [
      'a contributor for a question that is not there',
      ({ signers }) => Object.assign(signers[1] as Signer, { part: { questionIds: ['nowhere'] } }),
      /Aoife Brennan signs for the question nowhere/,
    ],
    [
      'a contributor for nothing',
      ({ signers }) => delete signers[1]?.part,
      /not clear which answers Aoife Brennan signs for/,
    ],
    [
      'a reviewer for a part',
      ({ signers }) => Object.assign(signers[3] as Signer, { part: signers[1]?.part }),
      /not clear which answers Dr. Ida Lindqvist signs for/,
    ],
  ])('%s fails', async (_, change, reason) => {
    expect(detailOf(await verifyChanged(change), 'consistency')).toMatch(reason)
  })

  test('two reviewers, or more contributors than a page holds, are too many', () => {
    const { signers, preparedBy } = statement
    const faultsWith = (role: Signer['role'], count: number) => {
      const more = Array.from({ length: count }, (_, index) => person(role, `Number ${index}`, 'Elsewhere'))
      const at = signers.findLastIndex((signer) => signer.role === role)
      return listOrderFaults(signers.toSpliced(at, 0, ...more), preparedBy.name)
    }
    expect(faultsWith('reviewer', 1)).toEqual(['The statement names more than one reviewer.'])
    expect(faultsWith('contributor', MOST_CONTRIBUTORS - 2)).toEqual([])
    expect(faultsWith('contributor', MOST_CONTRIBUTORS - 1)).toEqual([
      'The statement names too many contributors.',
    ])
  })

  test('the pair and the five are in order', () => {
    for (const { signers, preparedBy } of [exampleStatement(), statement])
      expect(listOrderFaults(signers, preparedBy.name)).toEqual([])
  })
})
