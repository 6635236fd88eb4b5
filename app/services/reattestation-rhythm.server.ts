/** How often an application is re-attested, and which day it is where its client is, as its schedule says. */
import { monthsOfRule } from '#app/schedule/rule.ts'
import { localTime } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import { listScheduleSettings } from '#db/queries/schedules.server.ts'
import { byScope, resolveSchedule } from './schedule-resolving.ts'

export interface Rhythm {
  /** Length of a period that is not begun yet. */
  months: number
  /** In which the days of its periods begin and end. */
  timeZone: string
}

export const todayIn = ({ timeZone }: Rhythm, now: Date): string => localTime(now, timeZone).day

/** @param clientId only applications of this client will be asked for */
export async function loadRhythms(tx: Tx, organisationId: string, clientId?: string) {
  const settings = byScope(await listScheduleSettings(tx, organisationId, clientId))
  return (of: { clientId: string; applicationId: string }): Rhythm => {
    const { clientId, applicationId } = of
    // From which day the rule counts does not matter to what is read here.
    const subject = { organisationId, clientId, applicationId, since: new Date(0) }
    const { rule, timeZone } = resolveSchedule('re-attestation', subject, settings)
    return { months: monthsOfRule(rule.value), timeZone: timeZone.value }
  }
}

/** Which day it is where the client of an application is. */
export async function todayOf(
  tx: Tx,
  organisationId: string,
  of: { clientId: string; applicationId: string },
  now: Date,
): Promise<string> {
  return todayIn((await loadRhythms(tx, organisationId, of.clientId))(of), now)
}
