// npm run bench: measures the product beside its named baselines.
import { followNpm } from './follow-npm.mjs'
import { requireNode } from './node-version.mjs'

requireNode()
followNpm()

async function main() {
  const { ensureInstalled } = await import('./install.mjs')
  await ensureInstalled()
  const { ensureBuilt } = await import('./build.mjs')
  await ensureBuilt()
  const { runCommand } = await import('./run-command.mjs')
  const args = ['--import', 'tsx', 'bench/run.ts', ...process.argv.slice(2)]
  const { code } = await runCommand(process.execPath, args, { env: { NODE_ENV: 'production' } })
  process.exitCode = code
}

main().catch(async (error) => (await import('./launch-error.mjs')).reportAndExit(error))
