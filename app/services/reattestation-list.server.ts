/** Who signed an application in force last, which of its periods are attested, and every re-attestation of a client. */
import {
  type AttestedPeriod,
  attestedPeriods,
  monthsIn,
  periodToReattest,
} from '#app/readiness/reattestation-periods.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/reattestations.server.ts'
import { findReport } from '#db/queries/reports.server.ts'
import { getClientRow } from './clients.server.ts'
import { applicationsInForceOf, loadForce } from './force.server.ts'
import type { Member } from './member.ts'
import { loadRhythms, type Rhythm, todayIn } from './reattestation-rhythm.server.ts'
import { closeMissedReattestations, periodIn } from './reattestations.server.ts'
import { getRuntime } from './runtime.server.ts'

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

export interface ApplicationFreshness {
  applicationId: string
  reportId: string
  formTitle: string
  attestedAt: Date
  attestedBy: string
  periods: AttestedPeriod[]
  /** The last signature of the chain. */
  last: { on: string; by: string; number: number }
  /** First day of the next period that is not begun; null while one is due. */
  nextOn: string | null
  /** Length of the period that is due or comes next. */
  months: number
}

/** Applications in force with the periods that were re-attested, and every re-attestation of the client. */
export async function listReattestations(member: Member, clientId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  await closeMissedReattestations(organisationId)
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const held = await rows.listReattestationsOfClient(tx, organisationId, clientId)
    const force = await loadForce(tx, organisationId, { clientId })
    const inForce = applicationsInForceOf(force, now).filter(({ basis }) => basis === 'signed')
    const rhythmOf = await loadRhythms(tx, organisationId, clientId)
    return {
      client,
      now,
      inForce: await Promise.all(
        inForce.map(({ applicationId }) =>
          freshnessOf(tx, organisationId, applicationId, {
            ...{ force, held, now, rhythm: rhythmOf({ clientId, applicationId }) },
          }),
        ),
      ),
      reattestations: held.map(({ reattestation: row, report }) => ({
        id: row.id,
        applicationId: row.applicationId,
        formTitle: force.editions.get(row.applicationId)?.form.title ?? '',
        number: row.number,
        first: row.periodFirst,
        last: row.periodLast,
        state: row.state,
        startedBy: row.createdByName,
        startedAt: row.createdAt,
        closedReason: row.closedReason,
        reportId: row.reportId,
        attestedAt: report?.attestedAt ?? null,
      })),
    }
  })
}

async function freshnessOf(
  tx: Tx,
  organisationId: string,
  applicationId: string,
  {
    force,
    held,
    now,
    rhythm,
  }: {
    force: Awaited<ReturnType<typeof loadForce>>
    held: Awaited<ReturnType<typeof rows.listReattestationsOfClient>>
    now: Date
    rhythm: Rhythm
  },
): Promise<ApplicationFreshness> {
  const signed = force.signed.filter((one) => one.applicationId === applicationId).at(-1)
  if (!signed) throw new Error('An application in force without a signed report')
  const own = held.filter(
    ({ reattestation }) =>
      reattestation.applicationId === applicationId && reattestation.state !== 'discarded',
  )
  const begun = own.map(({ reattestation, report }) => ({
    ...periodIn(reattestation),
    attestedOn: reattestation.state === 'signed' && report?.attestedAt ? dayOf(report.attestedAt) : null,
  }))
  const today = todayIn(rhythm, now)
  const start = signed.coversFrom ?? dayOf(signed.attestedAt)
  const last = own.find(({ reattestation }) => reattestation.state === 'signed')
  const lastReport = await findReport(tx, organisationId, last?.report?.id ?? signed.reportId)
  const found = periodToReattest(start, rhythm.months, begun, today)
  return {
    applicationId,
    reportId: signed.reportId,
    formTitle: force.editions.get(applicationId)?.form.title ?? '',
    attestedAt: signed.attestedAt,
    attestedBy: officerOf(await findReport(tx, organisationId, signed.reportId)),
    periods: attestedPeriods(start, rhythm.months, begun, today),
    last: {
      on: dayOf(lastReport?.attestedAt ?? signed.attestedAt),
      by: officerOf(lastReport),
      number: last?.reattestation.number ?? 0,
    },
    nextOn: 'next' in found ? found.next : null,
    months: 'period' in found ? monthsIn(found.period) : rhythm.months,
  }
}

/** Read without the whole statement: only its signers are asked for. */
function officerOf(report: { statement: string } | null): string {
  if (!report) return ''
  const { signers } = JSON.parse(report.statement) as { signers: { role: string; name: string }[] }
  return signers.find(({ role }) => role === 'insured-officer')?.name ?? ''
}
