/** What a source of calendar entries is asked. */
import type { Tx } from '#db/client.server.ts'
import type { CalendarEntry } from './calendar-entries.ts'

export interface CalendarQuery {
  /** Days, YYYY-MM-DD, both included. */
  from: string
  until: string
  /** YYYY-MM-DD. */
  today: string
  /** Whose entries: no client of these is archived. */
  clients: ReadonlyMap<string, { id: string; legalName: string }>
  /** Where `clients` is this one alone: what is read is bounded by it. */
  clientId: string | undefined
  /** What recurs without end is counted ahead as far as this day; to `until` where it is not said. */
  recurringUntil?: string
}

export type CalendarSource = (
  tx: Tx,
  organisationId: string,
  query: CalendarQuery,
) => Promise<CalendarEntry[]>
