/** A client with evidence, a signed application and an incident, and its claim pack as a file. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getApplication } from '#app/services/applications.server.ts'
import { getPackState, openClaimPack, requestClaimPack } from '#app/services/claim-packs.server.ts'
import { attestAsOfficer } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import type { IncidentInput } from '#app/services/incident-input.ts'
import { recordIncident } from '#app/services/incidents.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReportState, prepareReport } from '#app/services/reports.server.ts'

export const DAY = new Date().toISOString().slice(0, 10)

export const incidentOf = (words: Partial<IncidentInput> = {}): IncidentInput => ({
  kind: 'ransomware',
  title: 'Files on the practice server encrypted',
  occurredFrom: DAY,
  occurredUntil: DAY,
  discoveredAt: new Date(Date.now() - 1000).toISOString(),
  reportedOn: DAY,
  policyNumber: 'CY-2026-0417',
  noticeReference: null,
  description: 'A ransom note was found at the start of the day.\nNothing was wiped.',
  affectedAssetIds: [],
  ...words,
})

/** @returns the client */
export async function prepareDental(member: Member): Promise<{ clientId: string; applicationId: string }> {
  const now = new Date()
  const { dental } = demoClients(now)
  const applicationId = await prepareClient(
    member,
    dental,
    dentalAnswers(now),
    dentalFiles(now),
    () => undefined,
  )
  const { client } = await getApplication(member, applicationId)
  return { clientId: client.id, applicationId }
}

/** @returns the report, which a job is about to sign for the contributor */
export async function requestReport(member: Member, applicationId: string): Promise<string> {
  const prepared = await prepareReport(member, applicationId, {
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

/** @returns the report with its first signature */
export async function certify(member: Member, applicationId: string): Promise<string> {
  const reportId = await requestReport(member, applicationId)
  await reach(member, reportId, 'awaiting-attestation')
  return reportId
}

export const attest = (member: Member, reportId: string) =>
  attestAsOfficer(member, reportId, { name: 'Oscar Officer', address: '127.0.0.1', userAgent: 'vitest' })

export async function signApplication(member: Member, applicationId: string): Promise<string> {
  const reportId = await certify(member, applicationId)
  await attest(member, reportId)
  await reach(member, reportId, 'signed')
  return reportId
}

export const reach = (member: Member, reportId: string, state: string) =>
  until(async () => (await getReportState(member, reportId)).state === state)

/** Waits for the job. */
export async function finishPack(member: Member, packId: string) {
  await until(async () => (await getPackState(member, packId)).state !== 'preparing')
  return getPackState(member, packId)
}

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 2400; look += 1) {
    if (await isSo()) return
    await sleep(100)
  }
  throw new Error('It did not come to its end within four minutes')
}

/** @returns the bytes of the pack, written to the folder as well */
export async function makePack(
  member: Member,
  clientId: string,
  folder: string,
  words: Partial<IncidentInput> = {},
): Promise<{ path: string; bytes: Buffer; packId: string; incidentId: string }> {
  const incident = incidentOf(words)
  const incidentId = await recordIncident(member, clientId, incident)
  return { ...(await packIncident(member, incidentId, folder, incident.occurredFrom)), incidentId }
}

/** Another pack of an incident. */
export async function packIncident(member: Member, incidentId: string, folder: string, asOf = DAY) {
  const packId = await requestClaimPack(member, incidentId, asOf)
  const { state, failure } = await finishPack(member, packId)
  if (state !== 'ready') throw new Error(failure ?? state)
  const { stream } = await openClaimPack(member, packId)
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk as Uint8Array)
  const bytes = Buffer.concat(chunks)
  const path = join(folder, `${packId}.zip`)
  writeFileSync(path, bytes)
  return { path, bytes, packId }
}
