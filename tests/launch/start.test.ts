import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDataFolder, processesAbout, type ServerProcess, startServer } from './server-process.ts'

const dataDir = makeDataFolder()
let server: ServerProcess
let address: string

beforeAll(async () => {
  server = startServer({ ATTESTED_DATA_DIR: dataDir })
  address = await server.ready()
})

afterAll(async () => {
  server.child.kill('SIGTERM')
  await server.ended()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('a started server', () => {
  it('answers with a page, and says that it is well', async () => {
    const page = await fetch(address)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<html')
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: 'ok' })
  })

  it('sends a policy whose nonce is on the scripts of that page, and another one next time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const page = await fetch(address)
        const nonce = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1]
        const scripts = (await page.text()).match(/<script[^>]*>/g) ?? []
        expect(scripts.length).toBeGreaterThan(0)
        for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
        return nonce
      }),
    )
    expect(nonces[0]).not.toBe(nonces[1])
  })

  it('keeps its secret to itself', () => {
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600)
  })

  it('is not joined by a second one on the same data folder', async () => {
    const second = startServer({ ATTESTED_DATA_DIR: dataDir })
    expect(await second.ended()).toBe(1)
    expect(second.output()).toContain(`The data folder ${dataDir} is in use by another running Attested`)
    expect(second.output()).not.toMatch(/^ +at /m)
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
  })

  it('keeps its port: another one is told which other port to take, before it opens any data', async () => {
    const port = Number(new URL(address).port)
    const elsewhere = makeDataFolder()
    const second = startServer({ ATTESTED_DATA_DIR: elsewhere, PORT: String(port) })
    expect(await second.ended()).toBe(1)
    expect(second.output()).toContain(`Port ${port} is taken`)
    expect(second.output()).toContain(`PORT=${port + 1} npm start`)
    expect(second.output()).not.toContain('Opening the database')
    rmSync(elsewhere, { recursive: true })
  })

  it('names each unusable setting at once', async () => {
    const second = startServer({ PORT: 'http', ATTESTED_SECRET: 'short' })
    expect(await second.ended()).toBe(1)
    expect(second.output()).toContain('PORT: ')
    expect(second.output()).toContain('ATTESTED_SECRET: ')
    expect(second.output()).not.toContain('short')
  })

  it('says so when the database of DATABASE_URL does not answer, without the password', async () => {
    const url = 'postgres://somebody:verysecret@127.0.0.1:1/attested'
    const second = startServer({ DATABASE_URL: url, ATTESTED_DATA_DIR: dataDir })
    expect(await second.ended()).toBe(1)
    expect(second.output()).toContain('DATABASE_URL')
    expect(second.output()).not.toContain('verysecret')
    expect(second.output()).not.toMatch(/^ +at /m)
  })

  it('stops on SIGTERM with status 0 and leaves no process; a Ctrl-C that arrives twice is one', async () => {
    expect(processesAbout(dataDir) ?? ['no /proc here']).not.toEqual([])
    server.child.kill('SIGTERM')
    setTimeout(() => server.child.kill('SIGTERM'), 20)
    expect(await server.ended()).toBe(0)
    expect(processesAbout(dataDir) ?? []).toEqual([])
    await expect(fetch(address)).rejects.toThrow()
  })

  it('starts again on the data it left', async () => {
    server = startServer({ ATTESTED_DATA_DIR: dataDir })
    address = await server.ready()
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
  })
})
