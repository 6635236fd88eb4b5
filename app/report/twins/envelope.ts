/**
 * The envelope around an in-toto statement: DSSE 1.0 with one signature, and the certificates beside it in the way
 * that DSSE foresees for extensions. It has one form only, canonical JSON.
 */
import { z } from 'zod'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import { MOST_CERTIFICATES } from '../statement.ts'

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
export const CHAIN_KIND = 'https://attested.example/x509-chain/v1'

export const Envelope = z.strictObject({
  payload: z.string(),
  payloadType: z.string(),
  signatures: z
    .array(
      z.strictObject({
        /** SHA-256 of the signer's certificate in DER; hex. */
        keyid: z.string(),
        /** Over the pre-authentication encoding, as in the report itself: base64. */
        sig: z.string(),
        extension: z.strictObject({
          kind: z.literal(CHAIN_KIND),
          /** PEM: the signer's, then those of its issuers, each by the next. */
          ext: z.strictObject({ certificates: z.array(z.string()).min(2).max(MOST_CERTIFICATES) }),
        }),
      }),
    )
    .length(1),
})
export type Envelope = z.infer<typeof Envelope>

/** What is signed (DSSE's PAE): type and payload with their sizes in bytes, so that neither can pass for the other. */
export function preAuthentication(payloadType: string, payload: string): string {
  const size = (text: string) => new TextEncoder().encode(text).length
  return `DSSEv1 ${size(payloadType)} ${payloadType} ${size(payload)} ${payload}`
}

/** The one text of an envelope. */
export function writeEnvelope(parts: {
  payload: string
  signature: Uint8Array
  /** The signer's first, as in the report itself. */
  certificates: readonly [Uint8Array, ...Uint8Array[]]
}): string {
  const { payload, signature, certificates } = parts
  return canonicalJson({
    payload: toBase64(new TextEncoder().encode(payload)),
    payloadType: PAYLOAD_TYPE,
    signatures: [
      {
        keyid: sha256Hex(certificates[0]),
        sig: toBase64(signature),
        extension: {
          kind: CHAIN_KIND,
          ext: { certificates: certificates.map(toPem) },
        },
      },
    ],
  } satisfies Envelope)
}

/** PEM as RFC 7468 wants it, in lines of 64. */
export function toPem(der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

// A call takes no more arguments than this safely.
const CHUNK_BYTES = 32_768

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES))
  return btoa(text)
}

/** @throws DOMException for what is no base64 */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
