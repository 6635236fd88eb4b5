/** Archives a report when the last person has signed: what it takes to judge it when nobody can be asked any more. */
import { chooseContents, listAddresses, MOST_LIST_BYTES } from '#app/report/archive-contents.server.ts'
import { archiveInThread } from '#app/report/archive-in-thread.server.ts'
import type { SigningIdentity } from '#app/report/keys.server.ts'
import type { Statement } from '#app/report/statement.ts'
import { readIssuer } from '#app/report/verify/archive-contents.ts'
import type { KeptTimestamp } from '#db/queries/reports.server.ts'
import { RefusedError } from './errors.ts'
import { fetchList } from './fetch-list.server.ts'
import { type GivenToken, keptOf } from './report-timestamps.server.ts'
import { getRevocationList } from './revocations.server.ts'
import { getRuntime, networkOf } from './runtime.server.ts'
import { findAuthorityOfReport } from './signing-keys.server.ts'

// Of public issuers; each address is asked once a report.
const MOST_ADDRESSES = 4
const PATIENCE_MS = 10_000

export interface Archived {
  pdf: Uint8Array
  /** The envelope beside the file. */
  detached: string
}

interface SignedReport {
  pdf: Uint8Array
  statement: Statement
  identity: SigningIdentity
  at: Date
}

/**
 * Never fails: whatever goes wrong on the way to an archive, the report is signed already and stays as it is.
 * @param stamp what the authority gave for the last signature
 * @returns what came of it; null where the file has no place for an archive
 */
export async function archiveSigned(
  signed: SignedReport,
  stamp: GivenToken,
): Promise<{ archived: Archived | null; timestamp: KeptTimestamp } | null> {
  try {
    return await archive(signed, stamp)
  } catch (error) {
    console.error('A report could not be archived', error)
    const why = error instanceof Error ? error.message : String(error)
    return { archived: null, timestamp: { failure: why.slice(0, 500) } }
  }
}

async function archive(
  signed: SignedReport,
  stamp: GivenToken,
): Promise<{ archived: Archived | null; timestamp: KeptTimestamp } | null> {
  const { database, settings } = getRuntime()
  const { statement, identity, at } = signed
  const { organisationId } = statement.preparedBy
  const authority = await database.inOrganisation(organisationId, (tx) =>
    findAuthorityOfReport(tx, organisationId, statement.reportId),
  )
  if (!settings.timestampUrl || !authority) return null
  const outcome = await archiveInThread({
    pdf: signed.pdf,
    contents: await chooseContents({
      ...stamp,
      fetched: await fetchLists(stamp.certificates),
      own: {
        revocationList: await getRevocationList(organisationId, authority.id),
        authorityPem: authority.certificatePem,
      },
    }),
    timestampUrl: settings.timestampUrl,
    notBefore: stamp.at,
    envelope: { statement, identity, attesting: { role: 'insured-officer', at } },
  })
  if (outcome.outcome === 'no-place') return null
  if (outcome.outcome === 'no-timestamp') return { archived: null, timestamp: { failure: outcome.failure } }
  return { archived: outcome, timestamp: keptOf(outcome.timestamp) }
}

/** The lists that the issuers of a timestamp publish, as far as they answer. */
async function fetchLists(certificates: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const issued = certificates.filter((der) => !isRoot(der))
  const addresses = listAddresses(issued).slice(0, MOST_ADDRESSES)
  const files = await Promise.all(addresses.map(fetchWhole))
  return files.flatMap((file) => file ?? [])
}

/** What cannot be read has no address either. */
function isRoot(der: Uint8Array): boolean {
  try {
    const { subject, issuer } = readIssuer(der)
    return subject.isEqual(issuer)
  } catch {
    return true
  }
}

async function fetchWhole(url: string): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  const options = {
    network: networkOf(getRuntime()),
    allowsHttp: true,
    atMost: MOST_LIST_BYTES,
    patienceMs: PATIENCE_MS,
  }
  try {
    for await (const chunk of fetchList(url, options)) chunks.push(chunk)
  } catch (error) {
    if (error instanceof RefusedError) return null
    throw error
  }
  return Buffer.concat(chunks)
}
