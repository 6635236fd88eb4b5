import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Envelope } from '#app/report/twins/envelope.ts'
import { verifyReport } from '#app/report/verify.ts'
import { loader as twinRoute } from '#app/routes/report-twin.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { attestAsOfficer } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { attestReportJob } from '#app/services/report-signing.server.ts'
import { askFileStatus } from '#app/services/report-status.server.ts'
import {
  getReport,
  getReportState,
  openReportFile,
  prepareReport,
  withdrawReport,
} from '#app/services/reports.server.ts'
import { checkStore } from '#app/services/store-check.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { openWorld, type World } from '../support/world.ts'
import { addReport, digestOf } from './report-rows.ts'

let world: World
let mia: Awaited<ReturnType<World['signUpMember']>>
let clientId: string
let reportId: string

const reach = (state: string) =>
  vi.waitFor(async () => expect((await getReportState(mia.member, reportId)).state).toBe(state), {
    timeout: 240_000,
    interval: 100,
  })

async function fetchTwin(twin: string, of = reportId, cookie = mia.cookie): Promise<Response> {
  const request = new Request(`http://attested.test/reports/${of}/twins/x`, { headers: { cookie } })
  return twinRoute({ request, params: { reportId: of, twin }, context: {} } as never)
}
const textOf = async (twin: string) => (await fetchTwin(twin)).text()
const subjectsOf = (envelope: string): string[] =>
  JSON.parse(Buffer.from((JSON.parse(envelope) as Envelope).payload, 'base64').toString('utf8')).subject.map(
    ({ name, digest }: { name: string; digest: { sha256: string } }) => `${name} ${digest.sha256}`,
  )

async function pdfBytes(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of (await openReportFile(mia.member, reportId)).stream)
    chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  mia = await world.signUpMember('Mia Member')
  const { member } = mia
  const now = new Date()
  const quiet = () => undefined
  const { dental } = demoClients(now)
  const application = await prepareClient(member, dental, dentalAnswers(now), dentalFiles(now), quiet)
  const prepared = await prepareReport(member, application, {
    contributorTitle: 'Technician',
    officerName: 'Oscar Officer',
    officerTitle: 'Chief executive',
    officerRole: 'chief-executive',
    officerEmail: 'oscar@client.example',
    coversFrom: '',
    certify: 'on',
  })
  if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
  reportId = prepared.reportId
  await reach('awaiting-attestation')
  clientId = (await getReport(member, reportId)).report.clientId
})
afterAll(() => world?.close())

describe('the twins of a report as files of their own', () => {
  test('with one signature there are the two that are attached, and nothing stands beside it yet', async () => {
    expect((await getReport(mia.member, reportId)).twins.sort()).toEqual(['envelope', 'oscal'])
    await expect(fetchTwin('detached')).rejects.toMatchObject({ status: 404 })
    expect(subjectsOf(await textOf('envelope')).join()).not.toContain('.pdf ')
  })

  test('with the last signature, its key signs an envelope that names the file by its digest', async () => {
    await attestAsOfficer(mia.member, reportId, {
      name: 'Oscar Officer',
      address: '127.0.0.1',
      userAgent: 'vitest',
    })
    await reach('signed')
    const pdf = await pdfBytes()
    const detached = await textOf('detached')
    const { checks } = await verifyReport(pdf, { detachedEnvelope: detached })
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    expect(checks.find(({ id }) => id === ('detached' as string))?.detail).toContain(sha256Hex(pdf))
    expect(subjectsOf(detached)).toContain(`readiness-report.pdf ${sha256Hex(pdf)}`)
    // The one inside is no substitute for it.
    const inside = await verifyReport(pdf, { detachedEnvelope: await textOf('envelope') })
    expect(inside.checks.filter(({ ok }) => !ok).map(({ id }) => id)).toEqual(['detached'])
  })

  test('each is the one that is attached, byte for byte, and is sent as a file with its digest', async () => {
    const { checks } = await verifyReport(await pdfBytes())
    const oscal = await textOf('oscal')
    expect(checks.find(({ id }) => id === 'oscal')?.detail).toContain(sha256Hex(oscal))
    const envelope = await textOf('envelope')
    expect(subjectsOf(envelope)).toContain(`oscal-assessment-results.json ${sha256Hex(oscal)}`)
    const attached = Buffer.from(await pdfBytes()).toString('latin1')
    expect(attached).toContain(`(readiness.dsse.json)`)
    for (const [twin, ending, text] of [
      ['oscal', '.oscal.json', oscal],
      ['envelope', '.statement.dsse.json', envelope],
      ['detached', '.pdf.dsse.json', await textOf('detached')],
    ] as const) {
      const { headers, status } = await fetchTwin(twin)
      expect(status).toBe(200)
      expect(headers.get('Content-Disposition')).toMatch(
        new RegExp(`^attachment; filename="readiness-report-[0-9-]{10}-${reportId.slice(0, 8)}${ending}"`),
      )
      expect(headers.get('Content-Length')).toBe(String(Buffer.byteLength(text)))
      const digest = Buffer.from(sha256Hex(text), 'hex').toString('base64')
      expect(headers.get('Repr-Digest')).toBe(`sha-256=:${digest}:`)
    }
  })

  test.each([
    'statement',
    'pdf',
    '',
    '__proto__',
    'constructor',
    '../file',
    'OSCAL',
    `oscal'--`,
    'x'.repeat(9999),
  ])('what is no twin is not found: %.20s', async (twin) => {
    await expect(fetchTwin(twin)).rejects.toMatchObject({ status: 404 })
  })

  test('somebody of another organisation finds none of them', async () => {
    const { cookie } = await world.signUpMember('Sam Stranger')
    for (const twin of ['oscal', 'envelope', 'detached'])
      await expect(fetchTwin(twin, reportId, cookie)).rejects.toMatchObject({ status: 404 })
  })

  test('the check of the store knows each of them', async () => {
    const check = checkStore({ verify: true })
    let step = await check.next()
    const told: unknown[] = []
    for (; !step.done; step = await check.next()) told.push(step.value)
    expect(told).toEqual([])
    expect(step.value.referred).toBeGreaterThan(3)
  })

  test('a report from before there were twins has none, and says so', async () => {
    const applicationId = await startApplication(mia.member, clientId, {
      formCode: 'core-cyber',
      edition: '1',
    })
    const about = { clientId, applicationId, at: new Date(), file: digestOf('e') }
    const older = await addReport(mia.member, about)
    expect((await getReport(mia.member, older)).twins).toEqual([])
    const none = await fetchTwin('oscal', older).catch((thrown: Response) => thrown)
    expect(await none.text()).toContain('before such files were made')
  })

  test('the ledger names each, and signing once more changes none', async () => {
    const texts = { oscal: await textOf('oscal'), envelope: await textOf('envelope') }
    const detached = await textOf('detached')
    await attestReportJob(mia.member.organisationId, reportId)
    expect(await textOf('detached')).toBe(detached)
    const said = (await listLedger(mia.member)).entries
      .filter(({ kind }) => kind === 'report.attested' || kind === 'report.certified')
      .map(({ payload }) => JSON.parse(payload).twins)
    expect(said).toEqual([
      { detached: sha256Hex(detached) },
      { oscal: sha256Hex(texts.oscal), envelope: sha256Hex(texts.envelope) },
    ])
  })

  test('whoever holds the envelope beside a report learns whether the report still counts', async () => {
    const digest = sha256Hex(await textOf('detached'))
    expect(await askFileStatus(digest, '192.0.2.1')).toEqual({ status: 'in-force' })
    await withdrawReport(mia.member, reportId, 'One answer turned out to be wrong.')
    expect(await askFileStatus(digest, '192.0.2.1')).toMatchObject({ status: 'withdrawn' })
    // What is inside of both files of a report tells of neither.
    expect(await askFileStatus(sha256Hex(await textOf('oscal')), '192.0.2.1')).toEqual({ status: 'unknown' })
  })
})
