/** The passphrase of private keys at rest: made once, kept in the data folder when the environment gives none. */
import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const FILE = 'secret.key'

export class SecretError extends Error {
  override name = 'SecretError'
  readonly code = 'secret-damaged'
}

/**
 * Reads the secret of a data folder, or makes one: 32 random bytes in base64, readable by this user only.
 * @throws SecretError when the file is there and is no secret. It is never replaced: the organisations'
 *   signing keys open with nothing else.
 */
export async function loadSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, FILE)
  return (await readSecret(path)) ?? (await createSecret(dataDir, path))
}

/**
 * The secret of a data folder, for commands that make none.
 * @returns null where there is none
 * @throws SecretError as `loadSecret`
 */
export function findSecret(dataDir: string): Promise<string | null> {
  return readSecret(join(dataDir, FILE))
}

async function readSecret(path: string): Promise<string | null> {
  let text: string
  try {
    text = (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  if (Buffer.from(text, 'base64').length !== 32) {
    throw new SecretError(
      `${path} is damaged: it should hold 32 bytes in base64. Restore it from a backup; without it the organisations' signing keys cannot be opened.`,
    )
  }
  if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600)
  return text
}

async function createSecret(dataDir: string, path: string): Promise<string> {
  await mkdir(dataDir, { recursive: true })
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(`${randomBytes(32).toString('base64')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    // A link appears whole or not at all, and never over a file that another process was quicker to make.
    await link(temporary, path).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(temporary, { force: true })
  }
  await syncFolder(dataDir)
  const secret = await readSecret(path)
  if (secret === null) throw new SecretError(`${path} vanished while it was made. Start again.`)
  return secret
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and needs no such sync.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
