/** The port behind which the private key of a signing authority is kept: it says whose key it is, and signs. */

/** What an authority's key can be; both sign over SHA-256. */
export const KEY_ALGORITHMS = ['ec-p256', 'rsa-3072'] as const
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number]

export interface AuthorityKey {
  algorithm: KeyAlgorithm
  /** SubjectPublicKeyInfo, DER. */
  publicKey: Uint8Array
  /**
   * Over SHA-256 of `bytes`.
   * @returns ECDSA: r and s, 32 bytes each; RSA: PKCS #1 v1.5
   * @throws KeyError with what to do next
   */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** As WebCrypto names them. */
export const WEB_ALGORITHMS = {
  'ec-p256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'rsa-3072': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const satisfies Record<KeyAlgorithm, object>
