/** A table that no importer knows: its columns are explained once, and it is read as what they say. */
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { action, loader } from '#app/routes/evidence-columns.tsx'
import { getScan } from '#app/services/scans.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { makeClient, type SignedIn, uploadFile } from './evidence-calls.ts'
import { get, locationOf, post } from './form-calls.ts'

let world: World
let owner: SignedIn
let clientId: string

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signUpMember('Olive Owner')
  clientId = await makeClient(owner)
})
afterAll(() => world?.close())

const rows = (host: string) => [
  ['Device', 'IP', 'Vulnerability Name', 'Severity', 'Last Detected'],
  [host, '192.0.2.5', 'Old file service', 'Critical', new Date(Date.now() - 86_400_000).toISOString()],
  [host, '192.0.2.5', 'Weak cipher', 'Medium', new Date(Date.now() - 86_400_000).toISOString()],
]
const csv = (host: string) =>
  rows(host)
    .map((cells) => cells.join(','))
    .join('\r\n')

async function add(fileName: string, content: string | Uint8Array) {
  const { body } = await uploadFile(owner, clientId, { fileName, content }, { kind: 'vuln-scan-summary' })
  expect(body).toMatchObject({ outcome: 'received' })
  return body as { evidenceId: string; importId: string | null; canExplain: boolean }
}
const at = (evidenceId: string) => ({ params: { evidenceId }, cookie: owner.cookie })
const explained = {
  rowsAre: 'findings',
  tool: 'Nodeware',
  viewpoint: 'internal',
  'column.title': 'Vulnerability Name',
  'column.hostname': 'Device',
  'column.address': 'IP',
  'column.severity': 'Severity',
  'column.lastSeen': 'Last Detected',
}

describe('a table of a portal', () => {
  test('is kept unread, is explained by a person, and is read then', async () => {
    const { evidenceId, importId, canExplain } = await add('portal.csv', csv('fs01'))
    expect([importId, canExplain]).toEqual([null, true])
    const page = (await get(loader, `/evidence/${evidenceId}/columns`, at(evidenceId))).body
    expect(page.suggestion.mapping).toMatchObject({
      rowsAre: 'findings',
      columns: { title: 'Vulnerability Name' },
    })
    expect(page.savedBy).toBeNull()

    const wrong = await post(action, '/', { ...explained, tool: '', 'column.title': '' }, at(evidenceId))
    expect(wrong.status).toBe(400)
    expect(Object.keys(wrong.body.fieldErrors).sort()).toEqual(['columns.title', 'tool'])
    const foreign = await post(action, '/', { ...explained, 'column.severity': 'Rating' }, at(evidenceId))
    expect(foreign.body.refusal.message).toMatch(/no column “Rating”/)

    const done = await post(action, '/', explained, at(evidenceId))
    const scanId = locationOf(done)?.split('/').at(-1) ?? ''
    await handleJob(
      { name: 'import-scan', organisationId: owner.member.organisationId, importId: scanId },
      true,
    )
    const { scan } = await getScan(owner.member, scanId)
    expect(scan).toMatchObject({ state: 'done', tool: 'Nodeware', recordCount: 2, failure: null })
    expect(scan.severityCounts).toMatchObject({ critical: 1, medium: 1 })
    const again = await post(action, '/', explained, at(evidenceId))
    expect(again.body.refusal.code).toBe('table-read')
  })

  test('with the same header is read at once the next time', async () => {
    const { importId } = await add('portal-later.csv', csv('fs02'))
    expect(importId).not.toBeNull()
  })

  test('in a workbook is explained in the same way', async () => {
    const book = new ExcelJS.Workbook()
    book.addWorksheet('Export').addRows(rows('fs03'))
    const { evidenceId, importId } = await add('portal.xlsx', new Uint8Array(await book.xlsx.writeBuffer()))
    expect(importId).toBeNull()
    const page = (await get(loader, `/evidence/${evidenceId}/columns`, at(evidenceId))).body
    expect(page.savedBy.name).toBe('Olive Owner')
    const done = await post(action, '/', explained, at(evidenceId))
    const scanId = locationOf(done)?.split('/').at(-1) ?? ''
    await handleJob(
      { name: 'import-scan', organisationId: owner.member.organisationId, importId: scanId },
      true,
    )
    expect((await getScan(owner.member, scanId)).scan).toMatchObject({ state: 'done', recordCount: 2 })
  })

  test('that is none says so', async () => {
    const { evidenceId } = await add('note.txt', 'A letter without any table in it.')
    expect((await get(loader, `/evidence/${evidenceId}/columns`, at(evidenceId))).body.suggestion).toBeNull()
    const refused = await post(action, '/', explained, at(evidenceId))
    expect(refused.body.refusal.code).toBe('no-table')
  })
})
