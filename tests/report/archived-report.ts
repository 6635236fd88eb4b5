/** Reports with timestamps and an archive, by a timestamp authority of the test. */
import { readFileSync } from 'node:fs'
import { type ArchiveContents, archiveReport } from '#app/report/archive.server.ts'
import { chooseContents } from '#app/report/archive-contents.server.ts'
import { makeRevocationList } from '#app/report/revocation.server.ts'
import { requestReportToken } from '#app/report/timestamp.server.ts'
import type { TimestampAuthority } from '../support/timestamp-authority.ts'
import { type Authority, makeSignedReport, SIGNED_AT } from './signed-report.ts'

export const LISTED_AT = new Date(SIGNED_AT.getTime() + 3_600_000)

export const stampBy = (tsa: TimestampAuthority) => (bytes: Uint8Array) =>
  requestReportToken(tsa.url, bytes, SIGNED_AT)

export const tokenBy = (tsa: TimestampAuthority) => async (bytes: Uint8Array) =>
  (await stampBy(tsa)(bytes)).token

/** The authority's own list, and what the timestamp authority's issuer publishes. */
export async function contentsBy(
  tsa: TimestampAuthority,
  authority: Authority,
  given: { own?: Uint8Array; fetched?: Uint8Array[] } = {},
): Promise<ArchiveContents> {
  const { own = await makeRevocationList({ authority, revoked: [], now: LISTED_AT }) } = given
  const { token, certificates } = await stampBy(tsa)(Buffer.from('any'))
  return chooseContents({
    ...{ token, certificates },
    fetched: given.fetched ?? [readFileSync(tsa.listPath)],
    own: { revocationList: own, authorityPem: authority.certificatePem },
  })
}

export const archiveBy = (tsa: TimestampAuthority, pdf: Uint8Array, contents: ArchiveContents) =>
  archiveReport({ pdf, contents, timestamp: (covered) => tokenBy(tsa)(Buffer.concat(covered)) })

/** The archived file, and as it was signed. */
export async function makeArchivedReport({
  authority,
  tsa,
}: {
  authority: Authority
  tsa: TimestampAuthority
}): Promise<{ pdf: Uint8Array; signed: Uint8Array }> {
  const signed = await makeSignedReport({ authority, timestamp: tokenBy(tsa), hasArchive: true })
  return { pdf: await archiveBy(tsa, signed, await contentsBy(tsa, authority)), signed }
}
