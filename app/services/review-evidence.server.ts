/** Evidence as an assessor may open it: only what lies on their desk, each time written down. */
import { Readable } from 'node:stream'
import { previewKindOf } from '#app/documents/preview-kind.ts'
import { PREVIEW_BYTES } from '#app/documents/preview-page.ts'
import type { Key } from './attestation-door.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordGuestAccess } from './guest-access.server.ts'
import { atGuestDoor } from './guest-door.server.ts'
import { type DeskEvidence, readDesk } from './review-desk.server.ts'
import { requireReview } from './review-visit.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'
import { readStoredHead } from './stored-head.server.ts'

async function takeFromDesk(
  key: Key,
  revisionId: string,
  kind: 'viewed' | 'downloaded',
  caller: Caller,
): Promise<{ organisationId: string; file: DeskEvidence }> {
  return atGuestDoor('review', key, async (tx, door, at) => {
    const { organisationId, link } = door
    const review = await requireReview(tx, door, 'share')
    if (kind === 'downloaded' && !review.mayDownload)
      throw new RefusedError('read-only', 'This review was opened for reading, not for downloading.')
    const desk = await readDesk(tx, organisationId, review.applicationId, review)
    const file = desk.items
      .flatMap(({ evidence }) => evidence)
      .find((evidence) => evidence.revisionId === revisionId)
    if (!file) throw new NotFoundError('No such evidence in this review')
    await recordGuestAccess(tx, link, { kind, revisionId, at, caller })
    return { organisationId, file }
  })
}

/** As much of the file as a preview needs. @throws NotFoundError; RefusedError; StoreError */
export async function previewForAssessor(key: Key, revisionId: string, caller: Caller) {
  const { organisationId, file } = await takeFromDesk(key, revisionId, 'viewed', caller)
  const kind = previewKindOf(file)
  if (kind === 'text')
    return { file, kind, head: await readStoredHead(organisationId, file.sha256, PREVIEW_BYTES) } as const
  if (kind === 'none') return { file, kind } as const
  return { file, kind, bytes: await getRuntime().store.openVerified(organisationId, file.sha256) } as const
}

/** The file itself, its hash compared before the first byte leaves. @throws RefusedError `read-only` */
export async function downloadForAssessor(key: Key, revisionId: string, caller: Caller) {
  const { organisationId, file } = await takeFromDesk(key, revisionId, 'downloaded', caller)
  return { file, stream: Readable.from(await getRuntime().store.openVerified(organisationId, file.sha256)) }
}
