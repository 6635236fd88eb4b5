/** Services that the client had declined in writing before the day, as a claim pack tells of them. */
import { archiveNames } from '#app/documents/archive-names.ts'
import { waiversAt } from '#app/readiness/declined-services.ts'
import type { Point } from '#app/readiness/record.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/waivers.server.ts'
import type { CitedEntry } from './claim-pack-ledger.server.ts'

export type DayWaiver = ReturnType<typeof describeWaiver>

/**
 * @returns those signed by the end of the day, oldest first, and the ids of all that were signed by the moment of
 *   asking: a newer one may have been signed in place of one of them
 */
export async function loadWaivers(tx: Tx, organisationId: string, clientId: string, point: Point) {
  const held = (await rows.listWaivers(tx, organisationId, clientId)).reverse()
  const signed = held.flatMap((row) => {
    const { signedAt, text, textSha256 } = row
    const isKnown = signedAt !== null && signedAt <= point.knownOn && text !== null && textSha256 !== null
    return isKnown ? [{ ...row, signedAt, text, textSha256 }] : []
  })
  return {
    told: signed.filter(({ signedAt }) => signedAt <= point.trueOn).map((row) => describeWaiver(row, point)),
    ids: signed.map(({ id }) => id),
  }
}

type SignedRow = rows.WaiverRow & { signedAt: Date; text: string; textSha256: string }

function describeWaiver(row: SignedRow, point: Point) {
  const { id, service, controlIds, decisionMakerName, decisionMakerRole, signedAt, text, textSha256 } = row
  const isWithdrawn = row.withdrawnAt !== null && row.withdrawnAt <= point.knownOn
  const isMistake = row.withdrawnBecause === 'mistake'
  return {
    id,
    service,
    controlIds,
    decisionMakerName,
    decisionMakerRole,
    signedAt: signedAt.toISOString(),
    /** What was signed, byte for byte. */
    text,
    textSha256,
    withdrawnAt: isWithdrawn ? (row.withdrawnAt?.toISOString() ?? null) : null,
    withdrawnBecause: isWithdrawn ? row.withdrawnBecause : null,
    withdrawnReason: isWithdrawn ? row.withdrawnReason : null,
    heldOnTheDay: waiversAt([{ ...row, isMistake }], point).length > 0,
  }
}

/** With the file that each was signed into, where the ledger knew one when the pack was asked for. */
export function withFiles(waivers: readonly DayWaiver[], entries: readonly CitedEntry[]) {
  const made = new Map(
    entries.flatMap(({ document: { entry } }) => {
      if (entry.kind !== 'waiver.file-signed') return []
      const { waiverId, pdfSha256 } = JSON.parse(entry.payload) as { waiverId: string; pdfSha256: string }
      return [[waiverId, pdfSha256] as const]
    }),
  )
  return waivers.map((waiver) => ({ ...waiver, pdfSha256: made.get(waiver.id) ?? null }))
}

/** The signed files, to be looked for in the store. */
export function listWaiverFiles(waivers: readonly DayWaiver[], entries: readonly CitedEntry[]) {
  const filed = withFiles(waivers, entries).flatMap(({ id, service, signedAt, pdfSha256 }) =>
    pdfSha256 === null
      ? []
      : [{ id, service, pdfSha256, fileName: `${service} ${signedAt.slice(0, 10)}.pdf` }],
  )
  const names = archiveNames(filed.map(({ fileName }) => fileName))
  return filed.map(({ id, service, pdfSha256, fileName }, index) => ({
    path: `waivers/${names[index]}`,
    sha256: pdfSha256,
    role: 'waiver' as const,
    about: service,
    waiverId: id,
    fileName,
  }))
}
