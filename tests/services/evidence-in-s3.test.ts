/** The whole way with a bucket in place of the folder: taken in, read by the import's own thread, handed out again. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { openRevision, registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { getScan } from '#app/services/scans.server.ts'
import { checkStore } from '#app/services/store-check.server.ts'
import { openEvidenceStore } from '#evidence/store/open.server.ts'
import { ended, host, item, nessusFile, report } from '../evidence/importers/nessus-file.ts'
import { chunksOf, readAll } from '../evidence/store-contract.ts'
import { type RunningS3rver, S3RVER_KEYS, startS3rver } from '../support/s3rver.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let service: RunningS3rver

beforeAll(async () => {
  for (const [name, value] of Object.entries(S3RVER_KEYS)) vi.stubEnv(name, value)
  service = await startS3rver()
  world = await openWorld({ withJobs: true })
  const runtime = getRuntime()
  const { bucket, endpoint } = service
  runtime.settings.s3 = { bucket, endpoint, region: null, prefix: '', isPathStyle: true, retention: null }
  runtime.store = await openEvidenceStore(runtime.settings, { cleanLeftovers: true })
})
afterAll(async () => {
  await world?.close()
  await service?.stop()
  vi.unstubAllEnvs()
})

it('a scan is kept in the bucket, imported from there and handed out again', async () => {
  const { member } = await world.signUpMember('Bea Bucket')
  const clientId = await createClient(member, demoClients(new Date()).dental)
  const bytes = Buffer.from(nessusFile(report(host('server', ended(), item()))))
  const stored = await storeFile(member, chunksOf(bytes))
  const held = await registerEvidence(member, clientId, stored, 'scan.nessus', {
    kind: 'vuln-scan-summary',
    title: 'Scan',
    observedOn: '2026-02-01',
    validUntil: null,
    collector: '',
    controlIds: [],
    questionRefs: [],
    viewpoint: 'internal',
  })
  if (held.outcome !== 'received' || !held.importId) throw new Error('The scan was not recognised')
  const { importId } = held
  await vi.waitFor(async () => expect((await getScan(member, importId)).scan.state).toBe('done'), {
    timeout: 240_000,
    interval: 100,
  })
  const { stream } = await openRevision(member, held.revisionId)
  expect((await readAll(stream)).equals(bytes)).toBe(true)
  const steps = checkStore({ verify: true })
  let step = await steps.next()
  const found: string[] = []
  for (; !step.done; step = await steps.next()) found.push(step.value.type)
  expect(found).toEqual([])
  expect(step.value).toMatchObject({ files: 1, referred: 1, verified: 1 })
})
