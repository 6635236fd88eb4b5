/** Where the embedded server listens. */
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Home } from './home.server.ts'

/** Where a server listens: a folder with its socket, or a loopback port where there are no sockets (Windows). */
export interface Address {
  host: string
  port: number
}

// A name of 107 bytes fits on Linux, 103 on macOS.
const SOCKET_PATH_BYTES = 103
export const SOCKET_PORT = 5432

export async function chooseAddress(home: Home): Promise<Address> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await findFreePort() }
  const usual = join(home.folder, 'socket')
  const fits = Buffer.byteLength(join(usual, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_PATH_BYTES
  if (fits) await mkdir(usual, { recursive: true, mode: 0o700 })
  const folder = fits
    ? usual
    : await mkdtemp(join(tmpdir().length > 60 ? '/tmp' : tmpdir(), 'attested-socket-'))
  if (home.user) await chown(folder, home.user.uid, home.user.gid)
  return { host: folder, port: SOCKET_PORT }
}

/** The socket's folder, where the data folder's path was too long for it; made anew at each start. */
export function temporarySocketFolder(home: Home, { host }: Address): string | null {
  return host.startsWith('/') && !host.startsWith(home.folder) ? host : null
}

export async function removeSocketFolder(home: Home, address: Address): Promise<void> {
  const folder = temporarySocketFolder(home, address)
  if (folder?.includes('attested-socket-')) await rm(folder, { recursive: true, force: true })
}

async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** `postgres` is the cluster's own database, for its superuser; `attested` ours, for its owner. */
export function urlOf(
  home: Pick<Home, 'credentials'>,
  { host, port }: Address,
  database: 'postgres' | 'attested',
): string {
  const { superuserPassword, ownerPassword } = home.credentials
  const login = database === 'postgres' ? `postgres:${superuserPassword}` : `attested_owner:${ownerPassword}`
  return `postgres://${login}@${encodeURIComponent(host)}:${port}/${database}`
}
