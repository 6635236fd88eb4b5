import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { openLocalFolderStore } from '#evidence/store/local-folder.server.ts'
import { chunksOf, codeOf, describeStore, OURS, readAll } from '../store-contract.ts'

const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'attested-store-'))
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const pathOf = (dataDir: string, organisationId: string, sha256: string) =>
  join(dataDir, 'evidence', organisationId, sha256.slice(0, 2), sha256)
const listFiles = (dataDir: string) =>
  readdirSync(join(dataDir, 'evidence'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

describeStore('the local folder store', async () => {
  const dataDir = newFolder()
  return {
    store: await openLocalFolderStore(dataDir),
    async corrupt(organisationId, sha256, at) {
      const path = pathOf(dataDir, organisationId, sha256)
      const bytes = readFileSync(path)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      chmodSync(path, 0o640)
      writeFileSync(path, bytes)
    },
    listNames: async () => listFiles(dataDir),
    close: async () => undefined,
  }
})

describe('the local folder store', () => {
  const put = async (dataDir: string, text: string) =>
    (await openLocalFolderStore(dataDir)).put(OURS, chunksOf(Buffer.from(text)), { maxBytes: 1000 })

  it('keeps files where nobody changes them by accident', async () => {
    const dataDir = newFolder()
    const { sha256 } = await put(dataDir, 'evidence')
    const path = pathOf(dataDir, OURS, sha256)
    expect(statSync(path).mode & 0o777).toBe(0o440)
    expect(listFiles(dataDir)).toEqual([path])
  })

  it('opens the files of an earlier run', async () => {
    const dataDir = newFolder()
    const { sha256 } = await put(dataDir, 'evidence')
    expect((await readAll((await openLocalFolderStore(dataDir)).open(OURS, sha256))).toString()).toBe(
      'evidence',
    )
  })

  it('clears what a crash left half received, and nothing that is being received now', async () => {
    const dataDir = newFolder()
    await openLocalFolderStore(dataDir)
    const incoming = join(dataDir, 'evidence', 'incoming')
    const leftover = join(incoming, 'a.part')
    const current = join(incoming, 'b.part')
    const foreign = join(incoming, 'notes.txt')
    for (const path of [leftover, current, foreign]) writeFileSync(path, 'half')
    utimesSync(leftover, 1000, 1000)
    utimesSync(foreign, 1000, 1000)
    await openLocalFolderStore(dataDir, { cleanLeftovers: false })
    expect(existsSync(leftover)).toBe(true)
    await openLocalFolderStore(dataDir)
    expect([leftover, current, foreign].map(existsSync)).toEqual([false, true, true])
  })

  it('says that it cannot be used when its folder cannot be made', async () => {
    const dataDir = newFolder()
    writeFileSync(join(dataDir, 'evidence'), 'a file where the folder should be')
    expect(await codeOf(openLocalFolderStore(dataDir))).toBe('unavailable')
  })

  it('says that it cannot be written when its folder has gone', async () => {
    const dataDir = newFolder()
    const store = await openLocalFolderStore(dataDir)
    rmSync(join(dataDir, 'evidence'), { recursive: true })
    expect(await codeOf(store.put(OURS, chunksOf(Buffer.from('x')), { maxBytes: 10 }))).toBe('unavailable')
  })

  it.skipIf(process.platform === 'win32')('tells a full disk and leaves nothing behind', async () => {
    const dataDir = newFolder()
    const script = `
      import { openLocalFolderStore } from '#evidence/store/local-folder.server.ts'
      async function* bytes() { for (let count = 0; count < 100; count++) yield Buffer.alloc(65536, count) }
      const store = await openLocalFolderStore(process.argv[1])
      console.log(await store.put('${OURS}', bytes(), { maxBytes: 1e9 }).then(() => 'stored', (error) => error.code))
    `
    // The shell's file size limit is the one full disk that needs no rights: 512 blocks of at most 1 KiB.
    const command = 'ulimit -f 512; exec "$0" --import tsx --input-type=module -e "$1" "$2"'
    const { stdout } = await promisify(execFile)('bash', ['-c', command, process.execPath, script, dataDir], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    })
    expect(stdout.trim()).toBe('disk-full')
    expect(listFiles(dataDir)).toEqual([])
  })

  it('leaves no half file that looks whole when it is killed at any moment', async () => {
    const dataDir = newFolder()
    const script = `
      import { openLocalFolderStore } from '#evidence/store/local-folder.server.ts'
      const store = await openLocalFolderStore(process.argv[1])
      for (let file = 0; ; file++) {
        async function* bytes() { for (let count = 0; count < 40; count++) yield Buffer.alloc(65536, file) }
        console.log((await store.put('${OURS}', bytes(), { maxBytes: 1e9 })).sha256)
      }
    `
    for (const wait of [5, 30, 75]) {
      const acknowledged = await runAndKill(script, dataDir, wait)
      const store = await openLocalFolderStore(dataDir, { cleanLeftovers: false })
      const stored = listFiles(dataDir).filter((path) => !path.endsWith('.part'))
      for (const path of stored) {
        const sha256 = path.slice(-64)
        expect((await readAll(await store.openVerified(OURS, sha256))).length).toBe(40 * 65_536)
      }
      expect(stored.map((path) => path.slice(-64))).toEqual(expect.arrayContaining(acknowledged))
      expect(acknowledged.length).toBeGreaterThan(0)
    }
  })
})

/** Kills the writer `wait` ms after its first file; returns the files that it had acknowledged. */
function runAndKill(script: string, dataDir: string, wait: number): Promise<string[]> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script, dataDir],
      { cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
      (_error, stdout) => resolve(stdout.split('\n').filter((line) => line.length === 64)),
    )
    child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), wait))
  })
}
