/** What a kind of thing with a due day tells the planner of reminders. */
import type { Due } from '#app/schedule/reminder-plan.ts'
import type { Tx } from '#db/client.server.ts'

/**
 * Lists what nobody has seen to yet; what is done is no longer listed, and its reminders stop by that.
 * @param horizon YYYY-MM-DD; what is due later may be left out
 */
export type ReminderSource = (tx: Tx, organisationId: string, now: Date, horizon: string) => Promise<Due[]>
