/** Makes signing keys and their certificates: one authority per organisation, one key for each signature. */
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { AuthorityKey } from './authority-keys/authority-key.ts'
import { KeyError } from './authority-keys/key-error.ts'
import { providerOf } from './authority-keys/signing-provider.server.ts'
import type { Signer } from './statement.ts'

/** An organisation's own root: its certificate, and the key behind its port. */
export interface Authority {
  certificatePem: string
  key: AuthorityKey
}

/** A key that signs, in memory only: for one signature, or that of the organisation's own certificate. */
export interface SigningIdentity {
  certificatePem: string
  /** The authority's certificate; of an own certificate those of its issuers, each by the next. */
  chainPem: string
  /** Cannot be exported. */
  privateKey: webcrypto.CryptoKey
}

/** Whom a certificate names: a person in their part of a report or a waiver, the ledger that seals itself, or a claim pack. */
export type CertifiedSigner = Pick<Signer, 'name' | 'title' | 'organisation' | 'email'> & {
  role: Signer['role'] | 'ledger-checkpoint' | 'claim-pack' | 'decision-maker'
}

const AUTHORITY_YEARS = 10
const SIGNER_YEARS = 5
const SIGNER_KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const

const { KeyUsageFlags: usage } = x509

/** Certifies the key by itself, in the organisation's name. */
export async function createAuthority(input: {
  organisationName: string
  organisationId: string
  key: AuthorityKey
  now: Date
  /** From 1: tells the authorities of one organisation apart by their names. */
  ordinal?: number
  serialNumber?: string
}): Promise<Authority & { subject: string }> {
  const { key } = input
  const { crypto, ...signing } = providerOf(key)
  const publicKey = new x509.PublicKey(key.publicKey.slice())
  const notBefore = wholeSecond(input.now)
  const ordinal = input.ordinal ?? 1
  const name = exactName({
    CN: `${input.organisationName} Attested signing authority${ordinal > 1 ? ` ${ordinal}` : ''}`,
    O: input.organisationName,
  })
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: input.serialNumber ?? randomSerialNumber(),
      subject: name,
      issuer: name,
      notBefore,
      notAfter: addYears(notBefore, AUTHORITY_YEARS),
      publicKey,
      ...signing,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(usage.keyCertSign | usage.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(publicKey, false, crypto),
        new x509.SubjectAlternativeNameExtension([
          { type: 'url', value: `urn:uuid:${input.organisationId}` },
        ]),
      ],
    },
    crypto,
  )
  return { subject: certificate.subject, certificatePem: asPemFile(certificate), key }
}

/**
 * A new key with a certificate that names the person, their part in the report and their organisation.
 * @throws KeyError `authority-expired`, and what the authority's key throws
 */
export async function issueSigner(input: {
  authority: Authority
  signer: CertifiedSigner
  now: Date
  /** Where the authority's revocation list can be had, if that has an address that others can reach. */
  revocationListUrl?: string
  serialNumber?: string
}): Promise<SigningIdentity> {
  const { authority, signer } = input
  const issuer = new x509.X509Certificate(authority.certificatePem)
  const notBefore = wholeSecond(input.now)
  if (notBefore >= issuer.notAfter) {
    throw new KeyError(
      'authority-expired',
      'The signing authority has expired. Create a new one and hand out its certificate.',
    )
  }
  const { crypto, ...signing } = providerOf(authority.key)
  const keys = (await webcrypto.subtle.generateKey(SIGNER_KEY, false, [
    'sign',
    'verify',
  ])) as unknown as CryptoKeyPair
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: input.serialNumber ?? randomSerialNumber(),
      subject: exactName({ CN: signer.name, T: signer.title, O: signer.organisation, OU: signer.role }),
      // The name as it is encoded, not as it is written: both sides of a chain must be the same bytes.
      issuer: issuer.subjectName,
      notBefore,
      notAfter: earlier(addYears(notBefore, SIGNER_YEARS), issuer.notAfter),
      publicKey: keys.publicKey,
      ...signing,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(usage.digitalSignature | usage.nonRepudiation, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, crypto),
        ...(input.revocationListUrl
          ? [new x509.CRLDistributionPointsExtension([input.revocationListUrl])]
          : []),
        // An e-mail address beyond ASCII has no place in this field of a certificate.
        ...(signer.email && /^[\x21-\x7e]+$/.test(signer.email)
          ? [new x509.SubjectAlternativeNameExtension([{ type: 'email', value: signer.email }])]
          : []),
      ],
    },
    crypto,
  )
  return {
    certificatePem: asPemFile(certificate),
    chainPem: authority.certificatePem,
    privateKey: keys.privateKey as unknown as webcrypto.CryptoKey,
  }
}

/**
 * Given as plain text, the package would take what stands in quotation marks, or hexadecimal digits behind a #,
 * for the whole name.
 */
function exactName(parts: Record<string, string>): x509.Name {
  return new x509.Name(Object.entries(parts).map(([type, text]) => ({ [type]: [{ utf8String: text }] })))
}

/** 128 random bits; positive, as certificates want it. */
function randomSerialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return Buffer.from(bytes).toString('hex')
}

const asPemFile = (certificate: x509.X509Certificate) => `${certificate.toString('pem').trim()}\n`
// Certificates know whole seconds; a time within the second would lie before its own start.
const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000)
const earlier = (a: Date, b: Date) => (a < b ? a : b)

function addYears(from: Date, years: number): Date {
  const to = new Date(from)
  to.setUTCFullYear(to.getUTCFullYear() + years)
  return to
}
