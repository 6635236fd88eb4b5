import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ROOT } from './project.mjs'
import { runCommand } from './run-command.mjs'
import { summarise } from './test-summary.mjs'

/** Runs vitest; `--long` chooses the campaigns of tests/long, all other arguments are vitest's own. */
export async function runSuite(args) {
  // Browser tests open the built application.
  await ensureBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'attested-tests-'))
  const report = join(folder, 'report.json')
  const config = args.includes('--long') ? ['--config', 'tests/long/vitest.config.ts'] : []
  try {
    const { code } = await runCommand(process.execPath, [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args.filter((arg) => arg !== '--long'),
    ])
    return summarise(readReport(report), code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
