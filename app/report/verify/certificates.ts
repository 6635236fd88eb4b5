/** The certificates behind the signatures: read with pkijs, held to the profile in which ours are made. */
import { bytesToHex } from '@noble/hashes/utils'
import * as pkijs from 'pkijs'
import { encodeOid, equalBytes, readDer, TAG } from './der.ts'
import { CheckFailure } from './results.ts'
import { digestOf } from './signed-message.ts'

export interface CertificateFacts {
  der: Uint8Array
  parsed: pkijs.Certificate
  sha256: string
  name: string | null
  organisation: string | null
  unit: string | null
  title: string | null
  notBefore: Date
  notAfter: Date
  isAuthority: boolean
  /** Bits of the key usage extension, first byte. */
  keyUsage: number
  /** E-mail addresses and URIs of the subject's alternative names. */
  alternativeNames: string[]
}

const OID = {
  commonName: '2.5.4.3',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  title: '2.5.4.12',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  alternativeName: '2.5.29.17',
  subjectKey: '2.5.29.14',
  authorityKey: '2.5.29.35',
  extendedUsage: '2.5.29.37',
  policies: '2.5.29.32',
} as const
const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.alternativeName,
  OID.subjectKey,
  OID.authorityKey,
  // Of certificates from other issuers: uses are judged with the chain; policies bind nobody here.
  OID.extendedUsage,
  OID.policies,
])

// ecdsa-with-SHA256, -SHA384 and -SHA512 (RFC 5758).
const ECDSA_DIGESTS = ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'] as const

export const KEY_USAGE = { sign: 0b1100_0000, certify: 0b0000_0110, certifyOthers: 0b0000_0100 } as const

/** @throws CheckFailure for a certificate that is not of our profile */
export function readCertificate(der: Uint8Array): CertificateFacts {
  checkForm(der)
  const parsed = pkijs.Certificate.fromBER(der as Uint8Array<ArrayBuffer>)
  const extensions = new Map((parsed.extensions ?? []).map((extension) => [extension.extnID, extension]))
  for (const { extnID, critical } of extensions.values()) {
    if (critical && !KNOWN_EXTENSIONS.has(extnID))
      throw new CheckFailure(`A certificate has a condition that this verifier does not know (${extnID}).`)
  }
  const constraints = extensions.get(OID.basicConstraints)?.parsedValue as pkijs.BasicConstraints | undefined
  const names = extensions.get(OID.alternativeName)?.parsedValue as pkijs.AltName | undefined
  const subject = (type: string) => subjectPart(parsed, type)
  return {
    der,
    parsed,
    sha256: bytesToHex(digestOf(der)),
    name: subject(OID.commonName),
    organisation: subject(OID.organisation),
    unit: subject(OID.unit),
    title: subject(OID.title),
    notBefore: parsed.notBefore.value,
    notAfter: parsed.notAfter.value,
    isAuthority: constraints?.cA === true,
    keyUsage: extensions.get(OID.keyUsage)?.parsedValue?.valueBlock?.valueHexView?.[0] ?? 0,
    alternativeNames: (names?.altNames ?? []).map(({ value }) => String(value)),
  }
}

/** The parts that the issuer's signature does not cover: nothing in them may be free. */
function checkForm(der: Uint8Array): void {
  const [body, algorithm, value] = readDer(der).children
  const inner = body?.children[2]
  const isSame = body && algorithm && inner && equalBytes(algorithm.bytes, inner.bytes)
  if (!isSame || value?.tag !== TAG.bitString || value.content[0] !== 0) {
    throw new CheckFailure('A certificate is not written as certificates are.')
  }
  // An RSA value is a number of the key's own size; of ECDSA's two numbers each has many encodings.
  if (
    ECDSA_DIGESTS.some((oid) => equalBytes(algorithm.children[0]?.bytes ?? algorithm.bytes, encodeOid(oid)))
  )
    readDer(value.content.subarray(1))
}

function subjectPart(certificate: pkijs.Certificate, type: string): string | null {
  const parts = certificate.subject.typesAndValues.filter((part) => part.type === type)
  // Two names of one kind would let a reader show another than the one that is compared.
  return parts.length === 1 ? String(parts[0]?.value.valueBlock.value) : null
}

/** @throws CheckFailure when the text holds no certificate */
export const readPem = (pem: string): Uint8Array => readChain(pem)[0]

/**
 * Every certificate in the text.
 * @throws CheckFailure when it holds none
 */
export function readChain(pem: string): [Uint8Array, ...Uint8Array[]] {
  const [first, ...others] = [
    ...pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g),
  ].map(([, body]) => fromPemBody(body ?? ''))
  if (!first)
    throw new CheckFailure(
      'The certificate that you gave cannot be read. Use the PEM file from the preparer.',
    )
  return [first, ...others]
}

function fromPemBody(body: string): Uint8Array {
  try {
    return Uint8Array.from(atob(body.replaceAll(/\s/g, '')), (letter) => letter.charCodeAt(0))
  } catch {
    throw new CheckFailure('The certificate that you gave is damaged. Use the PEM file from the preparer.')
  }
}

/** "AB:CD:…", as people compare it. */
export const fingerprint = (sha256: string) => sha256.toUpperCase().match(/../g)?.join(':') ?? ''
