/** Revocation lists (RFC 5280 §5): whether an authority took back a certificate with which a report was signed. */
import { bytesToHex } from '@noble/hashes/utils'
import * as pkijs from 'pkijs'
import { readDer } from './der.ts'
import { describeOwn } from './own-certificates.ts'
import { CheckFailure, failOn } from './results.ts'
import { words } from './signature-fields.ts'
import { authorityOf } from './signers.ts'
import { CLOCK_TOLERANCE_MS, type StampedPart } from './signing-times.ts'
import type { Timestamp } from './timestamps.ts'

const OID = {
  reason: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  listNumber: '2.5.29.20',
  authorityKey: '2.5.29.35',
} as const
const KNOWN_LIST_EXTENSIONS: ReadonlySet<string> = new Set([OID.listNumber, OID.authorityKey])

/** RFC 5280 §5.3.1, in words; the others don't occur in lists of ours. */
const REASONS: Readonly<Record<number, string>> = {
  1: 'its key fell into other hands',
  2: 'the authority’s key fell into other hands',
  3: 'the person left the organisation',
  4: 'it was replaced',
  9: 'the person was not entitled to sign',
}

export interface Revoked {
  /** From when the certificate counts as revoked: where the list names none, when that was decided. */
  since: Date
  reason: string | null
}

/** What one list says of the certificates of a report. */
export interface ListVerdict {
  /** A sentence. */
  said: string
  /** Whether a newer one is needed to be sure. */
  isOutdated: boolean
}

/**
 * Lists the certificates of a report that its authority revoked before they were used. A timestamp from before shows
 * that a signature is older than what went wrong; the signer's own clock shows nothing.
 * @param given one list, DER or PEM
 * @throws CheckFailure for a revoked certificate, and for a list that cannot be relied on
 */
export async function checkRevocation(
  parts: readonly StampedPart[],
  given: Uint8Array,
  now: Date,
): Promise<ListVerdict> {
  const list = readList(given)
  const authority = authorityOf(parts)
  if (!authority || !(await isIssuedBy(list, authority.parsed)))
    throw new CheckFailure(
      'The revocation list that you gave is not by the signing authority of this report. Ask the preparer for theirs.',
    )
  const thisUpdate = list.thisUpdate.value
  if (thisUpdate.getTime() > now.getTime() + CLOCK_TOLERANCE_MS)
    throw new CheckFailure(
      `The revocation list that you gave is dated ${thisUpdate.toISOString()}, which is still to come.`,
    )
  const revoked = entriesOf(list)
  failOn(parts.flatMap((part) => faultsOf(part, revoked)))
  return describeList(parts, list, now)
}

/**
 * What the lists inside a report say of its certificates, each by its own issuer.
 * @returns when the newest list of the signing authority was made; null where there is none
 * @throws CheckFailure for a revoked certificate
 */
export async function checkArchivedRevocation(
  parts: readonly StampedPart[],
  archived: readonly Uint8Array[],
): Promise<Date | null> {
  const lists = archived.map(readArchivedList)
  const faults = new Set<string>()
  let made: Date | null = null
  for (const part of parts) {
    const chain = [part.signer, ...part.issuers]
    for (const [index, certificate] of chain.entries()) {
      // Ours lists itself when it was given up; other roots are listed by nobody.
      const issuer = chain[index + 1] ?? certificate
      const whose =
        certificate === part.authority
          ? 'The signing authority’s own certificate'
          : `${index === 0 ? 'The certificate' : 'An issuer’s certificate'} of the ${words(part.container.field.slot)}`
      for (const list of lists) {
        if (!(await isIssuedBy(list, issuer.parsed))) continue
        const { value } = list.thisUpdate
        if (issuer === part.authority && (!made || value > made)) made = value
        for (const fault of revokedFault(certificate.parsed, whose, part.timestamp, entriesOf(list)))
          faults.add(fault)
      }
    }
  }
  failOn([...faults])
  return made
}

/**
 * One list out of an archive: DER to its last byte, so that nothing else travels with it.
 * @throws CheckFailure
 */
export function readArchivedList(der: Uint8Array): pkijs.CertificateRevocationList {
  try {
    readDer(der)
    return parseList(der)
  } catch {
    throw new CheckFailure('A revocation list in the archive cannot be read.')
  }
}

/** @throws CheckFailure */
function readList(given: Uint8Array): pkijs.CertificateRevocationList {
  try {
    return parseList(fromPem(given))
  } catch (cause) {
    if (cause instanceof CheckFailure) throw cause
    throw new CheckFailure(
      'The revocation list that you gave cannot be read. Use the .crl file of the signing authority.',
    )
  }
}

function parseList(der: Uint8Array): pkijs.CertificateRevocationList {
  const list = pkijs.CertificateRevocationList.fromBER(der as Uint8Array<ArrayBuffer>)
  const unknown = list.crlExtensions?.extensions.find(
    ({ critical, extnID }) => critical && !KNOWN_LIST_EXTENSIONS.has(extnID),
  )
  // For instance one that lists only some certificates, or only what changed.
  if (unknown)
    throw new CheckFailure(
      `The revocation list has a condition that this verifier does not know (${unknown.extnID}).`,
    )
  const dates = [
    list.thisUpdate.value,
    ...(list.nextUpdate ? [list.nextUpdate.value] : []),
    ...[...entriesOf(list).values()].map(({ since }) => since),
  ]
  if (dates.some((date) => Number.isNaN(date.getTime())))
    throw new CheckFailure('The revocation list holds a date that is none.')
  return list
}

function fromPem(given: Uint8Array): Uint8Array {
  const text = new TextDecoder('latin1').decode(given.subarray(0, 4096))
  if (!text.includes('-----BEGIN X509 CRL-----')) return given
  const body = new TextDecoder('latin1').decode(given).split('-----')[2] ?? ''
  return Uint8Array.from(atob(body.replaceAll(/\s/g, '')), (letter) => letter.charCodeAt(0))
}

export async function isIssuedBy(list: pkijs.CertificateRevocationList, authority: pkijs.Certificate) {
  if (!list.issuer.isEqual(authority.subject)) return false
  return list.verify({ issuerCertificate: authority }).catch(() => false)
}

/** By serial number, hexadecimal without leading zeros. */
export function entriesOf(list: pkijs.CertificateRevocationList): Map<string, Revoked> {
  return new Map(
    (list.revokedCertificates ?? []).map(({ userCertificate, revocationDate, crlEntryExtensions }) => {
      const extension = (oid: string) =>
        crlEntryExtensions?.extensions.find(({ extnID }) => extnID === oid)?.parsedValue
      const invalid: unknown = extension(OID.invalidityDate)?.toDate?.()
      const code: unknown = extension(OID.reason)?.valueBlock?.valueDec
      return [
        serialOf(userCertificate.valueBlock.valueHexView),
        {
          since: invalid instanceof Date ? invalid : revocationDate.value,
          reason: typeof code === 'number' ? (REASONS[code] ?? null) : null,
        },
      ]
    }),
  )
}

const serialOf = (bytes: Uint8Array) => bytesToHex(bytes).replace(/^(00)+(?=.)/, '')
const serialNumberOf = ({ serialNumber }: pkijs.Certificate) => serialOf(serialNumber.valueBlock.valueHexView)

function faultsOf(
  { container, signer, authority, timestamp }: StampedPart,
  revoked: ReadonlyMap<string, Revoked>,
): string[] {
  // The same number of another issuer is another certificate.
  if (!authority) return []
  const whose = `The certificate of the ${words(container.field.slot)}`
  return [
    ...revokedFault(signer.parsed, whose, timestamp, revoked),
    ...revokedFault(authority.parsed, 'The signing authority’s own certificate', timestamp, revoked),
  ]
}

/** One sentence or none. */
export function revokedFault(
  certificate: pkijs.Certificate,
  name: string,
  timestamp: Pick<Timestamp, 'at'> | null,
  revoked: ReadonlyMap<string, Revoked>,
): string[] {
  const entry = revoked.get(serialNumberOf(certificate))
  if (!entry || (timestamp && timestamp.at < entry.since)) return []
  const why = entry.reason ? `, because ${entry.reason}` : ''
  const when = timestamp
    ? `its timestamp is of ${timestamp.at.toISOString()}`
    : 'no timestamp shows that it was used before'
  return [`${name} is revoked as of ${entry.since.toISOString()}${why}; ${when}.`]
}

function describeList(
  parts: readonly StampedPart[],
  { thisUpdate, nextUpdate }: pkijs.CertificateRevocationList,
  now: Date,
): ListVerdict {
  const made = thisUpdate.value
  const named = `The authority’s list of ${made.toISOString()} names none of these certificates`
  const lastSigned = Math.max(...parts.map(({ container }) => container.field.at.getTime()))
  const outdated = (why: string) => ({ said: `${named}, but ${why}`, isOutdated: true })
  if (made.getTime() < lastSigned) return outdated('it is older than the report. Ask for a newer one.')
  if (nextUpdate && nextUpdate.value < now)
    return outdated(`a newer one was due on ${nextUpdate.value.toISOString()}. Ask for that.`)
  return { said: `${named} as revoked before it was used.`, isOutdated: false }
}

/** What no list of the preparer's covers; null where everybody signed under the preparer's authority. */
export function describeUncovered(parts: readonly StampedPart[]): string | null {
  const own = parts.filter(({ authority }) => authority === null)
  if (own.length === 0) return null
  return own
    .map(
      ({ container, signer, issuers }) =>
        `The certificate of the ${words(container.field.slot)} is ${describeOwn(signer, issuers)}: only that issuer revokes it, and its list was not looked at. Ask a PDF reader, or the issuer.`,
    )
    .join(' ')
}
