/** The append-only record of an organisation as a hash chain: what an entry is, how it follows, how a chain is checked. */
import { canonicalJson, sha256Hex } from './canonical.ts'

/** What an entry says; `hash` is over all of it. */
export interface LedgerContent {
  organisationId: string
  /** From 1, without gaps. */
  sequence: number
  /** Hash of the entry before; `GENESIS_HASH` for the first. */
  previousHash: string
  kind: string
  /** Canonical JSON text, hashed as it stands. */
  payload: string
  actor: string
  /** ISO 8601 in UTC with milliseconds. */
  at: string
}

export interface LedgerEntry extends LedgerContent {
  hash: string
}

/** What the first entry of every chain follows. */
export const GENESIS_HASH = '0'.repeat(64)

// Part of what is hashed: another kind of document can never have an entry's hash.
const ENTRY_TYPE = 'https://attested.example/ledger-entry/v1'

export class LedgerError extends Error {
  override name = 'LedgerError'
  readonly code = 'bad-entry'
}

export function hashEntry(entry: LedgerContent): string {
  return sha256Hex(entryText(entry))
}

/**
 * The canonical JSON of an entry, which its hash is over. Its members are written out in their order, because a
 * million entries are checked at once; a test holds it to `canonicalJson`.
 * @throws CanonicalError for content without a canonical form
 */
export function entryText(entry: LedgerContent): string {
  const { organisationId, sequence, previousHash, kind, payload, actor, at } = entry
  const texts = [actor, at, kind, organisationId, payload, previousHash]
  if (!Number.isSafeInteger(sequence) || /\p{Surrogate}/u.test(texts.join('\n'))) {
    return canonicalJson({
      type: ENTRY_TYPE,
      organisationId,
      sequence,
      previousHash,
      kind,
      payload,
      actor,
      at,
    })
  }
  const [byWhom, when, what, whose, said, before] = texts.map((text) => JSON.stringify(text))
  return `{"actor":${byWhom},"at":${when},"kind":${what},"organisationId":${whose},"payload":${said},"previousHash":${before},"sequence":${sequence},"type":"${ENTRY_TYPE}"}`
}

/**
 * The entry that follows `previous`; null begins the chain.
 * @throws LedgerError for a payload that is not canonical JSON, or a time that a database would not give back
 *   unchanged: such an entry could not be verified later.
 */
export function appendAfter(
  previous: Pick<LedgerEntry, 'organisationId' | 'sequence' | 'hash'> | null,
  next: Omit<LedgerContent, 'sequence' | 'previousHash'>,
): LedgerEntry {
  if (previous && previous.organisationId !== next.organisationId) {
    throw new LedgerError('An entry cannot follow that of another organisation')
  }
  if (!isCanonical(next.payload))
    throw new LedgerError('The payload of a ledger entry must be canonical JSON')
  if (Number.isNaN(Date.parse(next.at)) || new Date(next.at).toISOString() !== next.at) {
    throw new LedgerError(
      `The time of a ledger entry must look like 2026-01-05T10:00:00.000Z, not ${next.at}`,
    )
  }
  const content: LedgerContent = {
    organisationId: next.organisationId,
    sequence: previous ? previous.sequence + 1 : 1,
    previousHash: previous ? previous.hash : GENESIS_HASH,
    kind: next.kind,
    payload: next.payload,
    actor: next.actor,
    at: next.at,
  }
  return { ...content, hash: hashEntry(content) }
}

function isCanonical(text: string): boolean {
  try {
    return canonicalJson(JSON.parse(text)) === text
  } catch {
    return false
  }
}

/**
 * - `edited`: its content no longer has its hash
 * - `missing`: one or more entries before it are gone
 * - `reordered`: it comes again or too early
 * - `unlinked`: it does not name the hash of the entry before it, so one of the two was replaced
 * - `foreign`: it belongs to another organisation
 * - `shortened`: the chain ends before an entry that is known to have existed
 */
export type ChainProblem = 'edited' | 'missing' | 'reordered' | 'unlinked' | 'foreign' | 'shortened'

export type ChainResult =
  | { ok: true; count: number; head: { sequence: number; hash: string } | null }
  | { ok: false; sequence: number; problem: ChainProblem; sentence: string }

/**
 * Checks a whole chain from its first entry and stops at the first fault.
 * @param options.knownHead an entry that was noted elsewhere, for instance in a signed statement: without it, a chain
 *   that lost its end still looks whole.
 */
export async function verifyChain(
  entries: Iterable<LedgerEntry> | AsyncIterable<LedgerEntry>,
  options: { knownHead?: { sequence: number; hash: string } } = {},
): Promise<ChainResult> {
  const { knownHead } = options
  let last: LedgerEntry | null = null
  for await (const entry of entries) {
    const problem = problemOf(entry, last, hashEntry)
    if (problem) return fault(entry.sequence, problem)
    if (entry.sequence === knownHead?.sequence && entry.hash !== knownHead.hash)
      return fault(entry.sequence, 'edited')
    last = entry
  }
  if (knownHead && (last?.sequence ?? 0) < knownHead.sequence) return fault(knownHead.sequence, 'shortened')
  return { ok: true, count: last?.sequence ?? 0, head: last && { sequence: last.sequence, hash: last.hash } }
}

/**
 * What is wrong with an entry that comes after `last`; null when nothing is.
 * @param hash gives the hash of an entry: `hashEntry`, or the same by a faster library
 */
export function problemOf(
  entry: LedgerEntry,
  last: Pick<LedgerEntry, 'organisationId' | 'sequence' | 'hash'> | null,
  hash: (entry: LedgerContent) => string,
): ChainProblem | null {
  const expected = (last?.sequence ?? 0) + 1
  if (last && entry.organisationId !== last.organisationId) return 'foreign'
  if (entry.sequence > expected) return 'missing'
  if (entry.sequence !== expected) return 'reordered'
  // The content first: an edited entry is the culprit, not the one that follows it.
  if (!hasOwnHash(entry, hash)) return 'edited'
  return entry.previousHash === (last?.hash ?? GENESIS_HASH) ? null : 'unlinked'
}

function hasOwnHash(entry: LedgerEntry, hash: (entry: LedgerContent) => string): boolean {
  try {
    return hash(entry) === entry.hash
  } catch {
    // Content without a canonical form never had a hash.
    return false
  }
}

const SENTENCES: Record<ChainProblem, string> = {
  edited: 'was changed after it was written',
  missing: 'does not follow the entry before it: entries between them are missing',
  reordered: 'is out of order or appears twice',
  unlinked: 'does not name the hash of the entry before it: one of the two was replaced',
  foreign: 'belongs to another organisation',
  shortened: 'is known to have existed, but the ledger ends before it',
}

function fault(sequence: number, problem: ChainProblem): ChainResult {
  return { ok: false, sequence, problem, sentence: describeProblem(sequence, problem) }
}

export function describeProblem(sequence: number, problem: ChainProblem): string {
  return `Entry ${sequence} ${SENTENCES[problem]}.`
}
