/** The recipe by hand, run as it stands in the documentation. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalStatement } from '#app/report/statement.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import {
  hasOpenssl,
  startTimestampAuthority,
  type TimestampAuthority,
} from '../support/timestamp-authority.ts'
import { makeArchivedReport } from './archived-report.ts'
import { exampleStatement } from './example-statement.ts'
import { needs } from './outside-tools.ts'
import { makeAuthority, makeReportWithEnvelope } from './signed-report.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-recipe-'))
const guide = readFileSync(new URL('../../docs/verify-a-report.md', import.meta.url), 'utf8')
const scriptsOf = (heading: string) => {
  const part = guide.split(`## ${heading}`)[1]?.split('\n## ')[0] ?? ''
  return [...part.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, script]) => script ?? '')
}
const [tools, signature] = scriptsOf('With other people')
const envelope = scriptsOf('The machine-readable twins').find((script) => script.startsWith('envelope='))
let report: Uint8Array
let beside: string

beforeAll(async () => {
  const authority = await makeAuthority()
  const made = await makeReportWithEnvelope({ authority })
  report = made.pdf
  beside = made.envelope
  writeFileSync(join(folder, 'signing-authority.pem'), authority.certificatePem)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(script: string | undefined, bytes: Uint8Array) {
  writeFileSync(join(folder, 'report.pdf'), bytes)
  const done = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script ?? 'false'], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status: done.status, said: `${done.stdout}${done.stderr}` }
}

test('digests, signatures, structure and the statement', (context) => {
  for (const tool of ['pdfsig', 'qpdf', 'pdfdetach', 'sha256sum']) needs(tool, context.skip)
  const { status, said } = run(tools, report)
  expect(status, said).toBe(0)
  expect(said).toContain(`${sha256Hex(report)}  report.pdf`)
  expect(said.match(/Signature is Valid/g)).toHaveLength(2)
  expect(said).toContain('Total document signed')
  expect(said).toContain('No syntax or stream encoding errors')
  expect(said).toContain(`${sha256Hex(canonicalStatement(exampleStatement()))}  statement.json`)
})

test('the last signature by itself, which a changed byte breaks', (context) => {
  for (const tool of ['pdfsig', 'openssl']) needs(tool, context.skip)
  const { status, said } = run(signature, report)
  expect(said).toContain('CAdES Verification successful')
  expect(status, said).toBe(0)
  const changed = Uint8Array.from(report)
  changed[5000] = (changed[5000] ?? 0) ^ 1
  expect(run(signature, changed).said).toMatch(/digest|verification fail/i)
})

test('the envelopes inside and beside the report, which a changed byte breaks', (context) => {
  for (const tool of ['pdfdetach', 'jq', 'openssl']) needs(tool, context.skip)
  writeFileSync(join(folder, 'report.pdf'), report)
  spawnSync('pdfdetach', ['-saveall', '-o', folder, join(folder, 'report.pdf')])
  const inside = run(envelope, report)
  expect(inside.status, inside.said).toBe(0)
  expect(inside.said).toContain('Verified OK')
  expect(inside.said).toContain('signer.pem: OK')
  expect(inside.said).toContain(`${sha256Hex(canonicalStatement(exampleStatement()))}  statement.json`)
  const oscal = sha256Hex(readFileSync(join(folder, 'oscal-assessment-results.json')))
  expect(inside.said).toContain(`${oscal}  oscal-assessment-results.json`)

  const ofBeside = envelope?.replace('envelope=readiness.dsse.json', 'envelope=beside.json')
  writeFileSync(join(folder, 'beside.json'), beside)
  const detached = run(ofBeside, report)
  expect(detached.status, detached.said).toBe(0)
  expect(detached.said).toContain(`${sha256Hex(report)}  readiness-report.pdf`)

  const said = JSON.parse(beside) as { payload: string }
  const payload = Buffer.from(said.payload, 'base64').toString().replace('Brightwater', 'Darkwater')
  const changed = { ...said, payload: Buffer.from(payload).toString('base64') }
  writeFileSync(join(folder, 'beside.json'), JSON.stringify(changed))
  const refused = run(ofBeside, report)
  expect(refused.status).not.toBe(0)
  expect(refused.said).toContain('Verification failure')
})

describe.skipIf(!hasOpenssl())('a report with an archive', () => {
  const [cutting, archiving] = scriptsOf('The archive')
  let tsa: TimestampAuthority
  let archived: Awaited<ReturnType<typeof makeArchivedReport>>
  beforeAll(async () => {
    tsa = await startTimestampAuthority()
    const authority = await makeAuthority()
    archived = await makeArchivedReport({ authority, tsa })
    writeFileSync(join(folder, 'signing-authority.pem'), authority.certificatePem)
    writeFileSync(join(folder, 'timestamp-root.pem'), readFileSync(tsa.rootPath))
  })
  afterAll(() => tsa?.close())

  test('is cut to the file as it was signed', (context) => {
    needs('pdfsig', context.skip)
    const { status, said } = run(cutting, archived.pdf)
    expect(status, said).toBe(0)
    expect(Buffer.compare(readFileSync(join(folder, 'signed.pdf')), archived.signed)).toBe(0)
    expect(said.match(/Signature is Valid/g)).toHaveLength(2)
    expect(said).toContain('Total document signed')
  })

  test('gives its timestamp and the revocation list by hand, and a changed byte breaks the timestamp', (context) => {
    for (const tool of ['qpdf', 'openssl', 'xxd']) needs(tool, context.skip)
    const { status, said } = run(archiving, archived.pdf)
    expect(status, said).toBe(0)
    expect(said).toContain('Verification: OK')
    expect(said).toContain('verify OK')
    const changed = Uint8Array.from(archived.pdf)
    changed[5000] = (changed[5000] ?? 0) ^ 1
    expect(run(archiving, changed).said).toContain('Verification: FAILED')
  })
})
