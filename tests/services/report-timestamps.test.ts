import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyReport } from '#app/report/verify.ts'
import { attestAsOfficer } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { openReportTwin } from '#app/services/report-twins.server.ts'
import { getReport, getReportState, openReportFile, prepareReport } from '#app/services/reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { STRICT_NETWORK } from '#evidence/checks/network.server.ts'
import {
  hasOpenssl,
  startTimestampAuthority,
  type TimestampAuthority,
} from '../support/timestamp-authority.ts'
import { openWorld, type World } from '../support/world.ts'

const isReady = hasOpenssl()
if (!isReady) console.warn('openssl is not installed: timestamps of reports are not tested in this run')

let world: World
let mia: Member
let tsa: TimestampAuthority
let application: string

function prepareApplication(): Promise<string> {
  const now = new Date()
  const quiet = () => undefined
  return prepareClient(mia, demoClients(now).dental, dentalAnswers(now), dentalFiles(now), quiet)
}

async function prepare(): Promise<string> {
  const prepared = await prepareReport(mia, application, {
    contributorTitle: 'Technician',
    officerName: 'Oscar Officer',
    officerTitle: 'Chief executive',
    officerRole: 'chief-executive',
    officerEmail: 'oscar@client.example',
    coversFrom: '',
    certify: 'on',
  })
  if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
  return prepared.reportId
}

const reach = (reportId: string, state: string) =>
  expect.poll(async () => (await getReportState(mia, reportId)).state, { timeout: 240_000 }).toBe(state)

const attest = (reportId: string) =>
  attestAsOfficer(mia, reportId, { name: 'Oscar Officer', address: '127.0.0.1', userAgent: 'vitest' })

const readFile = async (reportId: string) => readAll((await openReportFile(mia, reportId)).stream)
const readTwin = async (reportId: string) =>
  String(await readAll((await openReportTwin(mia, reportId, 'detached')).stream))

async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

describe.skipIf(!isReady)('signing where a timestamp authority is configured', () => {
  beforeAll(async () => {
    world = await openWorld({ withJobs: true, network: { ...STRICT_NETWORK, whyNot: () => null } })
    tsa = await startTimestampAuthority()
    getRuntime().settings.timestampUrl = tsa.url
    mia = (await world.signUpMember('Mia Member')).member
    application = await prepareApplication()
  })
  afterAll(async () => {
    await world?.close()
    await tsa?.close()
  })

  test('goes on without a timestamp when none is to be had, and the record says of each signature what came of it', async () => {
    tsa.answerWith(() => 503)
    const reportId = await prepare()
    await reach(reportId, 'awaiting-attestation')
    tsa.answerWith(null)
    await attest(reportId)
    await reach(reportId, 'signed')

    const { report } = await getReport(mia, reportId)
    const failure = expect.stringContaining('answered with status 503')
    const given = { at: expect.any(String), authority: 'Test timestamp authority' }
    expect(report.certifiedTimestamp).toEqual({ failure })
    expect(report.attestedTimestamp).toMatchObject(given)
    const [attested, , certified] = (await listLedger(mia)).entries.map(({ payload }) => JSON.parse(payload))
    expect(certified).toMatchObject({ timestamp: { failure } })
    expect(attested).toMatchObject({
      timestamp: { ...given, tokenSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })

    const { ok, signatures, archive, checks } = await verifyReport(await readFile(reportId), {
      detachedEnvelope: await readTwin(reportId),
    })
    expect(checks.filter((check) => !check.ok)).toEqual([])
    expect(ok).toBe(true)
    expect(signatures.map(({ timestamp }) => timestamp?.authority ?? null)).toEqual([
      null,
      'Test timestamp authority',
    ])

    // Archived behind the last signature: our own list, and the one that the issuer of the timestamps publishes.
    expect(archive).toMatchObject({ certificates: 1, revocationLists: 2 })
    expect(report.archiveTimestamp).toMatchObject(given)
    expect(attested).toMatchObject({ archiveTimestamp: given })
  })

  test('says why a report is not archived, and hands it out as it was signed', async () => {
    application = await prepareApplication()
    const reportId = await prepare()
    await reach(reportId, 'awaiting-attestation')
    // The signature gets its timestamp, the archive none.
    let asked = 0
    tsa.answerWith((honest) => {
      asked += 1
      return asked === 1 ? honest : 503
    })
    await attest(reportId)
    await reach(reportId, 'signed')
    tsa.answerWith(null)
    const { report } = await getReport(mia, reportId)
    expect(report.archiveTimestamp).toEqual({
      failure: expect.stringContaining('answered with status 503'),
    })
    const pdf = await readFile(reportId)
    const verification = await verifyReport(pdf, { detachedEnvelope: await readTwin(reportId) })
    expect(verification).toMatchObject({ ok: true, archive: null })
  })
})
