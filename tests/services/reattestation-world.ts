/** A client with an application that both sides signed, to be re-attested. */
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { ScheduleInput } from '#app/services/schedule-input.ts'
import { saveSchedule } from '#app/services/schedules.server.ts'
import { updateReport } from '#db/queries/reports.server.ts'
import { addSignedReport } from './report-rows.ts'

export const SIGNED = new Date('2026-01-12T09:00:00Z')
export const COVERS_FROM = '2026-02-15'

/** Signed on 12 January for cover from 15 February, unless said otherwise. */
export async function signedClient(
  member: Member,
  { at = SIGNED, coversFrom = COVERS_FROM as string | null, file = 'ab' } = {},
) {
  const clientId = await createClient(member, { ...demoClients(SIGNED).dental, policyInceptionOn: null })
  return { clientId, ...(await signedAgain(member, clientId, { at, coversFrom, file })) }
}

/** One more application of the client. */
export async function signedAgain(
  member: Member,
  clientId: string,
  { at, coversFrom, file }: { at: Date; coversFrom: string | null; file: string },
) {
  const signed = await addSignedReport(member, clientId, { at, file })
  const { organisationId } = member
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    updateReport(tx, organisationId, signed.reportId, { coversFrom }),
  )
  return signed
}

/** What the client's schedule of re-attestations says of its own. */
export async function scheduleFor(member: Member, clientId: string, more: Record<string, string>) {
  const input = ScheduleInput.parse({
    ...{ seenVersion: '0', isOn: 'inherit', how: 'inherit', startsOn: '', timeZone: '', localHour: '' },
    ...more,
  })
  await saveSchedule(member, { clientId, applicationId: null }, 're-attestation', input)
}
