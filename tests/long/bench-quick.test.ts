import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = () => readFileSync(`${root}/bench/README.md`, 'utf8')

interface Result {
  name: string
  rows: { what: string; ours: number; theirs: number; ratio: number; baseline: string }[]
  notes: string[]
}

function bench(...args: string[]) {
  const command = ['--import', 'tsx', 'bench/run.ts', ...args]
  return promisify(execFile)(process.execPath, command, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', VITEST: '' },
  })
}

test('every measurement runs, gives finite ratios against a named baseline, and a quick run leaves the results alone', async () => {
  const before = readme()
  const { stdout } = await bench('--quick', '--json')
  const results: Result[] = JSON.parse(stdout)
  expect(results.map(({ name }) => name)).toEqual([
    'import',
    'formats',
    'upload',
    'report',
    'gates',
    'page',
    'findings',
  ])
  for (const { name, rows, notes } of results) {
    expect(rows.length, `${name}: ${notes.join(' ')}`).toBeGreaterThan(1)
    for (const row of rows) {
      for (const value of [row.ours, row.theirs, row.ratio]) {
        expect(value, `${name}: ${row.what}`).toBeGreaterThan(0)
        expect(Number.isFinite(value), `${name}: ${row.what}`).toBe(true)
      }
      // One round: the median ratio is the plain one.
      expect(row.ratio).toBeCloseTo(row.ours / row.theirs, 6)
      expect(row.baseline).not.toBe('')
    }
  }
  expect(readme()).toBe(before)
}, 240_000)

test.each([['imports'], ['--upload-mb=0'], ['--fast']])('%s is refused with the usage', async (argument) => {
  await expect(bench(argument)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Usage: npm run bench'),
  })
})
