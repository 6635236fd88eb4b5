import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyReport } from '#app/report/verify.ts'
import { attestAsOfficer } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReport, getReportState, openReportFile, prepareReport } from '#app/services/reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
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

describe.skipIf(!isReady)('signing where a timestamp authority is configured', () => {
  beforeAll(async () => {
    world = await openWorld({ withJobs: true })
    tsa = await startTimestampAuthority()
    getRuntime().settings.timestampUrl = tsa.url
    mia = (await world.signUpMember('Mia Member')).member
    const now = new Date()
    const quiet = () => undefined
    application = await prepareClient(
      mia,
      demoClients(now).dental,
      dentalAnswers(now),
      dentalFiles(now),
      quiet,
    )
  })
  afterAll(async () => {
    await world?.close()
    await tsa?.close()
  })

  test('goes on without a timestamp when none is to be had, and the record says of each signature what came of it', async () => {
    tsa.answerWith(() => 503)
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
    const { reportId } = prepared
    const reach = (state: string) =>
      expect.poll(async () => (await getReportState(mia, reportId)).state, { timeout: 240_000 }).toBe(state)
    await reach('awaiting-attestation')
    tsa.answerWith(null)
    await attestAsOfficer(mia, reportId, {
      name: 'Oscar Officer',
      address: '127.0.0.1',
      userAgent: 'vitest',
    })
    await reach('signed')

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

    const chunks: Uint8Array[] = []
    for await (const chunk of (await openReportFile(mia, reportId)).stream) chunks.push(chunk as Uint8Array)
    const { ok, signatures } = await verifyReport(Buffer.concat(chunks))
    expect(ok).toBe(true)
    expect(signatures.map(({ timestamp }) => timestamp?.authority ?? null)).toEqual([
      null,
      'Test timestamp authority',
    ])
  })
})
