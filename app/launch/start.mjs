// npm start, npm run dev: install, build, then serve in this very process, so that it hears every signal itself.
import { followNpm } from './follow-npm.mjs'
import { requireNode } from './node-version.mjs'

requireNode()
followNpm()

async function main() {
  const isDevelopment = process.argv.includes('--dev')
  const { ensureInstalled } = await import('./install.mjs')
  await ensureInstalled()
  if (!isDevelopment) {
    const { ensureBuilt } = await import('./build.mjs')
    await ensureBuilt()
    const { ensureThreadsBuilt } = await import('./build-threads.mjs')
    process.env.ATTESTED_BUILT_THREADS = await ensureThreadsBuilt()
  }
  process.env.NODE_ENV = isDevelopment ? 'development' : 'production'
  const { register } = await import('tsx/esm/api')
  register()
  const { serve } = await import('../server/main.server.ts')
  await serve({ isDevelopment })
}

main().catch(async (error) => (await import('./launch-error.mjs')).reportAndExit(error))
