/** What a kind of thing with a due day tells the planner of reminders. */
import type { Due } from '#app/schedule/reminder-plan.ts'
import type { Tx } from '#db/client.server.ts'

export interface DueQuery {
  now: Date
  /** YYYY-MM-DD; what is due later may be left out. */
  horizon: string
  /** This client's alone, which is not archived; all clients' where absent. */
  clientId?: string | undefined
}

/** Lists what nobody has seen to yet; what is done is no longer listed, and its reminders stop by that. */
export type ReminderSource = (tx: Tx, organisationId: string, query: DueQuery) => Promise<Due[]>
