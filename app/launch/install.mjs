// Installs packages when package.json or the lockfile changed since the last time, and only then.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { LaunchError } from './launch-error.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { fingerprint, ROOT, readIfThere } from './project.mjs'
import { runCommand } from './run-command.mjs'

const STAMP = 'node_modules/.attested-installed'

/**
 * `npm install`, not `npm ci`: a lockfile written on one platform can lack another's optional packages,
 * which makes `npm ci` refuse it. Everything is said on stderr: stdout belongs to the command that follows.
 *
 * @param {{quiet?: boolean}} options quiet keeps npm's own output back unless it fails
 */
export async function ensureInstalled(options = {}) {
  if (isInstalled()) return
  await oneAtATime('installation', async () => {
    if (!isInstalled()) await install(options.quiet ?? false)
  })
}

function isInstalled() {
  return readIfThere(STAMP) === wantedStamp()
}

function wantedStamp() {
  return fingerprint(['package.json', 'package-lock.json'], { with: [process.platform, process.arch] })
}

async function install(quiet) {
  console.error('Installing packages (only when they changed; about a minute)…')
  const lockBefore = readIfThere('package-lock.json')
  rmSync(join(ROOT, STAMP), { force: true })
  const { code, output } = await runNpm(quiet)
  if (code !== 0) {
    if (quiet) process.stderr.write(output)
    throw explainNpmFailure(output)
  }
  keepLockfile(lockBefore)
  mkdirSync(join(ROOT, 'node_modules'), { recursive: true })
  writeFileSync(join(ROOT, STAMP), wantedStamp())
}

function runNpm(quiet) {
  const [command, ...before] = npmCommand()
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
  ]
  return runCommand(command, [...before, ...args], {
    // With NODE_ENV=production npm would leave out what the build needs.
    env: { NODE_ENV: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    onOutput: quiet ? undefined : (text) => process.stderr.write(text),
  }).catch((error) => {
    throw new LaunchError(
      'npm-missing',
      `npm could not be started (${error.message}). Reinstall Node with npm.`,
    )
  })
}

/** npm's own script under this very Node, because a shell's `npm` may belong to another one. */
function npmCommand() {
  const running = process.env.npm_execpath
  const besideNode = [
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
    join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
  ]
  const candidates = running && basename(running) === 'npm-cli.js' ? [running, ...besideNode] : besideNode
  const script = candidates.find((path) => existsSync(path))
  return script ? [process.execPath, script] : ['npm']
}

/** Other versions of npm write the same lockfile a little differently; a mere start must not dirty a checkout. */
function keepLockfile(before) {
  if (before === null || before === readIfThere('package-lock.json')) return
  if (describesPackageJson(before)) writeFileSync(join(ROOT, 'package-lock.json'), before)
}

/** False after somebody edited the dependencies by hand: then npm's new lockfile is the one to keep. */
function describesPackageJson(lockfile) {
  const root = JSON.parse(lockfile).packages?.[''] ?? {}
  const wanted = JSON.parse(readIfThere('package.json') ?? '{}')
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every((kind) => {
    const sorted = (list) => JSON.stringify(Object.entries(list ?? {}).sort())
    return sorted(root[kind]) === sorted(wanted[kind])
  })
}

const CAUSES = [
  ['disk-full', /ENOSPC|EDQUOT/, 'The disk is full. Free about 1 GB and run the same command again.'],
  [
    'not-permitted',
    /\b(EACCES|EPERM|EROFS)\b/,
    'This user may not write to the project folder or to the npm cache. Give yourself the folder, or set npm_config_cache to one of your own.',
  ],
  [
    'registry-unreachable',
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/i,
    'The npm registry did not answer. Check the connection, and the proxy or registry in `npm config list`.',
  ],
  [
    'registry-refused',
    /\b(E401|E403|E404|ETARGET|EINTEGRITY)\b/,
    'The npm registry refused a package or sent another one than the lockfile names. Check which registry `npm config get registry` names.',
  ],
]

export function explainNpmFailure(output) {
  const cause = CAUSES.find(([, pattern]) => pattern.test(output))
  if (cause) return new LaunchError(cause[0], `The packages could not be installed. ${cause[2]}`)
  return new LaunchError('install-failed', 'The packages could not be installed; npm tells why above.')
}
