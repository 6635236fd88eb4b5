/**
 * Reads a PKCS #12 file (RFC 7292): which keys and certificates it holds, byte for byte. pkijs takes its structure
 * apart; node-forge, which no other file may use, knows the old ways from password to key and the cipher RC2, which
 * Windows and older OpenSSL write and which neither WebCrypto nor Node has.
 */
import { createDecipheriv, pbkdf2Sync } from 'node:crypto'
import * as asn1js from 'asn1js'
import forge from 'node-forge'
import * as pkijs from 'pkijs'
import { OwnCertificateError } from './own-certificate-error.ts'

export interface Pkcs12Contents {
  /** PKCS#8, DER. */
  keys: Uint8Array[]
  /** DER, in the order of the file. */
  certificates: Uint8Array[]
}

const OID = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  encryptedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  nestedBag: '1.2.840.113549.1.12.10.1.6',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacWithSha1: '1.2.840.113549.2.7',
} as const

/** Of the file's own check. */
const MAC_DIGESTS: Readonly<Record<string, () => forge.md.MessageDigest>> = {
  '1.3.14.3.2.26': () => forge.md.sha1.create(),
  '2.16.840.1.101.3.4.2.1': () => forge.md.sha256.create(),
  '2.16.840.1.101.3.4.2.2': () => forge.md.sha384.create(),
  '2.16.840.1.101.3.4.2.3': () => forge.md.sha512.create(),
}
const PRF_DIGESTS: Readonly<Record<string, string>> = {
  [OID.hmacWithSha1]: 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}
const CIPHERS: Readonly<Record<string, { name: string; keyBytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24 },
}
// Programs write from 1 to 1,000,000; a file that asks for more only keeps us busy.
const MOST_ITERATIONS = 5_000_000
const MOST_NESTING = 4

/** @throws OwnCertificateError `p12-unreadable`, `p12-password`, `p12-method` */
export function readPkcs12(file: Uint8Array, password: string): Pkcs12Contents {
  const contents: Pkcs12Contents = { keys: [], certificates: [] }
  try {
    const pfx = pkijs.PFX.fromBER(file.slice())
    const safe = octetsOf(pfx.authSafe.content)
    checkMac(pfx.macData, safe, password)
    for (const part of pkijs.AuthenticatedSafe.fromBER(safe.slice()).safeContents)
      collect(openPart(part, password), password, contents, 0)
  } catch (error) {
    if (error instanceof OwnCertificateError) throw error
    throw unreadable()
  }
  return contents
}

const unreadable = () =>
  new OwnCertificateError(
    'p12-unreadable',
    'This is no PKCS #12 file, or a damaged one. Choose the .p12 or .pfx file from your issuer, or export it again.',
  )

const EXPORT_AGAIN =
  'Write the file again with a current program: openssl pkcs12 -in old.p12 -legacy -nodes -out all.pem, then openssl pkcs12 -export -in all.pem -out new.p12; delete all.pem.'

const unknownMethod = () =>
  new OwnCertificateError(
    'p12-method',
    `The file is protected in a way that this program does not know. ${EXPORT_AGAIN}`,
  )

/** The password fits when the file's own check does; without one nobody could tell a wrong password from damage. */
function checkMac(mac: pkijs.MacData | undefined, safe: Uint8Array, password: string): void {
  if (!mac) throw unknownMethod()
  const create = MAC_DIGESTS[mac.mac.digestAlgorithm.algorithmId]
  const iterations = mac.iterations ?? 1
  if (!create || iterations > MOST_ITERATIONS) throw unknownMethod()
  const digest = create()
  const salt = bufferOf(mac.macSalt.valueBlock.valueHexView)
  const key = forge.pkcs12.generateKey(password, salt, 3, iterations, digest.digestLength, digest)
  const hmac = forge.hmac.create()
  hmac.start(create(), key)
  hmac.update(binaryOf(safe))
  if (hmac.digest().getBytes() !== binaryOf(mac.mac.digest.valueBlock.valueHexView))
    throw new OwnCertificateError(
      'p12-password',
      'The password does not open this file. Enter the one that was set when the file was made; capital and small letters differ.',
    )
}

function openPart({ contentType, content }: pkijs.ContentInfo, password: string): Uint8Array {
  if (contentType === OID.data) return octetsOf(content)
  // Encrypted to a certificate instead of a password: no program offers that in its dialogs.
  if (contentType !== OID.encryptedData) throw unknownMethod()
  const { encryptedContentInfo: info } = new pkijs.EncryptedData({ schema: content })
  // In one piece or in several.
  const sealed = new Uint8Array(info.getEncryptedContent())
  return decrypt(info.contentEncryptionAlgorithm, sealed, password)
}

function collect(bytes: Uint8Array, password: string, into: Pkcs12Contents, depth: number): void {
  if (depth > MOST_NESTING) throw unreadable()
  for (const { bagId, bagValue } of pkijs.SafeContents.fromBER(bytes.slice()).safeBags) {
    const value = bagValue as pkijs.PKCS8ShroudedKeyBag & pkijs.CertBag & pkijs.PrivateKeyInfo
    if (bagId === OID.keyBag) into.keys.push(derOf(value))
    else if (bagId === OID.encryptedKeyBag)
      into.keys.push(decrypt(value.encryptionAlgorithm, octetsOf(value.encryptedData), password))
    else if (bagId === OID.certificateBag) into.certificates.push(octetsOf(value.certValue))
    else if (bagId === OID.nestedBag) collect(derOf(value), password, into, depth + 1)
  }
}

function decrypt(algorithm: pkijs.AlgorithmIdentifier, data: Uint8Array, password: string): Uint8Array {
  const { algorithmId, algorithmParams } = algorithm
  return algorithmId === OID.pbes2
    ? decryptModern(new pkijs.PBES2Params({ schema: algorithmParams }), data, password)
    : decryptOld(algorithmId, algorithmParams, data, password)
}

/** PBES2 (RFC 8018 §6.2), with the password as UTF-8. */
function decryptModern(parameters: pkijs.PBES2Params, data: Uint8Array, password: string): Uint8Array {
  const { keyDerivationFunc: derivation, encryptionScheme } = parameters
  if (derivation.algorithmId !== OID.pbkdf2) throw unknownMethod()
  const { salt, iterationCount, prf } = new pkijs.PBKDF2Params({ schema: derivation.algorithmParams })
  const digest = PRF_DIGESTS[prf?.algorithmId ?? OID.hmacWithSha1]
  const cipher = CIPHERS[encryptionScheme.algorithmId]
  if (!digest || !cipher || iterationCount > MOST_ITERATIONS) throw unknownMethod()
  const key = pbkdf2Sync(password, octetsOf(salt), iterationCount, cipher.keyBytes, digest)
  const opened = createDecipheriv(cipher.name, key, octetsOf(encryptionScheme.algorithmParams))
  return new Uint8Array(Buffer.concat([opened.update(data), opened.final()]))
}

/** RFC 7292 Appendix C: a salt and a count; the package makes UTF-16 of the password. */
function decryptOld(oid: string, parameters: unknown, data: Uint8Array, password: string): Uint8Array {
  const count = parameters instanceof asn1js.Sequence ? parameters.valueBlock.value[1] : undefined
  if (!(count instanceof asn1js.Integer) || count.valueBlock.valueDec > MOST_ITERATIONS) throw unknownMethod()
  const asn1 = forge.asn1.fromDer(binaryOf(new Uint8Array((parameters as asn1js.Sequence).toBER(false))))
  const cipher = oldCipher(oid, asn1, password)
  cipher.update(bufferOf(data))
  if (!cipher.finish()) throw unreadable()
  return new Uint8Array(Buffer.from(cipher.output.getBytes(), 'latin1'))
}

/** Not in the package's types; what its own reader of these files uses. */
function oldCipher(oid: string, parameters: forge.asn1.Asn1, password: string): forge.cipher.BlockCipher {
  const { pbe } = forge.pki as unknown as {
    pbe: {
      getCipher: (oid: string, parameters: forge.asn1.Asn1, password: string) => forge.cipher.BlockCipher
    }
  }
  try {
    return pbe.getCipher(oid, parameters, password)
  } catch {
    throw unknownMethod()
  }
}

/** An octet string may come in pieces. */
function octetsOf(value: unknown): Uint8Array {
  if (!(value instanceof asn1js.OctetString)) throw unreadable()
  return new Uint8Array(value.getValue())
}

const derOf = (value: { toSchema(): { toBER(sizeOnly: boolean): ArrayBuffer } }) =>
  new Uint8Array(value.toSchema().toBER(false))
const binaryOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const bufferOf = (bytes: Uint8Array) => forge.util.createBuffer(binaryOf(bytes))
