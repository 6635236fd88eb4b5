/** What a browser may be shown of a file: bounded, and of the kind that its content is. */

import Papa from 'papaparse'
import { previewKindOf, redactionKindOf } from '#app/documents/preview-kind.ts'
import { PREVIEW_BYTES } from '#app/documents/preview-page.ts'
import { readText } from '#app/documents/readable-text.ts'
import { looksLikeHeading } from '#app/documents/redact-text.ts'
import { cutText } from '#app/language/cut-text.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import { StoreError } from '#evidence/store/store.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError } from './errors.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { readStoredHead } from './stored-head.server.ts'

/** One revision with its item and its client, for the pages about one file. */
export async function getRevisionPage(member: Member, revisionId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const found = await evidenceRows.findRevision(tx, organisationId, revisionId)
    if (!found) throw new NotFoundError('No such evidence file')
    const { evidence, revision } = found
    const revisions = await evidenceRows.listRevisions(tx, organisationId, evidence.id)
    const original = revisions.find(({ sha256 }) => sha256 === revision.redactedFrom) ?? null
    return {
      evidence,
      revision,
      client: await getClientRow(tx, organisationId, evidence.clientId),
      preview: previewKindOf(revision),
      redaction: redactionKindOf(revision),
      original: original && { id: original.id, fileName: original.fileName, sequence: original.sequence },
    }
  })
}

/**
 * The revision and as much of its file as a preview needs: the beginning of a text, the whole of a picture or a PDF.
 * @throws StoreError `not-found`, `corrupt`; the beginning of a long text is not compared with its hash
 */
export async function openPreview(member: Member, revisionId: string) {
  const { database, store } = getRuntime()
  const { organisationId } = member
  const found = await database.inOrganisation(organisationId, (tx) =>
    evidenceRows.findRevision(tx, organisationId, revisionId),
  )
  if (!found) throw new NotFoundError('No such evidence file')
  const { revision } = found
  const kind = previewKindOf(revision)
  if (kind === 'text')
    return {
      revision,
      kind,
      head: await readStoredHead(organisationId, revision.sha256, PREVIEW_BYTES),
    } as const
  if (kind === 'none') return { revision, kind } as const
  return { revision, kind, bytes: await store.openVerified(organisationId, revision.sha256) } as const
}

/** The first row of a table, for choosing columns to black out; empty where the file cannot be read. */
export async function readFirstRow(member: Member, revision: { sha256: string }) {
  try {
    const head = await readStoredHead(member.organisationId, revision.sha256)
    const text = readText(head, false).text.replace(/^\ufeff/, '')
    const [row = []] = Papa.parse<string[]>(text, { preview: 1 }).data
    const columns = row.slice(0, 200).map((name) => cutText(name, 100))
    return { columns, looksLikeHeading: looksLikeHeading(row) }
  } catch (error) {
    if (error instanceof StoreError) return { columns: [], looksLikeHeading: false }
    throw error
  }
}
