/** Chooses what an archive holds, by the rules that the verifier holds it to. */
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import type * as pkijs from 'pkijs'
import type { ArchiveContents } from './archive.server.ts'
import { isBy, readIssuer } from './verify/archive-contents.ts'
import { readChain } from './verify/certificates.ts'
import { equalBytes } from './verify/der.ts'
import { isIssuedBy, readArchivedList } from './verify/revocation.ts'
import { readToken } from './verify/timestamp-form.ts'

/** A list of the large public issuers has up to some megabytes, and would be most of the report. */
export const MOST_LIST_BYTES = 256 * 1024

/** Where the lists of those can be had who issued these certificates: http and https addresses. */
export function listAddresses(certificates: readonly Uint8Array[]): string[] {
  return [...new Set(certificates.flatMap(addressesIn))]
}

function addressesIn(der: Uint8Array): string[] {
  const points = pointsOf(der)?.distributionPoints ?? []
  // Several addresses of one point lead to the same list.
  return points.flatMap(
    ({ distributionPoint }) =>
      distributionPoint?.fullName
        ?.map(({ uniformResourceIdentifier }) => uniformResourceIdentifier ?? '')
        .find((address) => /^https?:/.test(address) && URL.canParse(address)) ?? [],
  )
}

/** Null also for what is no certificate: an authority sends along what it likes. */
function pointsOf(der: Uint8Array): x509.CRLDistributionPointsExtension | null {
  try {
    const certificate = new x509.X509Certificate(der as Uint8Array<ArrayBuffer>)
    return certificate.getExtension(x509.CRLDistributionPointsExtension)
  } catch {
    return null
  }
}

/**
 * @param given.token the timestamp of the last signature
 * @param given.certificates all that came with it
 * @param given.fetched files from `listAddresses`, whatever they are
 * @param given.own the list of the authority that certified the signers
 */
export async function chooseContents(given: {
  token: Uint8Array
  certificates: readonly Uint8Array[]
  fetched: readonly Uint8Array[]
  own: { revocationList: Uint8Array; authorityPem: string }
}): Promise<ArchiveContents> {
  const issuers = await issuersAbove(readToken(given.token).certificate, given.certificates)
  const known = issuers.map(readIssuer)
  const lists = [{ bytes: given.own.revocationList, by: readChain(given.own.authorityPem).map(readIssuer) }]
  for (const bytes of given.fetched) lists.push({ bytes, by: known })
  const kept: Uint8Array[] = []
  for (const { bytes, by } of lists) if (await isUsable(bytes, by)) kept.push(bytes)
  return { certificates: issuers, revocationLists: kept }
}

/** Up to the root, as far as the certificates are there. */
async function issuersAbove(signer: Uint8Array, pool: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const chain = [signer]
  for (let below = signer; ; ) {
    const issued = readIssuer(below)
    const others = pool.filter((der) => !chain.some((known) => equalBytes(known, der)))
    const isIssuer = await Promise.all(others.map((der) => hasIssued(der, issued)))
    const issuer = others[isIssuer.indexOf(true)]
    if (!issuer) return chain.slice(1)
    chain.push(issuer)
    below = issuer
  }
}

async function hasIssued(der: Uint8Array, issued: pkijs.Certificate): Promise<boolean> {
  try {
    return await isBy(issued, readIssuer(der))
  } catch {
    return false
  }
}

async function isUsable(bytes: Uint8Array, issuers: readonly pkijs.Certificate[]): Promise<boolean> {
  if (bytes.length > MOST_LIST_BYTES) return false
  try {
    const list = readArchivedList(bytes)
    return (await Promise.all(issuers.map((issuer) => isIssuedBy(list, issuer)))).includes(true)
  } catch {
    // An address that answers with something else is its owner's fault, and no reason to hold up a report.
    return false
  }
}
