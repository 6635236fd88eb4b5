/** How often an application is re-attested, as its schedule says. */
import { monthsOfRule } from '#app/schedule/rule.ts'
import type { Tx } from '#db/client.server.ts'
import { listScheduleSettings } from '#db/queries/schedules.server.ts'
import { byScope, resolveSchedule } from './schedule-resolving.ts'

export interface Rhythm {
  /** Length of a period that is not begun yet. */
  months: number
}

/** @param clientId only applications of this client will be asked for */
export async function loadRhythms(tx: Tx, organisationId: string, clientId?: string) {
  const settings = byScope(await listScheduleSettings(tx, organisationId, clientId))
  return (of: { clientId: string; applicationId: string }): Rhythm => {
    const { clientId, applicationId } = of
    // From which day the rule counts does not matter to what is read here.
    const subject = { organisationId, clientId, applicationId, since: new Date(0) }
    const { rule } = resolveSchedule('re-attestation', subject, settings)
    return { months: monthsOfRule(rule.value) }
  }
}
