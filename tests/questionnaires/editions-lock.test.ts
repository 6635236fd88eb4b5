import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareWithLock } from '#questionnaires/editions.ts'
import {
  findEdition,
  findLibraryFolder,
  getEdition,
  LibraryError,
  listEditions,
  loadLibrary,
  readEditions,
  readLibrary,
  readLock,
} from '#questionnaires/library.server.ts'

const library = findLibraryFolder()
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'))
  cpSync(library, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const first = () => join(folder, 'core-cyber', '1.yaml')
const problems = () =>
  compareWithLock(readLock(folder), readEditions(folder)).map(({ code, file }) => ({ code, file }))

async function publish() {
  const script = fileURLToPath(new URL('../../questionnaires/lock-editions.ts', import.meta.url))
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', script, folder])
  return run.then(
    ({ stdout }) => ({ status: 0, said: stdout }),
    (error: { code: number; stderr: string }) => ({ status: error.code, said: error.stderr }),
  )
}

describe('the published library', () => {
  it('is exactly what its lock says', () => {
    expect(compareWithLock(readLock(library), readEditions(library))).toEqual([])
  })

  it('is loaded once, with the hash that statements cite', () => {
    expect(loadLibrary()).toBe(loadLibrary())
    expect(getEdition('core-cyber', '1').sha256).toBe(readLock(library)[0]?.sha256)
  })

  it('finds no edition that was never published', () => {
    expect(findEdition('core-cyber', '99')).toBeNull()
    expect(findEdition('../core-cyber', '1')).toBeNull()
    expect(() => getEdition('core-cyber', '99')).toThrow(LibraryError)
  })
})

describe('the lock', () => {
  it('notices one changed letter', () => {
    const text = readFileSync(first(), 'utf8')
    writeFileSync(first(), text.replace('Is MFA demanded', 'Is MFA Demanded'))
    expect(problems()).toEqual([{ code: 'changed', file: 'core-cyber/1.yaml' }])
    expect(() => readLibrary(folder)).toThrow(/has changed/)
  })

  it('notices a changed comment, because the hash is of the file', () => {
    writeFileSync(first(), `${readFileSync(first(), 'utf8')}# later thought\n`)
    expect(problems()).toEqual([{ code: 'changed', file: 'core-cyber/1.yaml' }])
  })

  it('does not mind a checkout with CRLF line ends', () => {
    writeFileSync(first(), readFileSync(first(), 'utf8').replaceAll('\n', '\r\n'))
    expect(problems()).toEqual([])
  })

  it('notices a missing file', () => {
    rmSync(first())
    expect(problems()).toEqual([{ code: 'missing', file: 'core-cyber/1.yaml' }])
  })

  it('notices an edition that was never locked', () => {
    addNext()
    expect(problems()).toEqual([{ code: 'unlisted', file: 'core-cyber/9.yaml' }])
  })

  it('notices an edition in the wrong place', () => {
    writeFileSync(join(folder, 'core-cyber', '3.yaml'), readFileSync(first()))
    expect(problems()).toContainEqual({ code: 'misplaced', file: 'core-cyber/3.yaml' })
  })

  it('is refused when it cannot be read', () => {
    writeFileSync(join(folder, 'editions.lock.json'), '[{"file": ')
    expect(() => readLibrary(folder)).toThrow(/cannot be read/)
  })
})

describe('the publishing script', () => {
  it('adds a new edition and leaves the others as they are', async () => {
    const before = readLock(folder)
    addNext()
    expect(await publish()).toEqual({ status: 0, said: 'Locked core-cyber/9.yaml\n' })
    const after = readLock(folder)
    expect(after).toHaveLength(before.length + 1)
    expect(after).toEqual(
      expect.arrayContaining([...before, expect.objectContaining({ formCode: 'core-cyber', edition: '9' })]),
    )
    expect(readLibrary(folder)).toHaveLength(before.length + 1)
    expect((await publish()).said).toMatch(/Nothing to lock/)
  })

  it('refuses a changed edition and writes nothing, not even a new one', async () => {
    const before = readLock(folder)
    addNext()
    writeFileSync(first(), `${readFileSync(first(), 'utf8')}# changed\n`)
    expect(await publish()).toMatchObject({ status: 1, said: expect.stringMatching(/has changed/) })
    expect(readLock(folder)).toEqual(before)
  })

  it('refuses to publish a malformed edition', async () => {
    writeFileSync(join(folder, 'core-cyber', '9.yaml'), 'schema: 1\n')
    expect(await publish()).toMatchObject({
      status: 1,
      said: expect.stringContaining('core-cyber/9.yaml:1:1'),
    })
  })
})

it('editions are listed with the newest of each form first', () => {
  const order = listEditions().map(({ edition }) => `${edition.form.code} ${edition.edition}`)
  expect(order[0]).toMatch(/^core-cyber /)
})

function addNext() {
  const text = readFileSync(first(), 'utf8').replace(/^edition: .*$/m, "edition: '9'")
  writeFileSync(join(folder, 'core-cyber', '9.yaml'), text)
}
