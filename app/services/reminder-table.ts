/** Reminders as a table: what goes next, and what went. */
import { csvTable } from './csv-lines.ts'
import { kindOf, RUNG_WORDS } from './reminder-input.ts'
import type { RemindersPage } from './reminders.server.ts'
import { standingOfWent } from './went-standing.ts'

interface Line {
  state: string
  kind: string
  client: string
  title: string
  dueOn: string
  to: string
  email: string
  rung: string
  days: number
  at: Date
  failure: string | null
}

const COLUMNS: [header: string, value: (line: Line) => string | number | null][] = [
  ['State', ({ state }) => state],
  ['Kind', ({ kind }) => kind],
  ['Client', ({ client }) => client],
  ['About', ({ title }) => title],
  ['Due', ({ dueOn }) => dueOn],
  ['To', ({ to }) => to],
  ['E-mail', ({ email }) => email],
  ['Rung', ({ rung }) => rung],
  ['Days from the due day', ({ days }) => days],
  ['At (UTC)', ({ at }) => at.toISOString()],
  ['Why not sent', ({ failure }) => failure],
]

export function writeReminderTable({ upcoming, went }: RemindersPage): string {
  const lines: Line[] = [
    ...upcoming.map((row) => ({
      ...{ state: 'to go', kind: kindOf(row.subjectKey), client: row.clientName, title: row.title },
      ...{ dueOn: row.dueOn, to: row.recipientName, email: row.recipientEmail, rung: RUNG_WORDS[row.rung] },
      ...{ days: row.offsetDays, at: row.moment, failure: null },
    })),
    ...went.map((row) => ({
      ...{ state: standingOfWent(row).replaceAll('-', ' '), kind: kindOf(row.subjectKey) },
      ...{ client: row.clientName, title: row.title, dueOn: row.occurrence, to: row.recipientName },
      ...{ email: row.recipientEmail, rung: RUNG_WORDS[row.rung], days: row.offsetDays },
      ...{ at: row.at, failure: row.mailFailure },
    })),
  ]
  return csvTable(COLUMNS, lines)
}
