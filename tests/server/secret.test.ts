import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSecret } from '#app/server/secret.server.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attested-secret-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the secret of a data folder', () => {
  it('is made once: 32 bytes, for this user only, and nothing else is left there', async () => {
    const secret = await loadSecret(folder)
    expect(Buffer.from(secret, 'base64')).toHaveLength(32)
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['secret.key'])
    expect(await loadSecret(folder)).toBe(secret)
  })

  it('differs between folders', async () => {
    expect(await loadSecret(join(folder, 'a'))).not.toBe(await loadSecret(join(folder, 'b')))
  })

  it('is one secret when many ask for it at the same moment', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadSecret(folder)))
    expect(new Set(secrets).size).toBe(1)
    expect(readdirSync(folder)).toEqual(['secret.key'])
  })

  it.each(['', 'too short', `${Buffer.alloc(31).toString('base64')}\n`])(
    'is never replaced when damaged: %j',
    async (text) => {
      writeFileSync(join(folder, 'secret.key'), text)
      await expect(loadSecret(folder)).rejects.toMatchObject({ code: 'secret-damaged' })
      expect(readFileSync(join(folder, 'secret.key'), 'utf8')).toBe(text)
    },
  )

  it('is closed to others again when somebody opened it', async () => {
    await loadSecret(folder)
    chmodSync(join(folder, 'secret.key'), 0o644)
    await loadSecret(folder)
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600)
  })
})
