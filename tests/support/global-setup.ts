/** One PostgreSQL for the whole run, with a migrated template that each test file copies. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureThreadsBuilt } from '#app/launch/build-threads.mjs'
import { BUILT_THREADS } from '#app/threads/thread-source.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { startEmbedded } from '#db/embedded.server.ts'
import { migrate } from '#db/migrate.server.ts'

/** What tests need to know of the server. */
export interface TestServer {
  /** A superuser. */
  adminUrl: string
  /** Owns the tables; its database name is replaced by that of a copy. */
  ownerUrl: string
  template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // While files are watched, what was built is soon yesterday's.
  if (!project.config.watch) process.env[BUILT_THREADS] = await ensureThreadsBuilt()
  const { server, stop } = await startServer()
  try {
    await makeTemplate(server)
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('testServer', server)
  return async () => {
    await dropTemplate(server).finally(stop)
  }
}

async function startServer(): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const template = `attested_test_${randomBytes(4).toString('hex')}`
  const external = process.env.ATTESTED_TEST_DATABASE_URL
  if (external) {
    const server = { adminUrl: external, ownerUrl: await makeOwner(external), template }
    return { server, stop: async () => {} }
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'attested-test-'))
  const remove = () => rm(dataDir, { recursive: true, force: true })
  try {
    const { superuserUrl, ownerUrl, close } = await startEmbedded({ dataDir, isThrowAway: true })
    const server = { adminUrl: superuserUrl, ownerUrl, template }
    return { server, stop: () => close().finally(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

async function makeTemplate({ adminUrl, ownerUrl, template }: TestServer): Promise<void> {
  const admin = connectTo(adminUrl, { max: 1 })
  const owner = connectTo(ownerUrl, { max: 1, database: template })
  try {
    await admin.unsafe(`create database ${template} owner ${decodeURIComponent(new URL(ownerUrl).username)}`)
    await migrate(owner)
  } finally {
    // A template with a connection cannot be copied.
    await Promise.all([admin.end(), owner.end()])
  }
}

async function dropTemplate({ adminUrl, template }: TestServer): Promise<void> {
  const admin = connectTo(adminUrl, { max: 1 })
  // Copies are dropped by their tests, except those of a test process that died.
  const names = await admin<{ datname: string }[]>`
    select datname from pg_database where datname like ${`${template}%`}`
  for (const { datname } of names) await admin.unsafe(`drop database if exists ${datname} with (force)`)
  await admin.end()
}

/** On an external server: the same kind of owner as the built-in one has. It stays; its password is new each time. */
async function makeOwner(url: string): Promise<string> {
  const admin = connectTo(url, { max: 1 })
  try {
    const [row] = await admin`select rolsuper from pg_roles where rolname = current_user`
    if (!row?.rolsuper)
      throw new Error('ATTESTED_TEST_DATABASE_URL must name a superuser of a server for tests.')
    const name = 'attested_test_owner'
    const [existing] = await admin`select from pg_roles where rolname = ${name}`
    const password = randomBytes(16).toString('hex')
    await admin.unsafe(
      `${existing ? 'alter' : 'create'} role ${name} login createrole password '${password}'`,
    )
    return url.replace(/\/\/[^@/]*@/, `//${name}:${password}@`)
  } finally {
    await admin.end()
  }
}
