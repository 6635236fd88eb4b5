// Builds the application when its sources changed since the last build, and only then.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchError } from './launch-error.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { fingerprint, ROOT, readIfThere } from './project.mjs'
import { runCommand } from './run-command.mjs'

const STAMP = 'build/.attested-built'
const SOURCES = [
  ...['app', 'db', 'evidence', 'questionnaires', 'public'],
  ...['package.json', 'package-lock.json', 'remix.config.js', 'tsconfig.json', 'vite.config.ts'],
]
// Run from their sources, never from the build.
const NOT_BUILT = ['app/cli', 'app/launch', 'app/server']

export async function ensureBuilt() {
  if (isBuilt()) return
  await oneAtATime('build', async () => {
    if (!isBuilt()) await build()
  })
}

function isBuilt() {
  return readIfThere('build/server/index.js') !== null && readIfThere(STAMP) === wantedStamp()
}

function wantedStamp() {
  return fingerprint(SOURCES, { except: NOT_BUILT })
}

async function build() {
  console.error('Building the application (only when its sources changed)…')
  const before = Date.now()
  const stamp = wantedStamp()
  rmSync(join(ROOT, STAMP), { force: true })
  const remix = join(ROOT, 'node_modules/@remix-run/dev/dist/cli.js')
  const { code, output } = await runCommand(process.execPath, [remix, 'vite:build', '--logLevel', 'warn'], {
    env: { NODE_ENV: 'production', VITEST: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (code !== 0) {
    process.stderr.write(reasonIn(output))
    if (/ENOSPC/.test(output))
      throw new LaunchError('disk-full', 'The disk is full. Free some space and try again.')
    throw new LaunchError('build-failed', 'The application could not be built; the reason stands above.')
  }
  // Sources that changed meanwhile give another fingerprint next time, and so another build.
  mkdirSync(join(ROOT, 'build'), { recursive: true })
  writeFileSync(join(ROOT, STAMP), stamp)
  console.error(`Built in ${((Date.now() - before) / 1000).toFixed(0)} s.`)
}

/** After the reason Vite prints thousands of file names, before it warnings that are none of ours. */
export function reasonIn(output) {
  const failed = output.search(/^.*Build failed/m)
  return output.slice(Math.max(failed, 0)).replace(/^ *watchFiles: [\s\S]*/m, '')
}
