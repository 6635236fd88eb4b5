/**
 * The head of a ledger: its last entry, sealed with a key that is not in the database, so that a chain that lost its
 * end shows without a witness outside (docs/decisions/0013).
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from './canonical.ts'
import type { LedgerFault } from './ledger-faults.ts'

export interface HeadContent {
  organisationId: string
  /** Of the last entry. */
  sequence: number
  /** Of the last entry. */
  hash: string
  /** When that entry was written; ISO 8601 in UTC with milliseconds. */
  at: string
}

export interface LedgerHead extends HeadContent {
  /** HMAC-SHA-256, hex. */
  mac: string
}

/** 32 bytes, for one organisation; it opens nothing else. */
export type HeadKey = Uint8Array

// Part of what is sealed: another use of the same key can never give a head's code.
const HEAD_TYPE = 'https://attested.example/ledger-head/v1'
const KEY_PURPOSE = 'attested ledger head v1'

/**
 * HKDF-SHA-256 (RFC 5869) from the installation's secret; the organisation's id is the salt.
 * @throws Error for an empty secret: a head that anybody can seal is worse than none
 */
export function deriveHeadKey(secret: string, organisationId: string): HeadKey {
  if (secret === '') throw new Error('The head of a ledger cannot be sealed without the secret')
  return new Uint8Array(hkdfSync('sha256', secret, organisationId, KEY_PURPOSE, 32))
}

export function sealHead(content: HeadContent, key: HeadKey): LedgerHead {
  const { organisationId, sequence, hash, at } = content
  return { organisationId, sequence, hash, at, mac: macOf(content, key).toString('hex') }
}

function macOf({ organisationId, sequence, hash, at }: HeadContent, key: HeadKey): Buffer {
  const text = canonicalJson({ type: HEAD_TYPE, organisationId, sequence, hash, at })
  return createHmac('sha256', key).update(text).digest()
}

/**
 * Whether `head` is ours and names the last entry.
 * @param last the last entry of the chain as it is; null for an empty one
 */
export function listHeadFaults(
  head: LedgerHead | null,
  last: { organisationId: string; sequence: number; hash: string } | null,
  key: HeadKey,
): LedgerFault[] {
  const fault = (problem: LedgerFault['problem'], sentence: string): LedgerFault[] => [
    { part: 'head', number: head?.sequence ?? null, problem, sentence },
  ]
  if (head === null) {
    if (last === null) return []
    return fault(
      'head-missing',
      `The ledger has ${last.sequence} entries but no sealed head: its row was removed, so entries at the end may be missing.`,
    )
  }
  const isOurs = timingSafeEqual(macOf(head, key), asMac(head.mac))
  if (!isOurs || (last !== null && head.organisationId !== last.organisationId)) {
    return fault(
      'head-forged',
      'The sealed head was changed or comes from elsewhere: its code was not made with this installation’s secret for this organisation.',
    )
  }
  const end = last?.sequence ?? 0
  if (head.sequence > end) {
    const missing = head.sequence - end
    return fault(
      'shortened',
      `The ledger ends with entry ${end}, but its sealed head names entry ${head.sequence}: the last ${missing === 1 ? 'entry is' : `${missing} entries are`} missing.`,
    )
  }
  if (head.sequence < end) {
    return fault(
      'unsealed',
      `Entries ${head.sequence + 1} to ${end} stand after the sealed head: they were added by another hand, or written after a break that was found then.`,
    )
  }
  if (head.hash !== last?.hash) {
    return fault('head-differs', `Entry ${end} is not the one that the sealed head names: it was replaced.`)
  }
  return []
}

/** Always 32 bytes, so that any text can be compared in constant time. */
function asMac(hex: string): Buffer {
  const bytes = Buffer.from(hex, 'hex')
  return bytes.length === 32 && bytes.toString('hex') === hex ? bytes : Buffer.alloc(32)
}
