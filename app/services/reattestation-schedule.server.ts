/** Where the schedule of re-attestations meets what it is for: a date that comes begins a draft, a signature settles it. */
import { monthsOfRule } from '#app/schedule/rule.ts'
import type { Tx } from '#db/client.server.ts'
import { listDatesToBegin, type ReattestationRow } from '#db/queries/reattestations.server.ts'
import * as schedules from '#db/queries/schedules.server.ts'
import { RefusedError } from './errors.ts'
import { beginReattestation, closeMissedReattestations } from './reattestations.server.ts'
import { getRuntime } from './runtime.server.ts'
import { byScope, resolveSchedule } from './schedule-resolving.ts'
import { settleByDeed } from './schedule-settling.server.ts'

const PURPOSE = 're-attestation'
const SCHEDULED_AS = 'Attested, by the schedule'

/**
 * Begins what came due; where nothing did it asks once and is done, for it is called at every look. What a person
 * discarded is not begun again: its date waits until somebody settles it.
 */
export async function beginDueReattestations(organisationId: string): Promise<void> {
  const due = await listDue(organisationId)
  if (due.length === 0) return
  await closeMissedReattestations(organisationId)
  for (const { applicationId, months } of due) {
    try {
      await beginReattestation({ organisationId, scheduledAs: SCHEDULED_AS }, applicationId, months)
    } catch (error) {
      // An application that is no longer in force: its date goes with the next look at the schedules.
      if (error instanceof RefusedError) continue
      // The others, and everybody's reminders, do not wait for the one that cannot be begun.
      console.error(`The re-attestation of application ${applicationId} could not be begun`, error)
    }
  }
}

async function listDue(organisationId: string) {
  const { database, clock } = getRuntime()
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const open = await listDatesToBegin(tx, organisationId, now)
    if (open.length === 0) return []
    const settings = byScope(await schedules.listScheduleSettings(tx, organisationId))
    return open.flatMap(({ clientId, applicationId, notedAt: since }) => {
      if (applicationId === null) return []
      const { rule } = resolveSchedule(PURPOSE, { organisationId, clientId, applicationId, since }, settings)
      return [{ applicationId, months: monthsOfRule(rule.value) }]
    })
  })
}

/** Both sides have signed: the dates up to the end of its period are seen to. */
export async function settleScheduledDates(
  tx: Tx,
  { organisationId, id, clientId, applicationId, periodLast }: ReattestationRow,
  at: Date,
): Promise<void> {
  const open = await schedules.listNotedOccurrences(tx, organisationId, { from: '9999-12-31', clientId })
  const own = open.filter(
    (row) => row.purpose === PURPOSE && row.applicationId === applicationId && row.dueOn <= periodLast,
  )
  await settleByDeed(tx, { organisationId, clientId, id }, own, { actor: 'Attested', name: SCHEDULED_AS, at })
}
