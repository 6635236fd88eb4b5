/** The side of whoever was asked, by their link: reading what is wanted, sending files, writing back. */
import type { Tx } from '#db/client.server.ts'
import * as requests from '#db/queries/evidence-requests.server.ts'
import { findMemberById, getOrganisationName } from '#db/queries/members.server.ts'
import type { Key as LinkKey } from './attestation-door.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { isOverdue } from './evidence-requests.server.ts'
import { tidyFileName } from './file-name.ts'
import {
  atGuestDoor,
  type GuestDoor,
  noteArrival,
  refuseDeadGuest,
  requireOpenGuest,
} from './guest-door.server.ts'
import type { GuestState } from './guest-links.server.ts'
import { type LedgerKind, recordInLedger } from './ledger.server.ts'
import { writeMail } from './mail-outbox.server.ts'
import { type ExaminedFile, keepExamined } from './malware-scanning.server.ts'
import { writeNewsMail } from './request-mails.ts'
import { newsEnd } from './request-thread.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'

/** More would be somebody filling a disk; the provider's own uploads know no such limit. */
export const FILES_PER_REQUEST = 40
export const REPLIES_PER_REQUEST = 200

/** That of a request's own link; or of a person's room, with the request that is opened there. */
export interface RequestKey extends LinkKey {
  requestId?: string
}

interface RequestDoor extends GuestDoor {
  requestId: string
}

/** In a room the code has to be entered first. */
function atRequest<T>(
  key: RequestKey,
  work: (tx: Tx, door: RequestDoor, now: Date) => Promise<T>,
): Promise<T> {
  const { requestId } = key
  if (requestId === undefined) {
    return atGuestDoor('request', key, (tx, door, now) =>
      work(tx, { ...door, requestId: door.link.subjectId }, now),
    )
  }
  return atGuestDoor('room', key, (tx, door, now) => {
    requireOpenGuest(door)
    return work(tx, { ...door, requestId }, now)
  })
}

export interface RequestVisit {
  clientName: string
  organisationName: string
  senderName: string
  recipientName: string
  title: string
  message: string
  /** YYYY-MM-DD. */
  dueOn: string
  isOverdue: boolean
  state: requests.EvidenceRequestRow['state']
  /** Without notes among colleagues. A file is named, and never handed out again. */
  entries: {
    id: string
    kind: Exclude<requests.RequestEntryRow['kind'], 'note'>
    side: 'provider' | 'recipient'
    authorName: string
    text: string
    at: Date
    fileName: string | null
    sizeBytes: number | null
  }[]
  maxUploadBytes: number
}

export type RequestPage =
  | { state: Exclude<GuestState, 'open'>; senderName: string }
  | { state: 'open'; visit: RequestVisit }

/** @throws NotFoundError for a link that never was */
export async function visitRequest(key: RequestKey, caller: Caller): Promise<RequestPage> {
  const { settings } = getRuntime()
  return atRequest(key, async (tx, door, now): Promise<RequestPage> => {
    const { organisationId, link, state } = door
    await noteArrival(tx, door, now, caller)
    if (state !== 'open') return { state, senderName: link.sentByName }
    const request = await getRequest(tx, door)
    const client = await getClientRow(tx, organisationId, request.clientId)
    const entries = await requests.listRequestEntries(tx, organisationId, [request.id])
    return {
      state,
      visit: {
        clientName: client.legalName,
        organisationName: await getOrganisationName(tx, organisationId),
        senderName: link.sentByName,
        recipientName: link.recipientName,
        title: request.title,
        message: request.message,
        dueOn: request.dueOn,
        isOverdue: request.state === 'open' && isOverdue(request.dueOn, now),
        state: request.state,
        entries: entries.flatMap(({ kind, id, side, authorName, text, at, fileName, sizeBytes }) =>
          kind === 'note' ? [] : [{ id, kind, side, authorName, text, at, fileName, sizeBytes }],
        ),
        maxUploadBytes: settings.maxUploadBytes,
      },
    }
  })
}

async function getRequest(tx: Tx, { organisationId, link, requestId }: RequestDoor) {
  const request = await requests.lockRequest(tx, organisationId, requestId)
  // In a room lies what this person of this client was asked for, and nothing of anybody else.
  const isTheirs =
    link.kind === 'request' ||
    (request?.clientId === link.subjectId && request.recipientEmail.toLowerCase() === link.recipientEmail)
  if (!request || !isTheirs) throw new NotFoundError('No such request')
  return request
}

async function requireWaiting(tx: Tx, door: RequestDoor): Promise<requests.EvidenceRequestRow> {
  refuseDeadGuest(door.state)
  const request = await getRequest(tx, door)
  const { archivedAt } = await getClientRow(tx, door.organisationId, request.clientId)
  if (!archivedAt && (request.state === 'open' || request.state === 'answered')) return request
  throw new RefusedError(
    'request-settled',
    request.state === 'fulfilled'
      ? 'This request is done already: nothing more is needed. Thank you.'
      : 'This request was cancelled: nothing is needed any more.',
  )
}

/** Asked before the first byte of an upload is read. @throws RefusedError `link`, `request-settled`, `too-many-files` */
export async function checkRequestUpload(key: RequestKey): Promise<void> {
  await atRequest(key, async (tx, door) => {
    await requireRoom(tx, door)
  })
}

async function requireRoom(tx: Tx, door: RequestDoor) {
  const request = await requireWaiting(tx, door)
  const entries = await requests.listRequestEntries(tx, door.organisationId, [request.id])
  if (entries.filter(({ kind }) => kind === 'file').length >= FILES_PER_REQUEST) {
    throw new RefusedError(
      'too-many-files',
      `${FILES_PER_REQUEST} files came for this request already. Write to whoever asked before you send more.`,
    )
  }
  return request
}

/** Streams a file into the store, past the malware scanner. Nothing refers to it until `sendRequestFile` does. */
export async function storeRequestFile(
  key: RequestKey,
  bytes: AsyncIterable<Uint8Array>,
  fileName: string,
): Promise<ExaminedFile> {
  const { store, settings } = getRuntime()
  const maxBytes = settings.maxUploadBytes
  const { organisationId, link, clientId } = await atRequest(key, async (tx, door) => ({
    organisationId: door.organisationId,
    link: door.link,
    clientId: (await requireRoom(tx, door)).clientId,
  }))
  const sender = { organisationId, name: link.recipientName, email: link.recipientEmail }
  return keepExamined(sender, bytes, (seen) => store.put(organisationId, seen, { maxBytes }), {
    clientId,
    fileName,
  })
}

/** @throws RefusedError `empty-file`, and as `checkRequestUpload` */
export async function sendRequestFile(
  key: RequestKey,
  stored: ExaminedFile,
  { fileName, note }: { fileName: string; note: string },
  origin: string,
): Promise<void> {
  if (stored.sizeBytes === 0)
    throw new RefusedError('empty-file', 'The file is empty. Look at it on your device and send it again.')
  await answerRequest(key, 'request.file-received', origin, requireRoom, {
    kind: 'file',
    text: note,
    sha256: stored.sha256,
    fileName: tidyFileName(fileName),
    sizeBytes: stored.sizeBytes,
    mediaType: stored.mediaType,
    malware: stored.malware ?? null,
  })
}

/** An answer in words: `cannot` when the person does not have what is wanted. */
export async function replyToRequest(
  key: RequestKey,
  { intent, text }: { intent: 'reply' | 'cannot'; text: string },
  origin: string,
): Promise<void> {
  const isRefusal = intent === 'cannot'
  const kind = isRefusal ? 'request.refused' : 'request.replied'
  await answerRequest(key, kind, origin, requireWaiting, { kind: isRefusal ? 'cannot' : 'message', text })
}

async function answerRequest(
  key: RequestKey,
  ledgerKind: LedgerKind,
  origin: string,
  require: (tx: Tx, door: RequestDoor) => Promise<requests.EvidenceRequestRow>,
  entry: Pick<requests.RequestEntryRow, 'kind' | 'text'> & Partial<requests.RequestEntryRow>,
): Promise<void> {
  const { newId } = getRuntime()
  await atRequest(key, async (tx, door, at) => {
    const { organisationId, link } = door
    const request = await require(tx, door)
    const earlier = await requests.listRequestEntries(tx, organisationId, [request.id])
    if (earlier.filter(({ side }) => side === 'recipient').length >= REPLIES_PER_REQUEST)
      throw new RefusedError('too-many-replies', 'Too much was sent here. Call whoever asked.')
    const { malware, ...rest } = entry
    await requests.insertRequestEntry(tx, {
      ...rest,
      malware,
      organisationId,
      id: newId(),
      requestId: request.id,
      side: 'recipient',
      authorName: link.recipientName,
      authorEmail: link.recipientEmail,
      linkId: link.id,
      at,
    })
    await requests.updateRequest(tx, organisationId, request.id, { state: 'answered' })
    await tellWhoAsked(tx, door, request, entry, origin)
    await recordInLedger(tx, organisationId, {
      kind: ledgerKind,
      actor: `${link.recipientName} <${link.recipientEmail}>, by link`,
      at,
      payload: {
        requestId: request.id,
        clientId: request.clientId,
        linkId: link.id,
        text: entry.text,
        ...(entry.sha256
          ? {
              sha256: entry.sha256,
              fileName: entry.fileName,
              sizeBytes: entry.sizeBytes,
              malware: malware ?? null,
            }
          : {}),
      },
    })
  })
}

async function tellWhoAsked(
  tx: Tx,
  { organisationId, link }: GuestDoor,
  request: requests.EvidenceRequestRow,
  { kind, text }: Pick<requests.RequestEntryRow, 'kind' | 'text'>,
  origin: string,
): Promise<void> {
  // Forty photographs are one piece of news.
  if (kind === 'file' && request.state === 'answered') return
  const reader = await findMemberById(tx, organisationId, request.requestedBy)
  if (!reader) return
  const { legalName } = await getClientRow(tx, organisationId, request.clientId)
  const about = {
    readerName: reader.name,
    title: request.title,
    clientName: legalName,
    organisationName: await getOrganisationName(tx, organisationId),
  }
  const news = { kind: NEWS[kind] ?? 'reply', who: link.recipientName, text } as const
  const mail = writeNewsMail(about, news, `${origin}/requests/${request.id}`)
  const expiresAt = newsEnd(getRuntime().clock())
  await writeMail(
    tx,
    organisationId,
    { kind: 'request-news', recipient: reader.email, expiresAt, thread: `request-${request.id}`, ...mail },
    link.delivery === 'mail-server',
  )
}

const NEWS: Partial<Record<requests.RequestEntryRow['kind'], 'file' | 'cannot' | 'reply'>> = {
  file: 'file',
  cannot: 'cannot',
}
