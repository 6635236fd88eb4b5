/** Takes a file that was sent for a request into the evidence: as a new item, or as a newer version of the one asked for. */
import * as requests from '#db/queries/evidence-requests.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { registerEvidence } from './evidence.server.ts'
import type { EvidenceInput } from './evidence-input.ts'
import { reviseEvidence } from './evidence-revisions.server.ts'
import { recordInLedger } from './ledger.server.ts'
import type { ExaminedFile } from './malware-scanning.server.ts'
import { actorOf, type Member } from './member.ts'
import { nameQuestionRefs } from './question-refs.server.ts'
import { controlOfRequest } from './request-thread.server.ts'
import { getRuntime } from './runtime.server.ts'
import { readStoredHead } from './stored-head.server.ts'
import { tellRequestsFulfilled } from './webhook-news.server.ts'

export interface Acceptance {
  fileEntryId: string
  /** Nothing more is expected. */
  closes: boolean
  input: EvidenceInput
}

/**
 * The file becomes evidence first and the request is settled then: should the second fail, pressing again finds the
 * evidence already held and goes on.
 * @returns the evidence
 * @throws NotFoundError; RefusedError `request-settled`, `client-archived`, and as `registerEvidence` and `reviseEvidence`
 */
export async function acceptRequestFile(
  member: Member,
  requestId: string,
  { fileEntryId, closes, input }: Acceptance,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const { request, entry, control, questionRefs } = await database.inOrganisation(
    organisationId,
    async (tx) => {
      const request = await requests.findRequest(tx, organisationId, requestId)
      const entry = await requests.findRequestEntry(tx, organisationId, { requestId, id: fileEntryId })
      if (!request || !entry) throw new NotFoundError('No such file')
      const { clientId, applicationId, questionId } = request
      if ((await getClientRow(tx, organisationId, clientId)).archivedAt)
        throw new RefusedError('client-archived', 'This client is archived. Restore it first.')
      // The application may have been discarded since: then the evidence is the client's alone.
      const asked = applicationId ? [`${applicationId}/${questionId}`] : []
      return {
        request,
        entry,
        control: await controlOfRequest(tx, organisationId, request),
        questionRefs: (await nameQuestionRefs(tx, organisationId, clientId, asked)).map(({ ref }) => ref),
      }
    },
  )
  if (!entry.sha256) throw new NotFoundError('No such file')
  if (request.state === 'cancelled')
    throw new RefusedError('request-settled', 'This request was cancelled. Ask anew, or upload the file.')
  const stored: ExaminedFile = {
    sha256: entry.sha256,
    sizeBytes: entry.sizeBytes ?? 0,
    mediaType: entry.mediaType ?? 'application/octet-stream',
    head: await readStoredHead(organisationId, entry.sha256),
    malware: entry.malware as ExaminedFile['malware'],
  }
  const said = {
    ...input,
    title: input.title || request.title,
    collector: input.collector || `${entry.authorName}, asked by ${request.requestedByName}`,
    controlIds: input.controlIds.length > 0 || !control ? input.controlIds : [control],
    questionRefs,
  }
  const fileName = entry.fileName ?? 'unnamed'
  const taken = request.evidenceId
    ? await reviseEvidence(member, request.evidenceId, stored, fileName, said)
    : await registerEvidence(member, request.clientId, stored, fileName, said)
  await database.inOrganisation(organisationId, async (tx) => {
    const locked = await requests.lockRequest(tx, organisationId, requestId)
    const entries = await requests.listRequestEntries(tx, organisationId, [requestId])
    const isTaken = entries.some((row) => row.kind === 'accepted' && row.fileEntryId === fileEntryId)
    const revisionId = taken.outcome === 'received' ? taken.revisionId : null
    if (!isTaken) {
      await requests.insertRequestEntry(tx, {
        organisationId,
        id: newId(),
        requestId,
        kind: 'accepted',
        side: 'provider',
        authorName: member.name,
        authorEmail: member.email,
        text: '',
        at,
        revisionId,
        fileEntryId,
      })
      await recordInLedger(tx, organisationId, {
        kind: 'request.accepted',
        actor: actorOf(member),
        at,
        payload: {
          requestId,
          clientId: request.clientId,
          sha256: entry.sha256,
          fileName,
          evidenceId: taken.evidenceId,
          revisionId,
          outcome: taken.outcome,
        },
      })
    }
    if (closes && locked && locked.state !== 'fulfilled') {
      const settled = { state: 'fulfilled', settledAt: at, fulfilledBy: revisionId } as const
      await requests.updateRequest(tx, organisationId, requestId, settled)
      await tellRequestsFulfilled(tx, organisationId, [requestId])
      await recordInLedger(tx, organisationId, {
        kind: 'request.fulfilled',
        actor: actorOf(member),
        at,
        payload: { requestId, clientId: request.clientId },
      })
    }
  })
  return taken.evidenceId
}
