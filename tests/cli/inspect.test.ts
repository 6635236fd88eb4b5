import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { runInspect } from '#app/cli/inspect.ts'
import { readNessusFixture } from '#tests/fixtures/nessus/dated.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/nessus/${name}.nessus`, import.meta.url))

async function run(...argv: string[]) {
  let stdout = ''
  let stderr = ''
  const status = await runInspect(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  })
  return { status, stdout, stderr }
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'attested-inspect-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

describe('inspect', () => {
  it('prints one JSON object', async () => {
    const { status, stdout, stderr } = await run(fixture('small-office-internal'), '--json')
    expect([status, stderr]).toEqual([0, ''])
    const inspection = JSON.parse(stdout)
    expect(Object.keys(inspection)).toEqual([
      'format',
      'tool',
      'toolVersion',
      'scanDate',
      'assets',
      'findings',
      'cves',
      'records',
      'scope',
      'gaps',
      'counts',
      'facts',
      'warnings',
    ])
    expect(inspection).toMatchObject({
      format: 'nessus',
      scanDate: '2026-01-20T05:10:00.000Z',
      assets: 4,
      findings: { critical: 5, high: 2, medium: 0, low: 0, info: 9 },
      cves: 4,
      records: 16,
      warnings: [],
    })
    expect(inspection.facts[0]).toMatchObject({
      key: 'vuln.internal_scan_age_days',
      scope: { viewpoint: 'internal' },
    })
  })

  it('takes the scan as made from the internet when told so', async () => {
    const { stdout } = await run('--external', '--json', fixture('exposed-external'))
    expect(JSON.parse(stdout).facts[0]).toMatchObject({
      key: 'vuln.external_scan_age_days',
      scope: { viewpoint: 'external' },
    })
  })

  it('prints words for people', async () => {
    const { status, stdout } = await run(fixture('exposed-external'), '--external')
    expect(status).toBe(0)
    expect(stdout).toContain('Findings: 2 critical, 1 high, 3 medium, 0 low, 4 info')
    expect(stdout).toContain('Remote Desktop services that answer: 1')
    expect(stdout).toContain('Critical weaknesses open for more than 30 days: 1 (partial)')
  })

  it('lets no file steer the terminal', async () => {
    const good = file('clean\u001b[2J.nessus', readNessusFixture('clean-external'))
    const bad = file('cut\u001b[2J.nessus', '<?xml version="1.1"?><NessusClientData_v2></a&#x1b;>')
    const said =
      (await run(good)).stdout + (await run(bad)).stderr + (await run(`${folder}/\u001b]0;x`)).stderr
    expect(said).toContain('clean [2J.nessus')
    expect(said.split('\n').join('')).not.toMatch(/\p{Cc}/u)
  })

  const whole = readNessusFixture('clean-external')
  test.each<[string, () => string[], RegExp]>([
    [
      'a file that is cut off',
      () => [file('cut.nessus', whole.slice(0, 1500)), '--json'],
      /ends before its last element.*\(line \d+, column \d+\)/,
    ],
    ['an empty file', () => [file('empty.nessus', ''), '--json'], /is empty/],
    ['a file of no known format', () => [file('letter.txt', 'Dear reader'), '--json'], /none of the formats/],
    ['binary data', () => [file('noise.bin', Buffer.from([0, 159, 146, 150]))], /none of the formats/],
    [
      'an entity bomb',
      () => [
        file(
          'bomb.nessus',
          whole.replace(
            '<NessusClientData_v2>',
            '<!DOCTYPE NessusClientData_v2 [<!ENTITY a "b">]><NessusClientData_v2>',
          ),
        ),
      ],
      /entities of its own/,
    ],
    ['a file that is not there', () => [join(folder, 'absent.nessus'), '--json'], /no such file/],
    ['a folder', () => [folder, '--json'], /folder/],
    ['no file', () => ['--json'], /^Usage/],
    ['two files', () => ['a', 'b'], /^Usage/],
    ['an option that does not exist', () => ['a', '--jsonn'], /^Usage/],
  ])('refuses %s with status 2, a reason and no output', async (_, argv, reason) => {
    const { status, stdout, stderr } = await run(...argv())
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(reason)
  })
})
