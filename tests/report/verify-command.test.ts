import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runVerify } from '#app/cli/verify.ts'
import { CHECKS } from '#app/report/verify/results.ts'
import { makeAuthority, makeReportWithEnvelope } from './signed-report.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-verify-'))
const [report, changed, authorityFile, strangerFile, envelopeFile] = [
  'report.pdf',
  'changed.pdf',
  'authority.pem',
  'stranger.pem',
  'envelope.json',
].map((name) => join(folder, name)) as [string, string, string, string, string]

beforeAll(async () => {
  const authority = await makeAuthority()
  const { pdf: signed, envelope } = await makeReportWithEnvelope({ authority })
  writeFileSync(envelopeFile, envelope)
  writeFileSync(report, signed)
  const other = signed.slice()
  other[5000] = (other[5000] ?? 0) ^ 1
  writeFileSync(changed, other)
  writeFileSync(authorityFile, authority.certificatePem)
  writeFileSync(strangerFile, (await makeAuthority()).certificatePem)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(...argv: string[]) {
  let out = ''
  let err = ''
  const status = await runVerify(argv, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  })
  return { status, out, err }
}

test('a genuine report: every check in words, a final sentence, status 0', async () => {
  const { status, out, err } = await run(report, '--authority', authorityFile)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  // What this report does not have is said under other titles.
  const { revocation, archive, ...made } = CHECKS
  for (const title of [revocation, archive]) expect(out).not.toContain(title)
  expect(out).toContain('ok      The report is not archived')
  for (const title of Object.values(made)) expect(out).toContain(`ok      ${title}`)
  expect(out).toMatch(/Every check holds\..*Northwind Ferries/)
  expect(out).toMatch(
    /Tomasz Łukaszewski, .+, who certified the technical facts and evidence at 2026-03-18T15:00:00.000Z/,
  )
  expect(out).toMatch(/Answers: \d+: \d+ supported/)
  expect(out.match(/^note .+$/gm)).toEqual(['note    Whether a certificate was revoked was not checked'])
})

test('without the authority’s certificate: still 0, with a note that says so', async () => {
  const { status, out } = await run(report)
  expect(status).toBe(0)
  expect(out).toContain('note    The signing authority is the preparer’s own, and was not compared')
  expect(out).toContain('Read the notes before you rely on who signed.')
})

test('a changed report: 1, with the checks that failed and what to do', async () => {
  const { status, out } = await run(changed)
  expect(status).toBe(1)
  expect(out).toContain('FAILED  The signed content is unchanged')
  // Whether further checks become impossible depends on what stands at the changed byte.
  expect(out).toMatch(
    /\d+ of 22 checks failed(, and \d+ could not be made because of that)?\. Do not rely on this file/,
  )
})

test('another authority than the given one: 1', async () => {
  expect((await run(report, '--authority', strangerFile)).status).toBe(1)
})

test('--envelope checks the one beside the report, and another file is none', async () => {
  const good = await run(report, '--envelope', envelopeFile)
  expect(good.status).toBe(0)
  expect(good.out).toContain('ok      The envelope that you gave belongs to this file')
  const bad = await run(report, '--envelope', authorityFile)
  expect(bad.status).toBe(1)
  expect(bad.out).toContain('FAILED  The envelope that you gave')
})

test('--json gives machines the same, and the same status', async () => {
  const { status, out } = await run(report, '--json')
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    signatures: [{ role: 'technical-contributor' }, { role: 'insured-officer' }],
  })
  const failing = await run(changed, '--json')
  expect(failing.status).toBe(1)
  expect(JSON.parse(failing.out).ok).toBe(false)
})

test('what cannot be read or was mistyped: 2, with a reason and no result', async () => {
  for (const argv of [
    [],
    [join(folder, 'absent.pdf')],
    [folder],
    [report, 'second.pdf'],
    [report, '--no-such'],
    [report, '--authority', join(folder, 'absent.pem')],
    [report, '--envelope', join(folder, 'absent.json')],
  ]) {
    const { status, out, err } = await run(...argv)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).not.toBe('')
  }
})
