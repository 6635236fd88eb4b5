import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import {
  failWaiverFile,
  makeWaiverFileAgain,
  openWaiverFile,
  signWaiverJob,
} from '#app/services/waiver-file.server.ts'
import * as keys from '#db/queries/signing-keys.server.ts'
import * as rows from '#db/queries/waivers.server.ts'
import { needs, runTool } from '../report/outside-tools.ts'
import { openWorld, type World } from '../support/world.ts'
import { claimMfa, newClient, offered, signed } from './waiver-world.ts'

let world: World
let mia: Member
let waiverId: string
let pdf: Buffer
const folder = mkdtempSync(join(tmpdir(), 'attested-waiver-'))
const file = join(folder, 'waiver.pdf')

beforeAll(async () => {
  world = await openWorld()
  mia = (await world.signUpMember('Mia Member')).member
  const clientId = await newClient(mia)
  await claimMfa(mia, clientId)
  waiverId = await signed(mia, clientId)
  await signWaiverJob(mia.organisationId, waiverId)
  pdf = await contentOf(waiverId)
  writeFileSync(file, pdf)
}, 120_000)
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

const find = async (id: string) => {
  const row = await getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
    rows.findWaiver(tx, mia.organisationId, id),
  )
  if (!row) throw new Error('No such waiver')
  return row
}

async function contentOf(id: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of (await openWaiverFile(mia, id)).stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

test('pdfsig calls the decision-maker’s signature valid and the document whole', ({ skip }) => {
  needs('pdfsig', skip)
  const { output } = runTool('pdfsig', ['-nocert', file])
  expect(output.match(/Signature is Valid\./g)).toHaveLength(1)
  expect(output).toContain('ETSI.CAdES.detached')
  expect(output).toContain('Total document signed')
  expect(output).toContain('Ada Approver')
})

test('a changed byte breaks it', ({ skip }) => {
  needs('pdfsig', skip)
  const changed = Buffer.from(pdf)
  const at = changed.indexOf('Type /Page')
  expect(at).toBeGreaterThan(0)
  changed[at] = 0x55
  const broken = join(folder, 'broken.pdf')
  writeFileSync(broken, changed)
  expect(runTool('pdfsig', ['-nocert', broken]).output).not.toContain('Signature is Valid.')
})

test('qpdf finds no fault and takes out the very text that was hashed', async ({ skip }) => {
  needs('qpdf', skip)
  expect(runTool('qpdf', ['--check', file]).output).toContain('No syntax or stream encoding errors')
  expect(runTool('qpdf', ['--show-attachment=waiver.json', file]).output).toBe((await find(waiverId)).text)
})

test('the pages tell what was declined, what it means, and how it was signed', async ({ skip }) => {
  needs('pdftotext', skip)
  const text = runTool('pdftotext', [file, '-']).output.replaceAll(/\s+/g, ' ')
  expect(text).toContain('Multi-factor authentication for mail')
  expect(text).toContain('A stolen password opens the mailboxes of Harbour Street Dental Group')
  expect(text).toContain('Has to be answered as not in place')
  expect(text).toContain('Our staff have no telephones for it.')
  expect(text).toContain('ada approver')
  expect(text).toContain((await find(waiverId)).textSha256)
})

test('the certificate comes from the organisation’s authority and is noted, so that it can be revoked', async () => {
  const { organisationId } = mia
  const issued = await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const authority = await keys.findAuthorityInUse(tx, organisationId)
    return keys.listIssued(tx, organisationId, authority?.id ?? '')
  })
  expect(issued).toMatchObject([{ role: 'decision-maker', name: 'Ada Approver', reportId: null }])
})

test('a job that comes twice makes one file; one that comes before the signature is tried again', async () => {
  const before = (await find(waiverId)).pdfSha256
  await signWaiverJob(mia.organisationId, waiverId)
  expect((await find(waiverId)).pdfSha256).toBe(before)
  const early = await offered(mia, await newClient(mia))
  await expect(signWaiverJob(mia.organisationId, early)).rejects.toMatchObject({ code: 'not-found' })
  await expect(openWaiverFile(mia, early)).rejects.toMatchObject({ code: 'not-found' })
})

test('a file that could not be made leaves the waiver in force, and is made again', async () => {
  const id = await signed(mia, await newClient(mia))
  await failWaiverFile(mia.organisationId, id, 'The disk is full.')
  expect(await find(id)).toMatchObject({ state: 'signed', pdfFailure: 'The disk is full.' })
  await makeWaiverFileAgain(mia, id)
  await signWaiverJob(mia.organisationId, id)
  expect(await find(id)).toMatchObject({ state: 'signed', pdfFailure: null })
  await expect(makeWaiverFileAgain(mia, id)).rejects.toMatchObject({ code: 'made' })
}, 60_000)
