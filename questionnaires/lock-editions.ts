/** Publishes new editions: `npx tsx questionnaires/lock-editions.ts [folder]` adds their hashes to the lock. */
import { findLibraryFolder, lockLibrary } from './library.server.ts'

const { added, refused } = lockLibrary(process.argv[2] ?? findLibraryFolder())
for (const problem of refused) console.error(problem.message)
for (const file of added) console.log(`Locked ${file}`)
if (added.length + refused.length === 0)
  console.log('Nothing to lock: every edition is listed and unchanged.')
process.exitCode = refused.length > 0 ? 1 : 0
