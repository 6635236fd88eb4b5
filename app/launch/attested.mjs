// npm run attested: the command line. What is said here goes to stderr; stdout carries results only.
import { followNpm } from './follow-npm.mjs'
import { requireNode } from './node-version.mjs'

requireNode()
followNpm()

async function main() {
  const { ensureInstalled } = await import('./install.mjs')
  const { ROOT } = await import('./project.mjs')
  await ensureInstalled({ quiet: true })
  // npm moves to the project's folder; file names are meant from where they were typed.
  const { npm_lifecycle_event: script, INIT_CWD: typedIn } = process.env
  if (script === 'attested' && typedIn && process.cwd() === ROOT) process.chdir(typedIn)
  const { register } = await import('tsx/esm/api')
  register()
  const { runCommandLine } = await import('../cli/attested.ts')
  process.exitCode = await runCommandLine(process.argv.slice(2))
}

main().catch(async (error) => (await import('./launch-error.mjs')).reportAndExit(error))
