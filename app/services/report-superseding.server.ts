/** A signed report gives way to a newer one of the same client and form: said by a person, with a reason. */
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import type { SupersedeInput } from './report-input.ts'
import { getRuntime } from './runtime.server.ts'

const formOf = (row: reports.ReportRow) => Statement.parse(JSON.parse(row.statement)).edition.formCode

/** Whether one was attested after the other; both are of one client. */
function isNewer(row: reports.ReportRow, older: reports.ReportRow): boolean {
  return (
    row.id !== older.id &&
    row.attestedAt !== null &&
    older.attestedAt !== null &&
    row.attestedAt > older.attestedAt
  )
}

/** Reports in force of the same client and form, without the report itself; a re-attestation takes no place. */
async function listSameForm(tx: Tx, organisationId: string, row: reports.ReportRow) {
  if (row.state !== 'signed' || row.kind !== 'application') return []
  const form = formOf(row)
  const inForce = await reports.listReportsInForce(tx, organisationId, row.clientId)
  return inForce.filter((other) => other.id !== row.id && formOf(other) === form)
}

/**
 * What a report page offers: newer reports that could take this one's place, and older ones whose place this one
 * could take. Newest first; empty for a report that is not in force.
 * @throws NotFoundError
 */
export async function listSuccession(member: Member, reportId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.findReport(tx, organisationId, reportId)
    if (!row) throw new NotFoundError('No such report')
    const others = await listSameForm(tx, organisationId, row)
    const shown = (list: reports.ReportRow[]) => list.map(({ id, attestedAt }) => ({ id, attestedAt }))
    return {
      newer: shown(others.filter((other) => isNewer(other, row))),
      older: shown(others.filter((other) => isNewer(row, other))),
    }
  })
}

/**
 * @throws RefusedError `state` when the report is not in force, `successor` when the other one is no newer report in
 *   force of the same client and form
 */
export async function supersedeReport(
  member: Member,
  reportId: string,
  { supersededBy, supersededReason }: SupersedeInput,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    // In one order whoever asks, so that two people who supersede at once do not wait for each other for ever.
    const locked = new Map<string, reports.ReportRow | null>()
    for (const id of [reportId, supersededBy].sort())
      locked.set(id, await reports.lockReport(tx, organisationId, id))
    const row = locked.get(reportId)
    if (!row) throw new NotFoundError('No such report')
    if (row.state !== 'signed') {
      throw new RefusedError(
        'state',
        'Only a report that is in force can be superseded. Reload the page to see how it stands.',
      )
    }
    const successors = (await listSameForm(tx, organisationId, row)).filter((other) => isNewer(other, row))
    const successor = successors.find(({ id }) => id === supersededBy)
    if (!successor) {
      throw new RefusedError(
        'successor',
        'Choose a newer report of the same client and form that both sides signed and that is still in force.',
      )
    }
    await reports.updateReport(tx, organisationId, reportId, {
      state: 'superseded',
      supersededBy,
      supersededReason,
      endedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'report.superseded',
      actor: actorOf(member),
      at,
      payload: {
        reportId,
        applicationId: row.applicationId,
        pdfSha256: row.pdfSha256,
        attestedAt: row.attestedAt?.toISOString() ?? null,
        supersededBy,
        supersededByPdfSha256: successor.pdfSha256,
        reason: supersededReason,
      },
    })
  })
}
