import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { ensureSystemUser } from '#db/embedded/system-user.server.ts'
import {
  addRow,
  dataDir,
  findServer,
  firstLine,
  isRoot,
  kill,
  killedAtTheEnd,
  listRows,
  openHere,
  startHolder,
  startOrphan,
  startWithNewDataFolders,
  untilNoServerRuns,
} from './data-folder.ts'

startWithNewDataFolders()

describe('a second start on the same data folder', () => {
  test('is refused with a code and a sentence that says what to do, and the first goes on', async () => {
    const first = await openHere()
    await expect(openHere()).rejects.toMatchObject({
      code: 'data-folder-locked',
      name: 'DataFolderLockedError',
    })
    const refused = await firstLine(startHolder())
    expect(refused).toMatch(/^refused data-folder-locked .*Stop that one first.*ATTESTED_DATA_DIR/)
    expect(refused).toContain(`process ${process.pid}`)
    expect(await listRows(first)).toEqual([])
  })

  test.each([
    ['a new folder', async () => {}],
    ['a folder with an orphaned server', () => startOrphan().then(() => {})],
  ])('at the same time: exactly one wins on %s', async (_, prepare) => {
    await prepare()
    const lines = await Promise.all([startHolder(), startHolder(), startHolder()].map(firstLine))
    expect(lines.filter((line) => line === 'open')).toHaveLength(1)
    expect(lines.filter((line) => line.startsWith('refused data-folder-locked'))).toHaveLength(2)
  })

  test('is still refused after PostgreSQL has restarted its connections', async () => {
    const first = await openHere()
    const [backend] = await first.forSignIn((tx) =>
      tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`),
    )
    process.kill(backend?.pid as number, 'SIGKILL')
    await expect.poll(() => listRows(first).catch(() => null), { timeout: 240_000 }).toEqual([])
    await expect(openHere()).rejects.toMatchObject({ code: 'data-folder-locked' })
  })
})

describe('after kill -9', () => {
  test('of Attested, the next start has every acknowledged row', { timeout: 240_000 }, async () => {
    const acknowledged: string[] = []
    for (let round = 0; round < 3; round++) {
      const holder = startHolder('rows')
      let text = ''
      holder.stdout.on('data', (chunk: string) => {
        text += chunk
      })
      await expect.poll(() => text.split('\n').length, { timeout: 240_000 }).toBeGreaterThan(20 + round * 13)
      await kill(holder)
      acknowledged.push(...[...text.matchAll(/^row (\S+)\n/gm)].map((match) => match[1] as string))
    }
    const kept = new Set(await listRows(await openHere()))
    expect(acknowledged.length).toBeGreaterThan(50)
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  })

  test('of Attested, the server goes as well', async () => {
    const holder = startHolder()
    await firstLine(holder)
    await kill(holder)
    await untilNoServerRuns()
  })

  test('of Attested and its watchdog, the next start replaces the orphan', async () => {
    const id = crypto.randomUUID()
    const first = await openHere()
    await addRow(first, id)
    await first.close()
    const orphan = await startOrphan()
    const lines: string[] = []
    expect(await listRows(await openHere({ log: (line) => lines.push(line) }))).toEqual([id])
    expect(lines).toContain('Stopping the database that an earlier Attested left running')
    expect(await findServer()).not.toBe(orphan)
  })

  test('of the server, the crash is reported and the next start recovers', async () => {
    const id = crypto.randomUUID()
    let report: (error: Error) => void = () => {}
    const crashed = new Promise<Error>((resolve) => {
      report = resolve
    })
    await addRow(await openHere({ onCrash: report }), id)
    process.kill((await findServer()) as number, 'SIGKILL')
    expect((await crashed).message).toMatch(
      /The database ended by itself, and Attested has to be restarted.*SIGKILL/s,
    )
    expect(await listRows(await openHere())).toEqual([id])
  })

  test("a process that has got the old server's id is no obstacle", async () => {
    const first = await openHere()
    await first.close()
    // Of the user that PostgreSQL runs as: it would take anybody else's process for harmless by itself.
    const user = isRoot ? await ensureSystemUser() : {}
    const innocent = killedAtTheEnd(spawn('/bin/sleep', ['60'], { ...user, stdio: 'ignore' }))
    const cluster = join(dataDir, 'postgres', 'cluster')
    await writeFile(
      join(cluster, 'postmaster.pid'),
      `${innocent.pid}\n${cluster}\n1700000000\n5432\n${dataDir}\n\n  1 1\nready   \n`,
    )
    expect(await listRows(await openHere())).toEqual([])
  })
})
