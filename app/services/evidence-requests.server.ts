/** Asks a named person for evidence: they get a link to exactly this request, and need no account. */
import type { Tx } from '#db/client.server.ts'
import { findClient } from '#db/queries/clients.server.ts'
import * as requests from '#db/queries/evidence-requests.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { lockRevisable } from './evidence-revisions.server.ts'
import { type Delivery, sendGuestLink } from './guest-links.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { checkQuestionRefs } from './question-refs.server.ts'
import type { NewRequestInput, RequestInput } from './request-input.ts'
import { writeRequestMail } from './request-mails.ts'
import { getRuntime } from './runtime.server.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Whoever is late still finds the door open; a new link is one press away. */
const DAYS_AFTER_DUE = 30

/** When a link to a request ends that is due on this day. */
export const requestLinkEnd = (dueOn: string, now: Date) =>
  new Date(Math.max(Date.parse(dueOn), now.getTime()) + DAYS_AFTER_DUE * DAY_MS)

export interface SentRequest {
  requestId: string
  delivery: Delivery
  href: string
}

/**
 * @param origin where browsers reach us, without a slash at the end
 * @throws NotFoundError; RefusedError `past-date` for a day that is over in UTC, `evidence-withdrawn`, `client-archived`
 */
export async function requestNewerEvidence(
  member: Member,
  evidenceId: string,
  input: RequestInput,
  origin: string,
): Promise<SentRequest> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const { evidence, client } = await lockRevisable(tx, organisationId, evidenceId)
    const about = { clientId: client.id, clientName: client.legalName, evidenceId, title: evidence.title }
    return insertRequest(tx, member, about, input, origin)
  })
}

/** @throws as `requestNewerEvidence`, and `unknown-question` */
export async function requestEvidence(
  member: Member,
  clientId: string,
  { title, questionRef, ...input }: NewRequestInput,
  origin: string,
): Promise<SentRequest> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const client = await findClient(tx, organisationId, clientId)
    if (!client) throw new NotFoundError('No such client')
    if (client.archivedAt)
      throw new RefusedError('client-archived', 'This client is archived. Restore it first.')
    const [applicationId, questionId] = questionRef.split('/')
    if (questionRef) await checkQuestionRefs(tx, organisationId, clientId, [questionRef])
    const target = questionRef ? { applicationId, questionId } : {}
    const about = { clientId, clientName: client.legalName, title, ...target }
    return insertRequest(tx, member, about, input, origin)
  })
}

async function insertRequest(
  tx: Tx,
  member: Member,
  about: {
    clientId: string
    clientName: string
    title: string
    evidenceId?: string
    applicationId?: string
    questionId?: string
  },
  input: RequestInput,
  origin: string,
): Promise<SentRequest> {
  const { clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  if (isOverdue(input.dueOn, at))
    throw new RefusedError('past-date', 'The day until which it is needed is over. Choose a later one.')
  const id = newId()
  const { clientName, ...target } = about
  await requests.insertRequest(tx, {
    ...target,
    ...input,
    organisationId,
    id,
    requestedBy: member.userId,
    requestedByName: member.name,
    requestedAt: at,
  })
  const mailed = { ...input, title: about.title, clientName }
  const { linkId, delivery, href } = await mailRequestLink(tx, member, { id, ...mailed }, 'asked', origin)
  await recordInLedger(tx, organisationId, {
    kind: 'evidence.requested',
    actor: actorOf(member),
    at,
    payload: { requestId: id, ...target, ...input, linkId, delivery },
  })
  return { requestId: id, delivery, href }
}

export interface MailedRequest {
  id: string
  title: string
  clientName: string
  recipientName: string
  recipientEmail: string
  dueOn: string
  /** What whoever asks says now. */
  message: string
}

/** A new link in a new mail; those sent before go on working. */
export async function mailRequestLink(
  tx: Tx,
  member: Member,
  { id, recipientName, recipientEmail, title, clientName, dueOn, message }: MailedRequest,
  why: 'asked' | 'reminded' | 'said' | 'returned',
  origin: string,
) {
  const about = {
    recipientName,
    title,
    clientName,
    dueOn,
    senderName: member.name,
    organisationName: member.organisationName,
  }
  return sendGuestLink(
    tx,
    member,
    {
      kind: 'request',
      subjectId: id,
      recipientName,
      recipientEmail,
      expiresAt: requestLinkEnd(dueOn, getRuntime().clock()),
      mailKind: 'request-link',
      write: (href) => writeRequestMail(about, { kind: why, text: message }, href),
    },
    origin,
  )
}

export interface ListedRequest {
  id: string
  clientId: string
  clientName: string
  evidenceId: string | null
  applicationId: string | null
  questionId: string | null
  title: string
  message: string
  recipientName: string
  recipientEmail: string
  /** YYYY-MM-DD. */
  dueOn: string
  state: requests.EvidenceRequestRow['state']
  isOverdue: boolean
  requestedByName: string
  requestedAt: Date
  settledAt: Date | null
}

/** The soonest due first; of every client where none is named. */
export async function listRequests(
  member: Member,
  which: { clientId?: string; isUnsettled?: boolean } = {},
): Promise<ListedRequest[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const rows = await database.inOrganisation(organisationId, async (tx) => {
    if (which.clientId !== undefined && !(await findClient(tx, organisationId, which.clientId)))
      throw new NotFoundError('No such client')
    return requests.listRequests(tx, organisationId, which)
  })
  return rows.map(
    ({ request: { organisationId: _, requestedBy: _by, fulfilledBy: _with, ...row }, clientName }) => ({
      ...row,
      clientName,
      isOverdue: row.state === 'open' && isOverdue(row.dueOn, now),
    }),
  )
}

/** The day is over in UTC. */
export function isOverdue(dueOn: string, now: Date): boolean {
  return dueOn < now.toISOString().slice(0, 10)
}
