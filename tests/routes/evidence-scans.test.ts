import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import type { AnswerReadiness, Reason } from '#app/readiness/status.ts'
import { loader as listLoader } from '#app/routes/client-scans.tsx'
import { loader as scanLoader } from '#app/routes/scan.tsx'
import { loader as progressLoader } from '#app/routes/scan-progress.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { type DemoHost, writeScanFile } from '#app/services/demo/scan-file.ts'
import { withdrawEvidence } from '#app/services/evidence.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Fact } from '#evidence/facts.ts'
import { openWorld, type World } from '../support/world.ts'
import { footprintOf, makeClient, replyOf, routeArgs, type SignedIn, uploadFile } from './evidence-calls.ts'

const DAY = 86_400_000
const SCANNED_AT = new Date(Date.now() - 2 * DAY)

let world: World
let owner: SignedIn
let stranger: SignedIn

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signUpMember('Olive Owner')
  stranger = await world.signUpMember('Sam Stranger')
})

afterAll(() => world?.close())

/** One host whose 120 findings fill three pages; one of them is critical and two months old. */
function officeHosts(): DemoHost[] {
  const findings: DemoHost['findings'] = Array.from({ length: 119 }, (_value, index) => ({
    pluginId: 50_000 + index,
    name: `Outdated component ${index}`,
    family: 'Windows',
    severity: index < 20 ? 3 : 0,
    port: 445,
    service: 'cifs',
  }))
  findings.push({
    pluginId: 60_001,
    name: 'Remote code execution in <b>100%_broken</b>',
    family: 'Windows',
    severity: 4,
    port: 3389,
    service: 'msrdp',
    cves: ['CVE-2026-0001', 'CVE-2026-0002'],
    solution: '<script>alert(1)</script>',
    patchedOn: new Date(SCANNED_AT.getTime() - 60 * DAY),
  })
  const host = { name: 'dc01.marlow.example', address: '10.0.0.5', operatingSystem: 'Windows Server 2019' }
  return [{ ...host, credentialed: true, findings }]
}

async function addScan(clientId: string, content: string, viewpoint = 'internal') {
  const values = { kind: 'vuln-scan-summary', viewpoint }
  const { body } = await uploadFile(owner, clientId, { fileName: 'office.nessus', content }, values)
  expect(body).toMatchObject({ outcome: 'received', importId: expect.any(String) })
  return body as { importId: string; evidenceId: string }
}

const run = (importId: string) =>
  handleJob({ name: 'import-scan', organisationId: owner.member.organisationId, importId }, true)

const scanPage = (who: SignedIn, importId: string, query = '') =>
  replyOf(scanLoader(routeArgs(`/scans/${importId}${query}`, { importId }, who)))
const progress = (who: SignedIn, importId: string) =>
  replyOf(progressLoader(routeArgs(`/scans/${importId}/progress`, { importId }, who)))
const scanList = (who: SignedIn, clientId: string) =>
  replyOf(listLoader(routeArgs(`/clients/${clientId}/scans`, { clientId }, who)))

describe('a Nessus file', () => {
  let clientId: string
  let importId: string
  let evidenceId: string

  beforeAll(async () => {
    clientId = await makeClient(owner)
    const applicationId = await startApplication(owner.member, clientId, {
      formCode: 'core-cyber',
      edition: '1',
    })
    const answer = { state: 'answered', value: { kind: 'single-choice', choice: 'within-14-days' } } as const
    await recordAnswer(owner.member, { applicationId, questionId: 'patch-time', answer, seenVersion: 0 })
    const added = await addScan(clientId, writeScanFile('Office', SCANNED_AT, officeHosts()))
    importId = added.importId
    evidenceId = added.evidenceId
  })

  test('is queued first, and its page says so', async () => {
    const { body } = await scanPage(owner, importId)
    expect(body.scan.state).toBe('queued')
    expect((await progress(owner, importId)).body).toMatchObject({ state: 'queued', bytesRead: 0 })
    expect((await scanList(owner, clientId)).body.scans[0]).toMatchObject({
      state: 'queued',
      fileName: 'office.nessus',
    })
  })

  test('is imported off the request thread, once: a second run changes nothing', async () => {
    await run(importId)
    const { body } = await progress(owner, importId)
    expect(body.state).toBe('done')
    expect(body.bytesRead).toBe(body.bytesTotal)
    const before = await footprintOf(owner)
    await run(importId)
    expect(await footprintOf(owner)).toEqual(before)
  })

  test('uploaded again is not imported again', async () => {
    const before = await footprintOf(owner)
    const content = writeScanFile('Office', SCANNED_AT, officeHosts())
    const { body } = await uploadFile(owner, clientId, { fileName: 'copy.nessus', content })
    expect(body).toMatchObject({ outcome: 'already-held', importId })
    expect(await footprintOf(owner)).toEqual(before)
  })

  test('shows its figures, its date and its findings, worst first, fifty a page', async () => {
    const { body } = await scanPage(owner, importId)
    expect(body.scan).toMatchObject({ assetCount: 1, credentialedCount: 1, viewpoint: 'internal' })
    expect(body.scan.severityCounts).toEqual({
      critical: 1,
      high: 20,
      medium: 0,
      low: 0,
      info: 99,
      unknown: 0,
    })
    expect(body.scan.scanDate.toISOString().slice(0, 10)).toBe(SCANNED_AT.toISOString().slice(0, 10))
    expect(body.findings.total).toBe(120)
    expect(body.findings.rows).toHaveLength(50)
    expect(body.findings.rows[0]).toMatchObject({
      severity: 'critical',
      cves: ['CVE-2026-0001', 'CVE-2026-0002'],
    })
    const last = await scanPage(owner, importId, '?page=3')
    expect(last.body.findings.rows).toHaveLength(20)
  })

  test.each([
    ['?severity=high', 20, 20],
    ['?severity=low', 0, 0],
    ['?severity=', 120, 50],
    ['?severity=worst', 120, 50],
    ['?q=component%2011', 10, 10],
    ['?q=100%25_broken', 1, 1],
    ['?q=%25', 1, 1],
    ['?q=%5C', 0, 0],
    ['?q=%00', 120, 50],
    ["?q=';drop table finding;--", 0, 0],
    ['?q=DC01.marlow', 120, 50],
    ['?severity=critical&q=60001', 1, 1],
    ['?page=0', 120, 50],
    ['?page=-1e9', 120, 50],
    ['?page=99999999999999999999', 120, 50],
    ['?page=4', 120, 0],
    ['?severity=high&severity=low', 0, 0],
  ])('findings asked for with %s', async (query, total, shown) => {
    const { body, status } = await scanPage(owner, importId, query)
    expect(status).toBe(200)
    expect([body.findings.total, body.findings.rows.length]).toEqual([total, shown])
  })

  test('tells facts with their scope, and which answers of the open application they touch', async () => {
    const outside = await addScan(
      clientId,
      writeScanFile('From outside', SCANNED_AT, officeHosts()),
      'external',
    )
    await run(outside.importId)
    const cited = new Map<string, string[]>()
    for (const [id, viewpoint] of [
      [importId, 'internal'],
      [outside.importId, 'external'],
    ] as const) {
      const { body } = await scanPage(owner, id)
      expect(new Set(body.facts.map((fact: Fact) => fact.scope.viewpoint))).toEqual(new Set([viewpoint]))
      expect(body.effects).toHaveLength(1)
      const reasons: Reason[] = body.effects[0].answers.flatMap(
        (answer: { result: AnswerReadiness }) => answer.result.reasons,
      )
      const own = new Set(body.facts.map((fact: { id: string }) => fact.id))
      expect(reasons.filter(({ factIds }) => !factIds.some((factId) => own.has(factId)))).toEqual([])
      cited.set(
        viewpoint,
        reasons.map(({ outcome }) => outcome),
      )
    }
    // A critical finding two months old against "within 14 days": a counter-example counts from either side.
    expect(cited.get('internal')).toContain('contradicts')
    expect(cited.get('external')).toContain('contradicts')
  })

  test('is not there for somebody of another organisation', async () => {
    expect((await scanPage(stranger, importId)).status).toBe(404)
    expect((await progress(stranger, importId)).status).toBe(404)
    expect((await scanList(stranger, clientId)).status).toBe(404)
  })

  test('says nothing more about answers once its evidence is withdrawn', async () => {
    await withdrawEvidence(owner.member, evidenceId, 'The scan was of another client.')
    const { body } = await scanPage(owner, importId)
    expect(body.evidence.isWithdrawn).toBe(true)
    expect(body.effects).toEqual([])
    expect(body.facts).toEqual([])
    const { scans } = (await scanList(owner, clientId)).body
    expect(scans.find(({ id }: { id: string }) => id === importId).isWithdrawn).toBe(true)
  })
})

describe('a Nessus file that cannot be read whole', () => {
  const whole = writeScanFile('Broken', SCANNED_AT, officeHosts())
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`
  test.each([
    ['ends in the middle', whole.slice(0, whole.length / 2)],
    ['ends in the middle of its last tag', whole.slice(0, -6)],
    ['crosses its tags', whole.replace('</ReportHost>', '</Report>')],
    ['declares entities', whole.replace('?>', `?>${bomb.replace('x', 'NessusClientData_v2')}`)],
  ])(
    'because it %s is refused with a reason, and nothing of it is kept',
    async (name, content) => {
      const clientId = await makeClient(owner)
      const { importId } = await addScan(clientId, `${content}<!-- ${name} -->`)
      const before = await footprintOf(owner)
      await run(importId)
      const { body } = await scanPage(owner, importId)
      expect(body.scan.state).toBe('failed')
      expect(body.scan.failure).toMatch(/\w+ .*\./)
      expect(body.findings).toMatchObject({ total: 0, rows: [] })
      expect(body.facts).toEqual([])
      const { head: headBefore, ledger_entry: entriesBefore, ...rowsBefore } = before
      const { head, ledger_entry: entries, ...rows } = await footprintOf(owner)
      expect(rows).toEqual(rowsBefore)
      expect(head).not.toBe(headBefore)
      expect(entries).toBe(Number(entriesBefore) + 1)
      expect((await listLedger(owner.member)).entries[0]?.kind).toBe('scan.refused')
      expect((await progress(owner, importId)).body.failure).toBe(body.scan.failure)
    },
    60_000,
  )
})
