/** PostgreSQL refuses to run as root: then it runs as the system user `postgres`. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { DatabaseStartError } from '../start-error.ts'

const run = promisify(execFile)
const NAME = 'postgres'

export interface SystemUser {
  uid: number
  gid: number
}

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** @throws DatabaseStartError `system-user-missing` when there is none and none can be made. */
export async function ensureSystemUser(): Promise<SystemUser> {
  const existing = await findSystemUser()
  if (existing) return existing
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', NAME])
  } catch (error) {
    // Two first starts at once: the other one may have made it.
    const made = await findSystemUser()
    if (made) return made
    throw new DatabaseStartError(
      'system-user-missing',
      `PostgreSQL does not run as root, and the system user "${NAME}" could not be made. ` +
        `Run Attested as an ordinary user, or create the user with: useradd --system --user-group ${NAME}`,
      { cause: error },
    )
  }
  return (await findSystemUser()) as SystemUser
}

/** Asked of the operating system itself, because mode bits don't tell of access lists and mount options. */
export async function canEnter(user: SystemUser, folder: string): Promise<boolean> {
  return succeedsAs(user, '/bin/sh', ['-c', 'cd -- "$1" && test -x .', 'sh', folder])
}

export async function canRun(user: SystemUser, program: string): Promise<boolean> {
  return succeedsAs(user, program, ['--version'])
}

async function succeedsAs(user: SystemUser, program: string, args: string[]): Promise<boolean> {
  return run(program, args, { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

async function findSystemUser(): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return null
  }
}
