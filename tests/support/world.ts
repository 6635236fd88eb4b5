/** A whole running product without a browser: real database, real store, real queue, signed-in members. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { type StartedQueue, startQueue } from '#app/jobs/queue.server.ts'
import type { Mailer } from '#app/mail/smtp.server.ts'
import { signUp } from '#app/services/accounts.server.ts'
import type { Member, OrganisationKind } from '#app/services/member.ts'
import { type Runtime, setRuntime } from '#app/services/runtime.server.ts'
import { demandOf } from '#app/services/second-factor-rules.ts'
import { openSession } from '#app/services/sessions.server.ts'
import type { CheckNetwork } from '#evidence/checks/network.server.ts'
import { openLocalFolderStore } from '#evidence/store/local-folder.server.ts'
import { openTestDatabase } from './database.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface World {
  dataDir: string
  /** Signs up an organisation and signs its owner in, with a second factor where the product lets nobody in without. */
  signUpMember(name: string, kind?: OrganisationKind): Promise<{ member: Member; cookie: string }>
  /** Moves the product's clock; sessions and the ledger follow. */
  setClock(now: Date | null): void
  close(): Promise<void>
}

export async function openWorld(
  options: {
    withJobs?: boolean
    network?: CheckNetwork
    mailer?: Mailer
    settings?: Partial<Runtime['settings']>
  } = {},
): Promise<World> {
  const database = await openTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'attested-world-'))
  const store = await openLocalFolderStore(dataDir)
  let fixedNow: Date | null = null
  let queue: StartedQueue | undefined
  setRuntime({
    network: options.network,
    mailer: options.mailer ?? null,
    database,
    store,
    settings: {
      root,
      dataDir,
      secret: 'a secret of the tests, 32 bytes at least',
      maxUploadBytes: 100_000_000,
      publicUrl: null,
      demoAlways: false,
      ...options.settings,
    },
    clock: () => fixedNow ?? new Date(),
    newId: () => crypto.randomUUID(),
    jobs: {
      enqueue: async (job) => {
        await queue?.enqueue(job)
      },
      enqueueLost: async (jobs) => {
        await queue?.enqueueLost?.(jobs)
      },
    },
  })
  if (options.withJobs) {
    queue = await startQueue({
      url: database.ownerUrl,
      soleOwner: true,
      handle: handleJob,
      log: () => undefined,
    })
  }
  return {
    dataDir,
    async signUpMember(name, kind = 'msp') {
      const email = `${name.toLowerCase().replace(/\W+/g, '.')}@${crypto.randomUUID().slice(0, 8)}.example`
      const organisationName = `${name} IT`
      const made = await signUp({ kind, organisationName, name, email, password: 'correct horse battery' })
      if (made.outcome !== 'created') throw new Error('The test member could not sign up')
      const hasSecondFactor = demandOf({ kind, secondFactorDemandedAt: null }) !== 'none'
      const caller = { address: '127.0.0.1', userAgent: 'vitest' }
      const setCookie = await openSession(made.userId, caller, { hasSecondFactor })
      return {
        member: {
          userId: made.userId,
          name,
          email,
          organisationId: made.organisationId,
          organisationName,
          organisationKind: kind,
          organisationIsDemo: false,
          role: 'owner',
          hasSecondFactor,
        },
        cookie: setCookie.split(';')[0] ?? '',
      }
    },
    setClock(now) {
      fixedNow = now
    },
    async close() {
      await queue?.stop()
      setRuntime(undefined)
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
