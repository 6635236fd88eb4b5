/** The recipe by hand, run as it stands in the documentation. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonicalStatement } from '#app/report/statement.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { exampleStatement } from './example-statement.ts'
import { needs } from './outside-tools.ts'
import { makeAuthority, makeSignedReport } from './signed-report.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-recipe-'))
const guide = readFileSync(new URL('../../docs/verify-a-report.md', import.meta.url), 'utf8')
const part = guide.split('## With other people')[1]?.split('\n## ')[0] ?? ''
const [tools, signature] = [...part.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, script]) => script ?? '')
let report: Uint8Array

beforeAll(async () => {
  const authority = await makeAuthority()
  report = await makeSignedReport({ authority })
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
