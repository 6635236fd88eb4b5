/** Holds the evidence store against the rows that refer to it, across organisations, and changes nothing. */
import { listOrganisationIds } from '#db/queries/accounts.server.ts'
import {
  type FileReference,
  isReferred,
  listReferences,
  REFERENCE_KINDS,
  type ReferenceKind,
} from '#db/queries/stored-files.server.ts'
import { type ListedFile, StoreError } from '#evidence/store/store.ts'
import { getRuntime } from './runtime.server.ts'

export type StoreFinding =
  /** No row refers to it. `young`: it arrived so lately that its row may be about to be written. */
  | ({ type: 'orphan' | 'young' } & ListedFile)
  /** Rows refer to it, and it is not there. */
  | { type: 'missing'; organisationId: string; sha256: string; referredBy: FileReference[] }
  /** Not the file that was received any more. */
  | {
      type: 'changed'
      organisationId: string
      sha256: string
      sizeBytes: number
      expectedBytes: number | null
    }
  /** Half received: an upload under way, or what a crash left of one. */
  | { type: 'unfinished'; name: string; changedAt: Date }

export interface StoreCheckSummary {
  files: number
  bytes: number
  /** Files that rows refer to. */
  referred: number
  /** Files whose content was read and compared; 0 unless asked for. */
  verified: number
  found: Record<StoreFinding['type'], number>
}

// Between the last byte and the row lie seconds; an hour also covers clocks that differ.
const YOUNG_MS = 3_600_000
const PAGE = 2000

/**
 * Goes through both in the same order, so that neither is ever held in memory.
 * @throws StoreError, whatever the database throws; StoreOrderError
 */
export async function* checkStore(options: {
  verify: boolean
}): AsyncGenerator<StoreFinding, StoreCheckSummary> {
  const { store, clock } = getRuntime()
  const summary: StoreCheckSummary = {
    files: 0,
    bytes: 0,
    referred: 0,
    verified: 0,
    found: { orphan: 0, young: 0, missing: 0, changed: 0, unfinished: 0 },
  }
  for await (const { file, references } of merge(inOrder(store.list()), inOrder(eachReferredFile()))) {
    if (file) {
      summary.files += 1
      summary.bytes += file.sizeBytes
    }
    if (references) summary.referred += 1
    const findings = file
      ? [await judgeOwner(file, references, clock()), await judgeContent(file, references, options.verify)]
      : [await judgeAbsence(references)]
    if (file && options.verify) summary.verified += 1
    for (const finding of findings) {
      if (finding === null) continue
      summary.found[finding.type] += 1
      yield finding
    }
  }
  for await (const unfinished of store.listUnfinished()) {
    summary.found.unfinished += 1
    yield { type: 'unfinished', ...unfinished }
  }
  return summary
}

async function judgeOwner(
  file: ListedFile,
  references: ReferredFile | null,
  now: Date,
): Promise<StoreFinding | null> {
  if (references) return null
  if (now.getTime() - file.storedAt.getTime() < YOUNG_MS) return { type: 'young', ...file }
  // Asked once more: the row may have come since its place in the order was passed.
  const isOwned = await getRuntime().database.inOrganisation(file.organisationId, (tx) =>
    isReferred(tx, file.organisationId, file.sha256),
  )
  return isOwned ? null : { type: 'orphan', ...file }
}

async function judgeAbsence(referred: ReferredFile | null): Promise<StoreFinding | null> {
  if (!referred) return null
  const { organisationId, sha256, by } = referred
  const isThere = await getRuntime().store.has(organisationId, sha256)
  return isThere ? null : { type: 'missing', organisationId, sha256, referredBy: by }
}

async function judgeContent(
  { organisationId, sha256, sizeBytes }: ListedFile,
  referred: ReferredFile | null,
  verify: boolean,
): Promise<StoreFinding | null> {
  const expectedBytes = referred?.by.find((reference) => reference.sizeBytes !== null)?.sizeBytes ?? null
  const changed: StoreFinding = { type: 'changed', organisationId, sha256, sizeBytes, expectedBytes }
  if (expectedBytes !== null && expectedBytes !== sizeBytes) return changed
  if (!verify) return null
  try {
    for await (const _ of getRuntime().store.open(organisationId, sha256));
    return null
  } catch (error) {
    if (error instanceof StoreError && error.code === 'corrupt') return changed
    throw error
  }
}

interface ReferredFile {
  organisationId: string
  sha256: string
  by: FileReference[]
}

async function* eachReferredFile(): AsyncGenerator<ReferredFile> {
  const organisations = await getRuntime().database.forSignIn(listOrganisationIds)
  for (const organisationId of organisations) yield* referredFilesOf(organisationId)
}

/** One page of each kind of row in memory at a time. */
async function* referredFilesOf(organisationId: string): AsyncGenerator<ReferredFile> {
  const rows = REFERENCE_KINDS.map((kind) => eachReference(organisationId, kind))
  const heads = await Promise.all(rows.map((iterator) => iterator.next()))
  for (;;) {
    const open = heads.flatMap((head) => (head.done ? [] : [head.value]))
    const [first] = open.map(({ sha256 }) => sha256).sort()
    if (first === undefined) return
    yield { organisationId, sha256: first, by: open.filter(({ sha256 }) => sha256 === first) }
    for (const [index, head] of heads.entries()) {
      const iterator = rows[index]
      if (iterator && !head.done && head.value.sha256 === first) heads[index] = await iterator.next()
    }
  }
}

async function* eachReference(
  organisationId: string,
  kind: ReferenceKind,
): AsyncGenerator<FileReference, undefined> {
  for (let after = ''; ; ) {
    const page = await getRuntime().database.inOrganisation(organisationId, (tx) =>
      listReferences(tx, organisationId, { kind, after, limit: PAGE }),
    )
    yield* page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.sha256
  }
}

interface Keyed {
  organisationId: string
  sha256: string
}

const keyOf = ({ organisationId, sha256 }: Keyed) => `${organisationId}/${sha256}`

export class StoreOrderError extends Error {
  override name = 'StoreOrderError'
  readonly code = 'store-out-of-order'
}

/** Out of order, everything would look missing and left over at once: then nothing is said at all. */
async function* inOrder<T extends Keyed>(items: AsyncIterable<T>): AsyncGenerator<T, undefined> {
  let last = ''
  for await (const item of items) {
    const key = keyOf(item)
    if (key <= last) {
      throw new StoreOrderError(
        `The files or the rows come in an order that cannot be compared (${key} after ${last}). Nothing was found out; tell the makers which store and database these are.`,
      )
    }
    last = key
    yield item
  }
}

async function* merge(
  files: AsyncGenerator<ListedFile, undefined>,
  referred: AsyncGenerator<ReferredFile, undefined>,
): AsyncGenerator<{ file: ListedFile | null; references: ReferredFile | null }> {
  let file = (await files.next()).value ?? null
  let row = (await referred.next()).value ?? null
  while (file || row) {
    const isFileFirst = file !== null && (row === null || keyOf(file) <= keyOf(row))
    const isRowFirst = row !== null && (file === null || keyOf(row) <= keyOf(file))
    yield { file: isFileFirst ? file : null, references: isRowFirst ? row : null }
    if (isFileFirst) file = (await files.next()).value ?? null
    if (isRowFirst) row = (await referred.next()).value ?? null
  }
}
