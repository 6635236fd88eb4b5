/** Has checkpoints timestamped by an outside authority, where one is configured. */
import { requestTimestamp, TimestampError } from '#app/report/timestamp.server.ts'
import * as rows from '#db/queries/checkpoints.server.ts'
import { lockLedger } from '#db/queries/ledger.server.ts'
import { digestToken } from '#evidence/checkpoint.ts'
import { recordInLedger } from './ledger.server.ts'
import { getRuntime } from './runtime.server.ts'

/** A look catches up with so many; the rest follow with the next ones. */
const A_LOOK = 20

/**
 * Asks for the timestamps that are missing, the oldest first, and stops at the first that fails.
 * @returns why it stopped, for people; null when none is missing any more or no authority is configured
 */
export async function timestampCheckpoints(organisationId: string): Promise<string | null> {
  const { database, settings } = getRuntime()
  if (!settings.timestampUrl) return null
  const waiting = await database.inOrganisation(organisationId, (tx) =>
    rows.listUnstampedCheckpoints(tx, organisationId, A_LOOK),
  )
  for (const row of waiting) {
    try {
      const { token, authority } = await requestTimestamp(
        settings.timestampUrl,
        Buffer.from(row.signature, 'base64'),
      )
      await keepToken(row, token, authority)
    } catch (error) {
      if (error instanceof TimestampError) return error.message
      throw error
    }
  }
  return null
}

async function keepToken({ organisationId, number }: rows.CheckpointRow, token: string, authority: string) {
  const { database, clock } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    await lockLedger(tx, organisationId)
    const row = await rows.findCheckpoint(tx, organisationId, number)
    if (row?.timestampToken !== null) return
    const { sequence } = await recordInLedger(tx, organisationId, {
      kind: 'ledger.timestamped',
      actor: 'Attested',
      at: clock(),
      payload: { number, authority, tokenSha256: digestToken(token) },
    })
    await rows.keepTimestamp(tx, organisationId, number, { timestampToken: token, timestampEntry: sequence })
  })
}
