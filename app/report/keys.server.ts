/** Makes signing keys and their certificates: one authority per organisation, one key for each signature. */
import 'reflect-metadata'
import { createPrivateKey, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { Signer } from './statement.ts'

export class KeyError extends Error {
  override name = 'KeyError'
  constructor(
    readonly code: 'key-unreadable' | 'authority-expired',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** What is kept of an authority; its key leaves this file only encrypted. */
export interface Authority {
  certificatePem: string
  /** PKCS#8, encrypted with AES-256 under the caller's passphrase. */
  encryptedKeyPem: string
}

/** A key for one signature, in memory only. */
export interface SigningIdentity {
  certificatePem: string
  /** The authority's certificate. */
  chainPem: string
  /** Cannot be exported. */
  privateKey: webcrypto.CryptoKey
}

/** Whom a certificate names: a person in their part of a report, the ledger that seals itself, or a claim pack. */
export type CertifiedSigner = Pick<Signer, 'name' | 'title' | 'organisation' | 'email'> & {
  role: Signer['role'] | 'ledger-checkpoint' | 'claim-pack'
}

const AUTHORITY_YEARS = 10
const SIGNER_YEARS = 5
const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const

const { KeyUsageFlags: usage } = x509
// The package's own type for keys comes from the browser; the keys are the same.
const crypto = webcrypto as unknown as Crypto

/** `passphrase` is a secret of at least 256 random bits: it is not a password that a person chose. */
export async function createAuthority(input: {
  organisationName: string
  organisationId: string
  passphrase: string
  now: Date
  /** From 1: tells the authorities of one organisation apart by their names. */
  ordinal?: number
  serialNumber?: string
}): Promise<Authority & { subject: string }> {
  const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify'])
  const notBefore = wholeSecond(input.now)
  const ordinal = input.ordinal ?? 1
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: input.serialNumber ?? randomSerialNumber(),
      name: exactName({
        CN: `${input.organisationName} Attested signing authority${ordinal > 1 ? ` ${ordinal}` : ''}`,
        O: input.organisationName,
      }),
      notBefore,
      notAfter: addYears(notBefore, AUTHORITY_YEARS),
      keys,
      signingAlgorithm: SIGNING,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(usage.keyCertSign | usage.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        new x509.SubjectAlternativeNameExtension([
          { type: 'url', value: `urn:uuid:${input.organisationId}` },
        ]),
      ],
    },
    crypto,
  )
  return {
    subject: certificate.subject,
    certificatePem: asPemFile(certificate),
    encryptedKeyPem: await encryptKey(keys.privateKey, input.passphrase),
  }
}

/**
 * A new key with a certificate that names the person, their part in the report and their organisation.
 * @throws KeyError `key-unreadable` when the passphrase does not open the authority's key, `authority-expired`
 */
export async function issueSigner(input: {
  authority: Authority
  passphrase: string
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
  const signingKey = await decryptKey(authority.encryptedKeyPem, input.passphrase)
  const keys = await crypto.subtle.generateKey(KEY, false, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: input.serialNumber ?? randomSerialNumber(),
      subject: exactName({ CN: signer.name, T: signer.title, O: signer.organisation, OU: signer.role }),
      // The name as it is encoded, not as it is written: both sides of a chain must be the same bytes.
      issuer: issuer.subjectName,
      notBefore,
      notAfter: earlier(addYears(notBefore, SIGNER_YEARS), issuer.notAfter),
      publicKey: keys.publicKey,
      signingKey: signingKey as unknown as CryptoKey,
      signingAlgorithm: SIGNING,
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

async function encryptKey(key: CryptoKey, passphrase: string): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key))
  const plain = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return String(plain.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }))
}

/** @throws KeyError `key-unreadable` */
export async function decryptKey(encryptedKeyPem: string, passphrase: string): Promise<webcrypto.CryptoKey> {
  try {
    const key = createPrivateKey({ key: encryptedKeyPem, passphrase })
    const der = key.export({ type: 'pkcs8', format: 'der' })
    return await webcrypto.subtle.importKey('pkcs8', der, KEY, false, ['sign'])
  } catch (cause) {
    // The cause is kept for its type only: OpenSSL's words never hold key material.
    throw new KeyError(
      'key-unreadable',
      'The signing key cannot be opened. Check that the installation still has its own secret.',
      {
        cause,
      },
    )
  }
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
