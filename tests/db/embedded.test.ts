import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '#db/client.server.ts'
import { copyBinaries, findBinaries } from '#db/embedded/binaries.server.ts'
import { canRun, ensureSystemUser } from '#db/embedded/system-user.server.ts'
import {
  addRow,
  dataDir,
  isRoot,
  listRows,
  openHere,
  startWithNewDataFolders,
  untilNoServerRuns,
} from './data-folder.ts'

startWithNewDataFolders()

describe('the built-in database', () => {
  test('keeps its rows from one start to the next and leaves nothing running', async () => {
    const id = crypto.randomUUID()
    const first = await openHere()
    await addRow(first, id)
    await first.close()
    await untilNoServerRuns()
    expect(await listRows(await openHere())).toEqual([id])
  })

  test('listens on a socket that only its user can reach, with passwords that only its user can read', async () => {
    await openHere()
    const folder = join(dataDir, 'postgres')
    expect((await stat(folder)).mode & 0o077).toBe(0)
    expect((await stat(join(folder, 'credentials.json'))).mode & 0o777).toBe(0o600)
    expect(await readdir(join(folder, 'socket'))).toContain('.s.PGSQL.5432')
    const database = await openHere().catch((error: Error) => error.message)
    expect(database).toMatch(/in use by another running Attested/)
  })

  test('never trades durability for speed', async () => {
    const database = await openHere()
    const rows = await database.forSignIn((tx) =>
      tx.execute(sql`select string_agg(name || '=' || setting, ' ' order by name) as settings from pg_settings
        where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses')`),
    )
    expect(rows[0]?.settings).toBe('fsync=on full_page_writes=on listen_addresses= synchronous_commit=on')
  })

  test('works in a folder whose path is too long for a socket, and cleans up after itself', async () => {
    const sockets = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('attested-socket-'))
    const before = await sockets()
    await chmod(dataDir, 0o755)
    const database = await openDatabase({ dataDir: join(dataDir, 'x'.repeat(90)) })
    expect(await listRows(database)).toEqual([])
    expect(await sockets()).not.toEqual(before)
    await database.close()
    expect(await sockets()).toEqual(before)
  })

  test('removes what a killed first start left half made', async () => {
    const leftover = join(dataDir, 'postgres.new-999999-abcdef')
    await writeFile(leftover, '')
    await openHere()
    expect(await readdir(dataDir)).toEqual(['postgres'])
  })

  test('says so when the folder holds something else', async () => {
    await writeFile(join(dataDir, 'postgres'), 'not a database')
    await expect(openHere()).rejects.toMatchObject({ code: 'data-folder-unusable' })
  })
})

function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=755', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('as root', () => {
  test.skipIf(!isRoot)(
    'a data folder below a private one is served from a folder of the system',
    async () => {
      const privateData = join(dataDir, 'home', 'data')
      await mkdir(join(dataDir, 'home'), { mode: 0o700 })
      const lines: string[] = []
      const id = crypto.randomUUID()
      const first = await openHere({ dataDir: privateData, log: (line) => lines.push(line) })
      await addRow(first, id)
      await first.close()
      const elsewhere = (await readFile(join(privateData, 'postgres.location'), 'utf8')).trim()
      try {
        expect(lines.join('\n')).toContain(`so the database is kept in ${elsewhere}`)
        const again = await openHere({ dataDir: privateData })
        expect(await listRows(again)).toEqual([id])
        await again.close()
        await rm(join(elsewhere, '..'), { recursive: true })
        await expect(openHere({ dataDir: privateData })).rejects.toMatchObject({
          code: 'data-folder-unusable',
        })
      } finally {
        await rm(join(elsewhere, '..'), { recursive: true, force: true })
      }
    },
  )

  test.skipIf(!isRoot)('the programs can be copied to where the system user reaches them', async () => {
    await chmod(dataDir, 0o755)
    const copy = await copyBinaries(await findBinaries(), dataDir)
    expect(await canRun(await ensureSystemUser(), copy.postgres)).toBe(true)
    expect(await copyBinaries(await findBinaries(), dataDir)).toEqual(copy)
  })

  test.skipIf(!isRoot)('a full disk is named as such, and leaves no half cluster', async ({ skip }) => {
    await chmod(dataDir, 0o755)
    const small = join(dataDir, 'small')
    await mkdir(small)
    if (!mountSmallDisk(small)) skip('this machine lets nobody mount a small disk')
    try {
      await expect(openHere({ dataDir: small })).rejects.toMatchObject({ code: 'disk-full' })
      expect(await readdir(small)).toEqual([])
    } finally {
      execFileSync('umount', [small])
    }
  })
})
