import type { KeyAlgorithm } from '#app/report/authority-keys/authority-key.ts'

/** A signing authority as pages show it. */
export interface ShownAuthority {
  id: string
  /** The distinguished name. */
  subject: string
  /** SHA-256 of the certificate, "AB:CD:…". */
  fingerprint: string
  createdAt: Date
  algorithm: KeyAlgorithm
  /** Where the key is, for one that is not kept here. */
  keyReference: string | null
  retiredAt: Date | null
  retirementReason: string | null
  compromisedSince: Date | null
  /** Certificates that it issued, and how many of them are revoked. */
  issued: number
  revoked: number
  /** Where its revocation list is. */
  listPath: string
}

/** The common name of a distinguished name: "CN=Fjord IT Attested signing authority, O=Fjord IT". */
export const commonName = (subject: string) => /CN=(.+?)(?=, [A-Z]+=|$)/.exec(subject)?.[1] ?? subject

const KINDS: Record<KeyAlgorithm, string> = {
  'ec-p256': 'ECDSA on P-256',
  'rsa-3072': 'RSA with 3072 bits',
}

export const keyInWords = ({ algorithm, keyReference }: Pick<ShownAuthority, 'algorithm' | 'keyReference'>) =>
  `${KINDS[algorithm]}, ${keyReference ? `in AWS KMS: ${keyReference}` : 'encrypted with the secret of this installation'}`
