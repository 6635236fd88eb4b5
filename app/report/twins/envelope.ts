/**
 * The envelope around an in-toto statement: DSSE 1.0 with one signature, and the certificates beside it in the way
 * that DSSE foresees for extensions. It has one form only, canonical JSON.
 */
import { z } from 'zod'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'

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
        /** ECDSA P-256 with SHA-256 over the pre-authentication encoding: DER in base64. */
        sig: z.string(),
        extension: z.strictObject({
          kind: z.literal(CHAIN_KIND),
          /** PEM: the signer's, then the authority's that issued it. */
          ext: z.strictObject({ certificates: z.tuple([z.string(), z.string()]) }),
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
  /** DER in base64. */
  signature: string
  signerCertificate: Uint8Array
  authorityCertificate: Uint8Array
}): string {
  const { payload, signature, signerCertificate, authorityCertificate } = parts
  return canonicalJson({
    payload: toBase64(new TextEncoder().encode(payload)),
    payloadType: PAYLOAD_TYPE,
    signatures: [
      {
        keyid: sha256Hex(signerCertificate),
        sig: signature,
        extension: {
          kind: CHAIN_KIND,
          ext: { certificates: [toPem(signerCertificate), toPem(authorityCertificate)] },
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
