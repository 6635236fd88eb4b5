/** Makes an authority's revocation list: what anybody needs to see that a certificate no longer counts. */
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { type Authority, decryptKey } from './keys.server.ts'
import { encodeInteger } from './verify/der.ts'

/** Why a certificate was taken back, as RFC 5280 §5.3.1 names it. */
export const REVOCATION_REASONS = {
  'key-compromise': x509.X509CrlReason.keyCompromise,
  'authority-compromise': x509.X509CrlReason.cACompromise,
  superseded: x509.X509CrlReason.superseded,
  'not-entitled': x509.X509CrlReason.privilegeWithdrawn,
} as const
export type RevocationReason = keyof typeof REVOCATION_REASONS

export interface Revocation {
  /** Hexadecimal. */
  serialNumber: string
  /** When it was decided. */
  revokedAt: Date
  /** From when the certificate counts as revoked. */
  invalidFrom: Date
  reason: RevocationReason
}

/** How long a list may be relied on before the next one is due. */
export const LIST_DAYS = 7
const DAY_MS = 86_400_000
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const
// An extension that the package has no class for.
const LIST_NUMBER = '2.5.29.20'

/**
 * @param input.now the list's own time; its number follows from it, so that a later list has a higher one
 * @returns DER
 * @throws KeyError `key-unreadable` when the passphrase does not open the authority's key
 */
export async function makeRevocationList(input: {
  authority: Authority
  passphrase: string
  revoked: readonly Revocation[]
  now: Date
}): Promise<Uint8Array> {
  const crypto = webcrypto as unknown as Crypto
  const issuer = new x509.X509Certificate(input.authority.certificatePem)
  const signingKey = await decryptKey(input.authority.encryptedKeyPem, input.passphrase)
  const thisUpdate = wholeSecond(input.now)
  const list = await x509.X509CrlGenerator.create(
    {
      issuer: issuer.subjectName,
      thisUpdate,
      nextUpdate: new Date(thisUpdate.getTime() + LIST_DAYS * DAY_MS),
      signingAlgorithm: SIGNING,
      signingKey: signingKey as unknown as CryptoKey,
      entries: input.revoked.map(({ serialNumber, revokedAt, invalidFrom, reason }) => ({
        serialNumber,
        revocationDate: wholeSecond(revokedAt),
        reason: REVOCATION_REASONS[reason],
        invalidity: wholeSecond(invalidFrom),
      })),
      extensions: [
        await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, crypto),
        new x509.Extension(LIST_NUMBER, false, Uint8Array.from(numberOf(thisUpdate))),
      ],
    },
    crypto,
  )
  return new Uint8Array(list.rawData)
}

/** Seconds since 1970. */
function numberOf(at: Date): Uint8Array {
  const hex = Math.floor(at.getTime() / 1000).toString(16)
  return encodeInteger(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'))
}

// Lists know whole seconds.
const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000)
