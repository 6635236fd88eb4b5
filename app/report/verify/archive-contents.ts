/** Whether what an archive holds belongs to its report: issuers of its timestamps, and lists of known issuers. */
import { bytesToHex } from '@noble/hashes/utils'
import * as pkijs from 'pkijs'
import type { Archive } from './archive.ts'
import { readDer } from './der.ts'
import { CheckFailure, failOn } from './results.ts'
import { entriesOf, isIssuedBy, readArchivedList, revokedFault } from './revocation.ts'
import { digestOf } from './signed-message.ts'
import { CLOCK_TOLERANCE_MS, type StampedPart } from './signing-times.ts'
import { readToken } from './timestamp-form.ts'
import { judgeToken, type Timestamp } from './timestamps.ts'

/** The archive of a report, judged. */
export interface ArchiveTimestamp extends Timestamp {
  certificates: number
  revocationLists: number
}

/**
 * @param trustedPem the timestamp authority's certificate or its issuer's, received by another way
 * @throws CheckFailure
 */
export async function judgeArchive(
  { token, covered, certificates, revocationLists }: Archive,
  parts: readonly StampedPart[],
  trustedPem?: string,
): Promise<ArchiveTimestamp> {
  const timestamp = await judgeToken(token, covered, 'The archive timestamp', trustedPem)
  const latest = Math.max(
    ...parts.map(({ container, timestamp: given }) =>
      given ? given.at.getTime() : container.field.at.getTime() - CLOCK_TOLERANCE_MS,
    ),
  )
  if (timestamp.at.getTime() < latest)
    throw new CheckFailure('The archive timestamp is older than the signatures that it covers.')
  const stamps = [
    { certificate: readToken(token).certificate, at: timestamp.at },
    ...parts.flatMap(({ container, timestamp: given }) =>
      container.timestamp && given
        ? [{ certificate: readToken(container.timestamp).certificate, at: given.at }]
        : [],
    ),
  ]
  const users = stamps.map(({ certificate }) => readIssuer(certificate))
  const digests = new Set(certificates.map((der) => bytesToHex(digestOf(der))))
  if (digests.size < certificates.length)
    throw new CheckFailure('A certificate in the archive stands there twice.')
  const issuers = certificates.map(readIssuer)
  failOn(await listIssuerFaults(issuers, users))
  const signers = parts.flatMap(({ issuers: own }) => own.map(({ parsed }) => parsed))
  const lists = revocationLists.map(readArchivedList)
  failOn(await listListFaults(lists, [...signers, ...issuers], timestamp.at))
  failOn(await listRevokedStamps(lists, issuers, stamps))
  return { ...timestamp, certificates: issuers.length, revocationLists: revocationLists.length }
}

/**
 * A certificate that certifies others or stamps; DER to its last byte, so that nothing else travels with it.
 * @throws CheckFailure
 */
export function readIssuer(der: Uint8Array): pkijs.Certificate {
  try {
    readDer(der)
    return pkijs.Certificate.fromBER(der as Uint8Array<ArrayBuffer>)
  } catch {
    throw new CheckFailure('A certificate in the archive cannot be read.')
  }
}

/** Each certificate issued a timestamp's, or one that did: none is there for another purpose. */
async function listIssuerFaults(
  issuers: readonly pkijs.Certificate[],
  users: readonly pkijs.Certificate[],
): Promise<string[]> {
  const needed = [...users]
  const left = new Set(issuers)
  for (let below = needed.shift(); below; below = needed.shift()) {
    const issuer = await find([...left], async (candidate) => below !== undefined && isBy(below, candidate))
    if (!issuer) continue
    left.delete(issuer)
    needed.push(issuer)
    // Several stamps may share an issuer, and an issuer be certified by two.
    needed.push(below)
  }
  return left.size > 0 ? ['A certificate in the archive belongs to no timestamp of this report.'] : []
}

/** Sentences on lists that none of these issuers made, or that are newer than the timestamp over them. */
async function listListFaults(
  lists: readonly pkijs.CertificateRevocationList[],
  issuers: readonly pkijs.Certificate[],
  at: Date,
): Promise<string[]> {
  const faults: string[] = []
  for (const list of lists) {
    if (!(await find(issuers, (issuer) => isIssuedBy(list, issuer))))
      faults.push('A revocation list in the archive is by none of the issuers of this report’s certificates.')
    if (list.thisUpdate.value.getTime() > at.getTime() + CLOCK_TOLERANCE_MS)
      faults.push('A revocation list in the archive is newer than the timestamp over it.')
  }
  return faults
}

async function listRevokedStamps(
  lists: readonly pkijs.CertificateRevocationList[],
  issuers: readonly pkijs.Certificate[],
  stamps: readonly { certificate: Uint8Array; at: Date }[],
): Promise<string[]> {
  const faults = new Set<string>()
  for (const { certificate: der, at } of stamps) {
    const certificate = readIssuer(der)
    const issuer = await find(issuers, (candidate) => isBy(certificate, candidate))
    for (const list of issuer ? lists : []) {
      if (!issuer || !(await isIssuedBy(list, issuer))) continue
      const whose = 'The certificate of a timestamp authority'
      for (const fault of revokedFault(certificate, whose, { at }, entriesOf(list))) faults.add(fault)
    }
  }
  return [...faults]
}

const BASIC_CONSTRAINTS = '2.5.29.19'

/** Whether the second certificate issued the first one, and may issue any. */
export async function isBy(certificate: pkijs.Certificate, issuer: pkijs.Certificate): Promise<boolean> {
  const constraints = issuer.extensions?.find(({ extnID }) => extnID === BASIC_CONSTRAINTS)?.parsedValue
  if (constraints?.cA !== true || !certificate.issuer.isEqual(issuer.subject)) return false
  return certificate.verify(issuer).catch(() => false)
}

async function find<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<T | undefined> {
  for (const item of items) if (await holds(item)) return item
  return undefined
}

/** What stands behind the check, in a sentence. */
export function describeArchive({
  at,
  authority,
  certificateSha256,
  certificates,
  revocationLists,
}: ArchiveTimestamp): string {
  return `The whole file existed at ${at.toISOString()}, by the clock of “${authority}” (certificate SHA-256 ${certificateSha256}). Inside: ${count(certificates, 'certificate')} and ${count(revocationLists, 'revocation list')}.`
}

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`
