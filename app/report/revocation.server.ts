/** Makes an authority's revocation list: what anybody needs to see that a certificate no longer counts. */
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { providerOf } from './authority-keys/signing-provider.server.ts'
import type { Authority } from './keys.server.ts'
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
// An extension that the package has no class for.
const LIST_NUMBER = '2.5.29.20'

/**
 * @param input.now the list's own time; its number follows from it, so that a later list has a higher one
 * @returns DER
 * @throws KeyError when the authority's key cannot sign
 */
export async function makeRevocationList(input: {
  authority: Authority
  revoked: readonly Revocation[]
  now: Date
}): Promise<Uint8Array> {
  const { crypto, ...signing } = providerOf(input.authority.key)
  const issuer = new x509.X509Certificate(input.authority.certificatePem)
  const thisUpdate = wholeSecond(input.now)
  const list = await x509.X509CrlGenerator.create(
    {
      issuer: issuer.subjectName,
      thisUpdate,
      nextUpdate: new Date(thisUpdate.getTime() + LIST_DAYS * DAY_MS),
      ...signing,
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
