// npm test: types, lint, then the whole suite. The last line is always "N passed, N failed, N skipped".
import { followNpm } from './follow-npm.mjs'
import { requireNode } from './node-version.mjs'

requireNode()
followNpm()

async function main() {
  const { ensureInstalled } = await import('./install.mjs')
  const { runChecks } = await import('./checks.mjs')
  const { runSuite } = await import('./suite.mjs')
  const { summaryLine } = await import('./test-summary.mjs')
  const { LaunchError } = await import('./launch-error.mjs')
  let summary
  try {
    await ensureInstalled()
    const args = process.argv.slice(2)
    // Somebody who names a file works on that file; the whole project is checked when the whole suite is.
    const failedChecks = args.length === 0 ? await runChecks() : 0
    summary = failedChecks > 0 ? { passed: 0, failed: failedChecks, skipped: 0 } : await runSuite(args)
  } catch (error) {
    console.error(error instanceof LaunchError ? error.message : error)
    summary = { passed: 0, failed: 1, skipped: 0 }
  }
  process.exitCode = summary.failed > 0 ? 1 : 0
  console.log(summaryLine(summary))
}

main()
