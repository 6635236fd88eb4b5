/** Redacted copies of evidence: made beside the original, whose hash they name, and checked before they are kept. */
import { jpegSizeOf } from '#app/documents/jpeg-size.ts'
import {
  type Picture,
  PictureError,
  pngSizeOf,
  readOriginalPicture,
  readPicture,
} from '#app/documents/png-reading.server.ts'
import { blacken, type Rectangle } from '#app/documents/png-reencoding.server.ts'
import { redactionKindOf } from '#app/documents/preview-kind.ts'
import { readText } from '#app/documents/readable-text.ts'
import { countLeftovers, RedactionError, redactText } from '#app/documents/redact-text.ts'
import { countOf } from '#app/readiness/sentences.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import type { StoredFile } from '#evidence/store/store.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { storeFile } from './evidence.server.ts'
import { lockRevisable } from './evidence-revisions.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import type { TextRedactionInput } from './redaction-input.ts'
import { getRuntime } from './runtime.server.ts'

export interface RedactionOutcome {
  outcome: 'redacted' | 'already-held'
  evidenceId: string
  revisionId: string
  /** Values of blacked-out columns that still stand in other columns. */
  leftovers: number
}

/** The revision, when a redacted copy of it can be made. @throws NotFoundError, RefusedError */
async function getOriginal(member: Member, revisionId: string) {
  const { organisationId } = member
  const found = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    evidenceRows.findRevision(tx, organisationId, revisionId),
  )
  if (!found) throw new NotFoundError('No such evidence file')
  if (found.revision.redactedFrom)
    throw new RefusedError('is-copy', 'This is a redacted copy already. Make another one of the original.')
  if (found.revision.withdrawnAt || found.evidence.withdrawnAt)
    throw new RefusedError('evidence-withdrawn', 'This file is withdrawn, so nothing of it goes out.')
  return found.revision
}

/** Asked before the first byte of a picture is read. */
export async function checkRedactionTarget(member: Member, revisionId: string): Promise<void> {
  await getOriginal(member, revisionId)
}

/** @throws RefusedError when nothing was found, or a string would stay readable; then nothing is kept */
export async function redactTextRevision(
  member: Member,
  revisionId: string,
  input: TextRedactionInput,
): Promise<RedactionOutcome> {
  const original = await getOriginal(member, revisionId)
  const kind = redactionKindOf(original)
  if (kind !== 'text' && kind !== 'table' && kind !== 'json')
    throw new RefusedError('not-text', 'Strings can be blacked out in text, tables and JSON only.')
  const { text, isFaithful } = readText(
    await readAll(getRuntime().store.open(member.organisationId, original.sha256)),
    true,
  )
  if (!isFaithful) {
    throw new RefusedError(
      'unreadable',
      'Some bytes of this file are no characters, so it cannot be searched for certain. Export it again as UTF-8.',
    )
  }
  const plain = text.replace(/^\ufeff/, '')
  const columns = kind === 'table' ? input.columns : []
  const wish = { strings: input.strings, columns, hasHeading: input.hasHeading }
  const redacted = attempt(() => redactText(kind, plain, wish))
  const missing = redacted.counts.flatMap((count, index) => (count === 0 ? [index + 1] : []))
  if (missing.length > 0) {
    throw new RefusedError(
      'not-found',
      `Not found in the file: line ${missing.join(', ')} of the list. Correct or remove it; nothing was kept.`,
    )
  }
  if (redacted.text === plain)
    throw new RefusedError('nothing-hidden', 'Those columns are empty: nothing to black out.')
  const stored = await storeFile(member, once(Buffer.from(redacted.text)))
  const places = redacted.counts.reduce((sum, count) => sum + count, 0)
  const words = [
    input.strings.length > 0 ? `${countOf(input.strings.length, 'text')} in ${countOf(places, 'place')}` : '',
    columns.length > 0
      ? `${countOf(redacted.cells, 'cell')} of column ${columns.map((column) => column + 1).join(', ')}`
      : '',
  ]
  const copy = await keepCopy(member, revisionId, stored, `Blacked out: ${words.filter(Boolean).join('; ')}.`)
  return { ...copy, leftovers: columns.length > 0 ? countLeftovers(plain, redacted.text, wish) : 0 }
}

/**
 * A copy of a PNG is made here, of the original's own pixels. What no reader of ours knows is left to the browser: then
 * the copy says so, and only its size is compared.
 * @param png the picture as the browser drew it; it is decoded, blackened and encoded anew here, so that neither
 *   metadata nor anything under a rectangle is left, whatever was sent
 * @throws RefusedError `another-picture` when what was sent is of another size than the original
 */
export async function redactPictureRevision(
  member: Member,
  revisionId: string,
  png: Uint8Array,
  rectangles: readonly Rectangle[],
): Promise<RedactionOutcome> {
  const original = await getOriginal(member, revisionId)
  if (redactionKindOf(original) !== 'image')
    throw new RefusedError('not-picture', 'Rectangles can be drawn on PNG and JPEG pictures only.')
  const held = await readAll(await getRuntime().store.openVerified(member.organisationId, original.sha256))
  const source = attempt(() => chooseSource(original.mediaType, held, readPicture(png)))
  const bytes = attempt(() => blacken(source.picture, rectangles))
  const stored = await storeFile(member, once(await readAll(bytes)))
  const words = `Blacked out: ${countOf(rectangles.length, 'rectangle')}; encoded anew without metadata.`
  const pixels = source.isOurs
    ? ''
    : ' Its pixels came from the browser and were not compared with the original.'
  return { ...(await keepCopy(member, revisionId, stored, `${words}${pixels}`)), leftovers: 0 }
}

/** @throws PictureError `another-picture` */
function chooseSource(mediaType: string, held: Uint8Array, sent: Picture) {
  const isPng = mediaType === 'image/png'
  const read = isPng ? readOriginalPicture(held) : null
  const size = read ?? (isPng ? { ...pngSizeOf(held), mayBeTurned: true } : jpegSizeOf(held))
  const isSame = size?.width === sent.width && size.height === sent.height
  const isTurned =
    size !== null && 'mayBeTurned' in size && size.mayBeTurned
      ? size.width === sent.height && size.height === sent.width
      : false
  if (!isSame && !isTurned) {
    throw new PictureError(
      'another-picture',
      'The picture that arrived is of another size than the original. Reload the page and try again.',
    )
  }
  return { picture: read ?? sent, isOurs: read !== null }
}

/** Before the store sees it: what the picture's reader refuses half way is no fault of the store. */
async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  try {
    for await (const part of bytes) parts.push(part)
  } catch (error) {
    throw asRefusal(error)
  }
  return Buffer.concat(parts)
}

async function keepCopy(member: Member, revisionId: string, stored: StoredFile, redaction: string) {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const copyId = newId()
  return database.inOrganisation(organisationId, async (tx) => {
    const found = await evidenceRows.findRevision(tx, organisationId, revisionId)
    if (!found) throw new NotFoundError('No such evidence file')
    const { evidence, revisions, nextSequence } = await lockRevisable(tx, organisationId, found.evidence.id)
    const original = revisions.find(({ id, withdrawnAt }) => id === revisionId && withdrawnAt === null)
    if (!original) throw new RefusedError('evidence-withdrawn', 'This file was withdrawn meanwhile.')
    const evidenceId = evidence.id
    const same = revisions.find(({ sha256, withdrawnAt }) => sha256 === stored.sha256 && withdrawnAt === null)
    if (same) return { outcome: 'already-held' as const, evidenceId, revisionId: same.id }
    const { observedAt, validUntil, collector } = original
    const { sha256, sizeBytes, mediaType } = stored
    const file = {
      sha256,
      sizeBytes,
      mediaType,
      fileName: nameOfCopy(original.fileName, mediaType),
      redactedFrom: original.sha256,
      redaction,
      sequence: nextSequence,
    }
    await evidenceRows.insertRevision(tx, {
      ...file,
      organisationId,
      id: copyId,
      evidenceId,
      observedAt,
      receivedAt: at,
      validUntil,
      collector,
      receivedBy: member.userId,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'evidence.redacted',
      actor: actorOf(member),
      at,
      payload: {
        clientId: evidence.clientId,
        evidenceId,
        revisionId: copyId,
        originalId: revisionId,
        ...file,
      },
    })
    return { outcome: 'redacted' as const, evidenceId, revisionId: copyId }
  })
}

function nameOfCopy(name: string, mediaType: string): string {
  const ending = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0] ?? ''
  const stem = name.slice(0, name.length - ending.length).slice(0, 180)
  return `${stem} (redacted)${mediaType === 'image/png' ? '.png' : ending}`
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asRefusal(error)
  }
}

function asRefusal(error: unknown): unknown {
  return error instanceof RedactionError || error instanceof PictureError
    ? new RefusedError(error.code, error.message)
    : error
}
