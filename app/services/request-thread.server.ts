/** The side of whoever asked: what came of a request, taking a file as evidence, writing back, and ending it. */
import { Readable } from 'node:stream'
import type { Tx } from '#db/client.server.ts'
import { findApplication } from '#db/queries/applications.server.ts'
import { findEvidence } from '#db/queries/evidence.server.ts'
import * as requests from '#db/queries/evidence-requests.server.ts'
import * as guests from '#db/queries/guests.server.ts'
import { listMembers } from '#db/queries/members.server.ts'
import { getClientRow } from './clients.server.ts'
import { findEditionFor } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { isOverdue, mailRequestLink } from './evidence-requests.server.ts'
import { revokeGuestLinks, stateOfGuest } from './guest-links.server.ts'
import { type LedgerKind, recordInLedger } from './ledger.server.ts'
import { mailsLeave, writeMail } from './mail-outbox.server.ts'
import { actorOf, type Member } from './member.ts'
import { nameQuestionRefs } from './question-refs.server.ts'
import { writeNewsMail } from './request-mails.ts'
import { mentionedIn } from './request-mentions.ts'
import { getRuntime } from './runtime.server.ts'
import { tellRequestsFulfilled } from './webhook-news.server.ts'

/** A request with its client, its thread, its links and everybody who may be mentioned. */
export async function getRequestThread(member: Member, requestId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const request = await getRequestRow(tx, organisationId, requestId)
    const { clientId, applicationId, questionId } = request
    const [question] = applicationId
      ? await nameQuestionRefs(tx, organisationId, clientId, [`${applicationId}/${questionId}`])
      : []
    const evidence = request.evidenceId ? await findEvidence(tx, organisationId, request.evidenceId) : null
    const links = await guests.listMailedLinks(tx, organisationId, { kind: 'request', subjectId: requestId })
    return {
      request: { ...request, isOverdue: request.state === 'open' && isOverdue(request.dueOn, now) },
      client: await getClientRow(tx, organisationId, clientId),
      question: question ?? null,
      evidence,
      control: await controlOfRequest(tx, organisationId, request),
      entries: await requests.listRequestEntries(tx, organisationId, [requestId]),
      links: links.map((link) => ({
        id: link.id,
        sentAt: link.sentAt,
        sentByName: link.sentByName,
        openedAt: link.openedAt,
        expiresAt: link.expiresAt,
        delivery: link.delivery,
        state: stateOfGuest(link, now),
        mail: link.mail,
      })),
      colleagues: (await listMembers(tx, organisationId)).filter(({ userId }) => userId !== member.userId),
      today: now.toISOString().slice(0, 10),
    }
  })
}

/** Of the question that asks for it. */
export async function controlOfRequest(
  tx: Tx,
  organisationId: string,
  { applicationId, questionId }: Pick<requests.EvidenceRequestRow, 'applicationId' | 'questionId'>,
): Promise<string | null> {
  const application = applicationId ? await findApplication(tx, organisationId, applicationId) : null
  const found = application ? await findEditionFor(tx, organisationId, application) : null
  const questions = found?.edition.sections.flatMap((section) => section.questions) ?? []
  return questions.find(({ id }) => id === questionId)?.control ?? null
}

async function getRequestRow(tx: Tx, organisationId: string, requestId: string) {
  const row = await requests.findRequest(tx, organisationId, requestId)
  if (!row) throw new NotFoundError('No such request')
  return row
}

type Entry = Pick<requests.RequestEntryRow, 'kind' | 'text'> & Partial<requests.RequestEntryRow>

/** One step of a request by a member: its entry in the thread and in the ledger, with whatever it changes. */
async function takeStep(
  member: Member,
  requestId: string,
  ledgerKind: LedgerKind,
  step: (
    tx: Tx,
    request: requests.EvidenceRequestRow,
    at: Date,
  ) => Promise<{ entry?: Entry; payload?: Record<string, unknown> } | null>,
): Promise<void> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const request = await requests.lockRequest(tx, organisationId, requestId)
    if (!request) throw new NotFoundError('No such request')
    const taken = await step(tx, request, at)
    if (!taken) return
    if (taken.entry) {
      await requests.insertRequestEntry(tx, {
        side: 'provider',
        authorName: member.name,
        authorEmail: member.email,
        at,
        ...taken.entry,
        organisationId,
        id: newId(),
        requestId,
      })
    }
    await recordInLedger(tx, organisationId, {
      kind: ledgerKind,
      actor: actorOf(member),
      at,
      payload: { requestId, clientId: request.clientId, ...taken.payload },
    })
  })
}

function requireUnsettled({ state }: requests.EvidenceRequestRow): void {
  if (state === 'open' || state === 'answered') return
  throw new RefusedError(
    'request-settled',
    'This request is settled already. Reload the page to see how, or ask anew.',
  )
}

/**
 * Says something about a request: to whoever was asked, who gets a mail, or to colleagues only. Members who are
 * mentioned get a mail as well.
 */
export async function sayAboutRequest(
  member: Member,
  requestId: string,
  { audience, text }: { audience: 'recipient' | 'colleagues'; text: string },
  origin: string,
): Promise<void> {
  const { organisationId } = member
  await takeStep(member, requestId, 'request.said', async (tx, request, at) => {
    const { legalName } = await getClientRow(tx, organisationId, request.clientId)
    if (audience === 'recipient') {
      requireUnsettled(request)
      await mailRequestLink(tx, member, { ...request, clientName: legalName, message: text }, 'said', origin)
    }
    const mentioned = mentionedIn(text, await listMembers(tx, organisationId))
    for (const reader of mentioned) {
      if (reader.userId === member.userId) continue
      const about = {
        readerName: reader.name,
        title: request.title,
        clientName: legalName,
        organisationName: member.organisationName,
      }
      const mail = writeNewsMail(
        about,
        { kind: 'mention', who: member.name, text },
        `${origin}/requests/${requestId}`,
      )
      await writeMail(
        tx,
        organisationId,
        {
          kind: 'request-news',
          recipient: reader.email,
          expiresAt: newsEnd(at),
          thread: `request-${requestId}`,
          ...mail,
        },
        mailsLeave(member),
      )
    }
    const mentions = mentioned.map(({ userId }) => userId)
    return {
      entry: { kind: audience === 'recipient' ? 'message' : 'note', text, mentions },
      payload: { audience, text, mentions },
    }
  })
}

const NEWS_DAYS = 90
export const newsEnd = (at: Date) => new Date(at.getTime() + NEWS_DAYS * 24 * 60 * 60 * 1000)

/** What came does not do: the person is told why and asked again. @throws RefusedError `request-settled`, `nothing-came` */
export async function returnRequest(
  member: Member,
  requestId: string,
  text: string,
  origin: string,
): Promise<void> {
  const { organisationId } = member
  await takeStep(member, requestId, 'request.returned', async (tx, request) => {
    requireUnsettled(request)
    if (request.state !== 'answered')
      throw new RefusedError('nothing-came', 'Nothing came since it was asked. Send a reminder instead.')
    const { legalName } = await getClientRow(tx, organisationId, request.clientId)
    await requests.updateRequest(tx, organisationId, requestId, { state: 'open' })
    await mailRequestLink(
      tx,
      member,
      { ...request, clientName: legalName, message: text },
      'returned',
      origin,
    )
    return { entry: { kind: 'returned', text }, payload: { text } }
  })
}

/** The words of the request again, with a new link. @throws RefusedError `request-settled` */
export async function remindOfRequest(member: Member, requestId: string, origin: string): Promise<void> {
  const { organisationId } = member
  await takeStep(member, requestId, 'request.reminded', async (tx, request) => {
    requireUnsettled(request)
    const { legalName } = await getClientRow(tx, organisationId, request.clientId)
    const { delivery } = await mailRequestLink(
      tx,
      member,
      { ...request, clientName: legalName },
      'reminded',
      origin,
    )
    return { entry: { kind: 'reminded', text: '' }, payload: { recipient: request.recipientEmail, delivery } }
  })
}

/** @throws RefusedError `request-settled`, `past-date` */
export async function changeDueDay(member: Member, requestId: string, dueOn: string): Promise<void> {
  const { organisationId } = member
  await takeStep(member, requestId, 'request.due-changed', async (tx, request, at) => {
    requireUnsettled(request)
    if (isOverdue(dueOn, at))
      throw new RefusedError('past-date', 'The day until which it is needed is over. Choose a later one.')
    if (dueOn === request.dueOn) return null
    await requests.updateRequest(tx, organisationId, requestId, { dueOn })
    return {
      entry: { kind: 'due-changed', text: `${request.dueOn} ${dueOn}` },
      payload: { before: request.dueOn, dueOn },
    }
  })
}

/** Whoever holds a link to it can do nothing any more. @throws RefusedError `no-link` */
export async function revokeRequestLinks(member: Member, requestId: string): Promise<void> {
  const { organisationId } = member
  await takeStep(member, requestId, 'request.link-revoked', async (tx, _request, at) => {
    const revoked = await revokeGuestLinks(tx, organisationId, { kind: 'request', subjectId: requestId }, at)
    if (revoked === 0) throw new RefusedError('no-link', 'There is no link that still opens it.')
    return { entry: { kind: 'link-revoked', text: '' }, payload: { links: revoked } }
  })
}

/** Nothing more is wanted. Does nothing to a request that is settled already. */
export async function cancelRequest(member: Member, requestId: string): Promise<void> {
  const { organisationId } = member
  await takeStep(member, requestId, 'evidence.request-cancelled', async (tx, request, at) => {
    if (request.state !== 'open' && request.state !== 'answered') return null
    await requests.updateRequest(tx, organisationId, requestId, { state: 'cancelled', settledAt: at })
    return { payload: { evidenceId: request.evidenceId } }
  })
}

/** What was written is answer enough. @throws RefusedError `request-settled`, `nothing-came` */
export async function closeRequest(member: Member, requestId: string): Promise<void> {
  const { organisationId } = member
  await takeStep(member, requestId, 'request.fulfilled', async (tx, request, at) => {
    requireUnsettled(request)
    if (request.state !== 'answered')
      throw new RefusedError('nothing-came', 'Nothing came since it was asked. Cancel it instead.')
    await requests.updateRequest(tx, organisationId, requestId, { state: 'fulfilled', settledAt: at })
    await tellRequestsFulfilled(tx, organisationId, [requestId])
    return { payload: {} }
  })
}

/** A file that was sent for a request, as it was received. @throws NotFoundError */
export async function openRequestFile(member: Member, requestId: string, entryId: string) {
  const { database, store } = getRuntime()
  const { organisationId } = member
  const entry = await database.inOrganisation(organisationId, (tx) =>
    requests.findRequestEntry(tx, organisationId, { requestId, id: entryId }),
  )
  if (!entry?.sha256) throw new NotFoundError('No such file')
  const bytes = await store.openVerified(organisationId, entry.sha256)
  return { entry, stream: Readable.from(bytes) }
}
