// What is checked without running the code: types, and lint with format.
import { join } from 'node:path'
import { ROOT } from './project.mjs'
import { runCommand } from './run-command.mjs'

const CHECKS = [
  { name: 'types', script: 'node_modules/typescript/bin/tsc', args: ['--noEmit', '--pretty', 'false'] },
  { name: 'lint and format', script: 'node_modules/@biomejs/biome/bin/biome', args: ['check', '.'] },
]

/** @returns how many of the checks failed; what they found is printed. */
export async function runChecks() {
  const results = await Promise.all(CHECKS.map(runCheck))
  return results.filter((hasPassed) => !hasPassed).length
}

async function runCheck({ name, script, args }) {
  const { code, output } = await runCommand(process.execPath, [join(ROOT, script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  console.log(code === 0 ? `ok   ${name}` : `FAIL ${name}\n${output}`)
  return code === 0
}
