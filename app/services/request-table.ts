/** Requests and their threads as tables, for whoever keeps them elsewhere. */
import type { RequestEntryRow } from '#db/queries/evidence-requests.server.ts'
import { csvTable } from './csv-lines.ts'
import type { ListedRequest } from './evidence-requests.server.ts'

const dayOf = (at: Date | null) => at?.toISOString().slice(0, 10) ?? null

const REQUEST_COLUMNS: [header: string, value: (row: ListedRequest) => string | null][] = [
  ['Client', ({ clientName }) => clientName],
  ['Wanted', ({ title }) => title],
  ['Why', ({ message }) => message],
  ['Asked', ({ recipientName }) => recipientName],
  ['E-mail', ({ recipientEmail }) => recipientEmail],
  ['Due', ({ dueOn }) => dueOn],
  ['State', ({ state, isOverdue }) => (isOverdue ? 'overdue' : state)],
  ['Question', ({ questionId }) => questionId],
  ['Asked by', ({ requestedByName }) => requestedByName],
  ['Asked on', ({ requestedAt }) => dayOf(requestedAt)],
  ['Settled on', ({ settledAt }) => dayOf(settledAt)],
]

export const writeRequestTable = (rows: readonly ListedRequest[]): string => csvTable(REQUEST_COLUMNS, rows)

const ENTRY_COLUMNS: [header: string, value: (row: RequestEntryRow) => string | number | null][] = [
  ['At (UTC)', ({ at }) => at.toISOString()],
  ['What', ({ kind }) => kind],
  ['Side', ({ side }) => side],
  ['Who', ({ authorName }) => authorName],
  ['E-mail', ({ authorEmail }) => authorEmail],
  ['Words', ({ text }) => text],
  ['File', ({ fileName }) => fileName],
  ['Bytes', ({ sizeBytes }) => sizeBytes],
  ['SHA-256', ({ sha256 }) => sha256],
]

export const writeThreadTable = (rows: readonly RequestEntryRow[]): string => csvTable(ENTRY_COLUMNS, rows)
