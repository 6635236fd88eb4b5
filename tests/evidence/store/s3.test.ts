/** The S3 store against s3rver; what s3rver lacks (locks, conditions, refusals) is in s3-service.test.ts. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, vi } from 'vitest'
import { openS3Store } from '#evidence/store/s3.server.ts'
import { S3RVER_KEYS, startS3rver } from '#tests/support/s3rver.ts'
import { describeStore } from '../store-contract.ts'

beforeAll(() => {
  for (const [name, value] of Object.entries(S3RVER_KEYS)) vi.stubEnv(name, value)
})
afterAll(() => {
  vi.unstubAllEnvs()
})

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

describeStore(
  'the S3 store',
  async () => {
    const service = await startS3rver()
    const dataDir = mkdtempSync(join(tmpdir(), 'attested-s3-spool-'))
    const settings = {
      bucket: service.bucket,
      endpoint: service.endpoint,
      region: null,
      prefix: 'msp/evidence',
      isPathStyle: true,
      retention: null,
    }
    return {
      store: await openS3Store(settings, { dataDir }),
      async corrupt(organisationId, sha256, at) {
        const path = service.pathOf(`msp/evidence/${organisationId}/${sha256}`)
        const bytes = readFileSync(path)
        bytes[at] = (bytes[at] ?? 0) ^ 1
        chmodSync(path, 0o640)
        writeFileSync(path, bytes)
      },
      listNames: async () => [...filesBelow(service.folder), ...filesBelow(dataDir)],
      async close() {
        await service.stop()
        rmSync(dataDir, { recursive: true, force: true })
      },
    }
  },
  { largeMegabytes: 160 },
)
