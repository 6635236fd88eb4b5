/** Under which authority the report of a pack was signed: the pack's own, or an earlier one that the ledger proves. */

import { bytesToHex } from '@noble/hashes/utils'
import { fingerprint, readPem } from '../verify/certificates.ts'
import { CheckFailure, failOn } from '../verify/results.ts'
import { digestOf } from '../verify/signed-message.ts'
import type { VerifiedSignature } from '../verify.ts'
import type { ProvedEntry } from './record/proved-entry.ts'

export interface KnownAuthority {
  /** Of the certificate, in small hexadecimal digits. */
  sha256: string
  isPacks: boolean
  /** The first day from which its key may have been in other hands; null where nobody said so. */
  compromisedSince: string | null
}

/** @param authorityPem of the pack's own seal */
export function authoritiesOf(authorityPem: string, proved: readonly ProvedEntry[]): KnownAuthority[] {
  const lost = new Map(
    proved
      .filter(({ kind }) => kind === 'key.compromised')
      .map(({ payload }) => [String(payload.keyId), String(payload.since)]),
  )
  const own = sha256Of(authorityPem)
  const earlier = proved
    .filter(({ kind, payload }) => kind === 'key.created' && payload.purpose === 'authority')
    .map(({ payload }) => ({
      sha256: sha256Of(String(payload.certificatePem)),
      compromisedSince: lost.get(String(payload.keyId)) ?? null,
    }))
  const isSame = earlier.find(({ sha256 }) => sha256 === own)
  return [
    { sha256: own, isPacks: true, compromisedSince: isSame?.compromisedSince ?? null },
    ...earlier.filter(({ sha256 }) => sha256 !== own).map((known) => ({ ...known, isPacks: false })),
  ]
}

const sha256Of = (pem: string) => bytesToHex(digestOf(readPem(pem)))

/**
 * @returns which authority it was, in words
 * @throws CheckFailure for one that the pack does not prove, and for signatures from when its key was in other hands
 */
export function nameAuthority(
  signatures: readonly VerifiedSignature[],
  authorities: readonly KnownAuthority[],
): string {
  // Those of another issuer's certificate say nothing of the organisation's authorities.
  const certified = signatures.filter(({ authoritySha256 }) => authoritySha256 !== null)
  const known = authorities.find(({ sha256 }) => sha256 === certified[0]?.authoritySha256)
  if (!known)
    throw new CheckFailure(
      'It was signed under another authority than the pack, and no ledger entry here shows that this was an earlier one of the same organisation.',
    )
  const { compromisedSince: since } = known
  failOn(
    certified
      .filter(({ at, timestamp }) => since !== null && (timestamp?.at ?? at) >= since)
      .map(
        ({ name }) => `${name} signed when the authority’s key may have been in other hands, as of ${since}.`,
      ),
  )
  return known.isPacks
    ? 'the same authority'
    : `an earlier authority of the same organisation, which the ledger records, SHA-256 fingerprint ${fingerprint(known.sha256)}`
}
