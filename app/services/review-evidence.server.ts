/** Evidence as an assessor may open it: only what lies on their desk, each time written down. */
import { Readable } from 'node:stream'
import { previewKindOf } from '#app/documents/preview-kind.ts'
import { PREVIEW_BYTES } from '#app/documents/preview-page.ts'
import type { Tx } from '#db/client.server.ts'
import type { Key } from './attestation-door.server.ts'
import { RefusedError } from './errors.ts'
import { recordGuestAccess } from './guest-access.server.ts'
import type { DeskEvidence } from './review-desk.server.ts'
import { asInvited } from './review-visit.server.ts'
import { type Assessor, takeFromDesk } from './review-work.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'
import { readStoredHead } from './stored-head.server.ts'

interface Taken {
  organisationId: string
  file: DeskEvidence
}

/** @throws NotFoundError for a file that does not lie on their desk; RefusedError `read-only` */
export async function openForAssessor(
  tx: Tx,
  assessor: Assessor,
  { revisionId, kind }: { revisionId: string; kind: 'viewed' | 'downloaded' },
  writeDown: () => Promise<void>,
): Promise<Taken> {
  if (kind === 'downloaded' && !assessor.review.mayDownload)
    throw new RefusedError('read-only', 'This review was opened for reading, not for downloading.')
  const file = await takeFromDesk(tx, assessor, revisionId)
  await writeDown()
  return { organisationId: assessor.organisationId, file }
}

const takeByLink = (key: Key, revisionId: string, kind: 'viewed' | 'downloaded', caller: Caller) =>
  asInvited(key, 'share', (tx, assessor) =>
    openForAssessor(tx, assessor, { revisionId, kind }, () => {
      const link = { organisationId: assessor.organisationId, id: assessor.door.linkId }
      return recordGuestAccess(tx, link, { kind, revisionId, at: assessor.at, caller })
    }),
  )

/** As much of the file as a preview needs. @throws StoreError */
export async function readPreview({ organisationId, file }: Taken) {
  const kind = previewKindOf(file)
  if (kind === 'text')
    return { file, kind, head: await readStoredHead(organisationId, file.sha256, PREVIEW_BYTES) } as const
  if (kind === 'none') return { file, kind } as const
  return { file, kind, bytes: await getRuntime().store.openVerified(organisationId, file.sha256) } as const
}

/** The file itself, its hash compared before the first byte leaves. @throws StoreError */
export async function readWhole({ organisationId, file }: Taken) {
  return { file, stream: Readable.from(await getRuntime().store.openVerified(organisationId, file.sha256)) }
}

/** @throws NotFoundError; RefusedError; StoreError */
export const previewForAssessor = async (key: Key, revisionId: string, caller: Caller) =>
  readPreview(await takeByLink(key, revisionId, 'viewed', caller))

/** @throws RefusedError `read-only` and as above */
export const downloadForAssessor = async (key: Key, revisionId: string, caller: Caller) =>
  readWhole(await takeByLink(key, revisionId, 'downloaded', caller))
