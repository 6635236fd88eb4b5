/** What webhooks are told where things happen: each in the transaction of its cause, before the ledger's entry. */
import { cutText } from '#app/language/cut-text.ts'
import type { Tx } from '#db/client.server.ts'
import { findRequest } from '#db/queries/evidence-requests.server.ts'
import type { ReportRow } from '#db/queries/reports.server.ts'
import type { ReviewRow } from '#db/queries/reviews.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { getClientRow } from './clients.server.ts'
import type { DecisionKind } from './review-input.ts'
import { emitEvent } from './webhook-emitting.server.ts'

async function clientOf(tx: Tx, organisationId: string, clientId: string) {
  const { id, legalName: name } = await getClientRow(tx, organisationId, clientId)
  return { id, name }
}

export async function tellRequestsFulfilled(
  tx: Tx,
  organisationId: string,
  requestIds: readonly string[],
): Promise<void> {
  for (const requestId of requestIds) {
    const request = await findRequest(tx, organisationId, requestId)
    if (!request) continue
    await emitEvent(tx, organisationId, 'request.fulfilled', {
      client: await clientOf(tx, organisationId, request.clientId),
      subject: { id: requestId, title: request.title },
      text: `What was asked of ${request.recipientName} is there: ${request.title}.`,
      path: `/requests/${requestId}`,
      urgency: 'low',
    })
  }
}

/** What somebody has to act on: an accepted answer is no ticket. */
const ACT_ON: Partial<Record<DecisionKind, { did: string; urgency: 'normal' | 'high' }>> = {
  asked: { did: 'asks for more about', urgency: 'normal' },
  rejected: { did: 'rejects the evidence of', urgency: 'high' },
  contradiction: { did: 'sees a contradiction in', urgency: 'high' },
}

export async function tellReviewDecision(
  tx: Tx,
  assessor: { review: ReviewRow; name: string; firm: string },
  { kind, prompt, note }: { kind: DecisionKind; prompt: string; note: string },
): Promise<void> {
  const acting = ACT_ON[kind]
  if (!acting) return
  const { organisationId, applicationId, id } = assessor.review
  const { clientId } = await getApplicationRow(tx, organisationId, applicationId)
  await emitEvent(tx, organisationId, 'review.decided', {
    client: await clientOf(tx, organisationId, clientId),
    subject: { id, title: cutText(prompt, 200) },
    text: `${assessor.name} of ${assessor.firm} ${acting.did} “${prompt}”. ${note}`.trim(),
    path: `/applications/${applicationId}/review`,
    urgency: acting.urgency,
  })
}

export async function tellWaiverSigned(
  tx: Tx,
  {
    organisationId,
    id,
    clientId,
    service,
    reviewOn,
  }: {
    organisationId: string
    id: string
    clientId: string
    service: string
    reviewOn: string
  },
  signerName: string,
): Promise<void> {
  await emitEvent(tx, organisationId, 'waiver.signed', {
    client: await clientOf(tx, organisationId, clientId),
    subject: { id, title: cutText(`Declined: ${service}`, 200) },
    text: `${signerName} signed that this service is declined: ${service}. It is to be looked at again by ${reviewOn}.`,
    path: `/waivers/${id}`,
    dueOn: reviewOn,
    urgency: 'low',
  })
}

const TITLE = { application: 'Readiness report', reattestation: 'Re-attestation' } as const
const WHAT = { application: 'report', reattestation: 're-attestation' } as const

export async function tellReportSigned(tx: Tx, report: ReportRow): Promise<void> {
  await tellReport(tx, report, 'report.signed', `The ${WHAT[report.kind]} is signed by both sides.`)
}

export async function tellReportWithdrawn(tx: Tx, report: ReportRow, reason: string): Promise<void> {
  await tellReport(tx, report, 'report.withdrawn', `The ${WHAT[report.kind]} was withdrawn: ${reason}`)
}

async function tellReport(
  tx: Tx,
  { organisationId, id, clientId, kind: what }: ReportRow,
  kind: 'report.signed' | 'report.withdrawn',
  text: string,
): Promise<void> {
  await emitEvent(tx, organisationId, kind, {
    client: await clientOf(tx, organisationId, clientId),
    subject: { id, title: `${TITLE[what]} ${kind === 'report.signed' ? 'signed' : 'withdrawn'}` },
    text,
    path: `/reports/${id}`,
    urgency: kind === 'report.signed' ? 'low' : 'high',
  })
}
