/** A reviewer who signs under the authority of their own firm, and those who pretend to. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeEncryptedKey } from '#app/report/authority-keys/encrypted-key.server.ts'
import { createAuthority } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { listOrderFaults } from '#app/report/signing-order.ts'
import type { Statement } from '#app/report/statement.ts'
import { fingerprint, readCertificate, readChain } from '#app/report/verify/certificates.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import { fiveSigners } from './five-signers.ts'
import { needs, runTool } from './outside-tools.ts'
import {
  type Authority,
  makeAuthority,
  makeReportWithEnvelope,
  PASSPHRASE,
  SIGNED_AT,
} from './signed-report.ts'

const FIRM = { id: '5b1d3c22-9a51-4a4e-8f0a-3f2f4f0c7a11', name: 'Lindqvist Assurance' }
const folder = mkdtempSync(join(tmpdir(), 'attested-firm-'))

let authority: Authority
let firm: Authority
let rendered: Uint8Array

async function authorityNamed(id: string, name: string): Promise<Authority> {
  const { key } = await makeEncryptedKey('ec-p256', PASSPHRASE)
  return createAuthority({ organisationName: name, organisationId: id, key, now: SIGNED_AT })
}
const sha256Of = ({ certificatePem }: Authority) => {
  const [der] = readChain(certificatePem)
  if (!der) throw new Error('No certificate')
  return readCertificate(der).sha256
}

/** The five signers, the reviewer certified by their firm. */
function withFirm(change: (reviewer: Statement['signers'][number]) => void = () => undefined): Statement {
  const statement = fiveSigners()
  const reviewer = statement.signers.find(({ role }) => role === 'reviewer')
  if (!reviewer) throw new Error('No reviewer')
  reviewer.authority = { organisationId: FIRM.id, sha256: sha256Of(firm) }
  change(reviewer)
  return statement
}

beforeAll(async () => {
  firm = await authorityNamed(FIRM.id, FIRM.name)
  authority = await makeAuthority(fiveSigners())
  rendered = await renderReport(withFirm())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)
const detailOf = ({ checks }: Verification, id: string) =>
  checks.find((check) => check.id === id)?.detail ?? ''

async function signAndVerify(statement: Statement, reviewers: Authority, order?: string[]) {
  const signing = { authority, authorityOf: { reviewer: reviewers }, rendered, statement, order }
  const { pdf, envelope } = await makeReportWithEnvelope(signing)
  const options = { trustedAuthorityPem: authority.certificatePem, detachedEnvelope: envelope }
  return { pdf, verification: await verifyReport(pdf, options) }
}

describe('a reviewer under the authority of their own firm', () => {
  test('passes every check whoever came first, and the firm is named with its fingerprint', async () => {
    const first = ['technical-contributor', 'reviewer', 'contributor-1', 'contributor-2', 'insured-officer']
    for (const order of [undefined, first]) {
      const { verification } = await signAndVerify(withFirm(), firm, order)
      expect(failed(verification)).toEqual([])
      expect(detailOf(verification, 'chain')).toContain(
        `under ${FIRM.name}’s own authority, SHA-256 fingerprint ${fingerprint(sha256Of(firm))}`,
      )
      expect(detailOf(verification, 'revocation')).toContain('only that issuer revokes it')
      expect(verification.signatures.find(({ role }) => role === 'reviewer')).toMatchObject({
        organisation: FIRM.name,
        authoritySha256: null,
      })
    }
  })

  test('is valid to pdfsig as well', async ({ skip }) => {
    needs('pdfsig', skip)
    const { pdf } = await signAndVerify(withFirm(), firm)
    const path = join(folder, 'report.pdf')
    writeFileSync(path, pdf)
    const { output } = runTool('pdfsig', ['-nocert', path])
    expect(output.match(/Signature is Valid/g)).toHaveLength(5)
  })

  test.each<[string, () => Promise<Authority>, (() => Statement) | undefined, string]>([
    ['the preparer’s authority signed instead', async () => authority, undefined, 'certificates'],
    [
      'another authority of the same name signed',
      () => authorityNamed(FIRM.id, FIRM.name),
      undefined,
      'certificates',
    ],
    [
      'the authority is that of another organisation of this name',
      async () => firm,
      () =>
        withFirm((reviewer) =>
          Object.assign(reviewer.authority ?? {}, { organisationId: crypto.randomUUID() }),
        ),
      'signers',
    ],
    [
      'the firm has another name than its authority',
      async () => firm,
      () => withFirm((reviewer) => Object.assign(reviewer, { organisation: 'Other Assurance' })),
      'signers',
    ],
    [
      'the statement names the preparer’s authority as the firm’s',
      async () => authority,
      () => withFirm((reviewer) => Object.assign(reviewer.authority ?? {}, { sha256: sha256Of(authority) })),
      'chain',
    ],
  ])('fails where %s', async (_, reviewers, statement, check) => {
    const { verification } = await signAndVerify(statement?.() ?? withFirm(), await reviewers())
    expect(failed(verification)).toContain(check)
  })

  test('fails where the firm certified somebody although the statement names no authority', async () => {
    const statement = withFirm((reviewer) => {
      delete reviewer.authority
    })
    const { verification } = await signAndVerify(statement, firm)
    expect(failed(verification)).toContain('chain')
  })

  test('is for reviewers alone', () => {
    const statement = withFirm()
    const [technician] = statement.signers
    if (technician) technician.authority = { organisationId: FIRM.id, sha256: sha256Of(firm) }
    expect(listOrderFaults(statement.signers, statement.preparedBy.name)).toEqual([
      'Only a reviewer may sign under the authority of another organisation.',
    ])
  })
})
