/** Assigned questions as a table, for whoever keeps them elsewhere. */
import type { ListedAssignment } from './assignment-list.server.ts'
import { csvTable } from './csv-lines.ts'

const STATES: Record<ListedAssignment['state'], string> = {
  open: 'waits for the person',
  answered: 'waits for us',
  'not-mine': 'not theirs',
  accepted: 'accepted',
  'taken-back': 'taken back',
}
const dayOf = (at: Date | null) => at?.toISOString().slice(0, 10) ?? null

const COLUMNS: [header: string, value: (row: ListedAssignment) => string | null][] = [
  ['Form', ({ formTitle }) => formTitle],
  ['Item', ({ item }) => item],
  ['Question', ({ prompt }) => prompt],
  ['Person', ({ recipientName }) => recipientName],
  ['E-mail', ({ recipientEmail }) => recipientEmail],
  ['Due', ({ dueOn }) => dueOn],
  ['State', ({ state, isOverdue }) => (isOverdue ? 'overdue' : STATES[state])],
  ['Note', ({ note }) => note],
  ['Their answer', ({ shown }) => shown],
  ['Why not theirs', ({ reason }) => reason],
  ['Answered on', ({ answeredAt }) => dayOf(answeredAt)],
  ['Assigned by', ({ assignedByName }) => assignedByName],
  ['Assigned on', ({ assignedAt }) => dayOf(assignedAt)],
  ['Settled by', ({ settledByName }) => settledByName],
  ['Settled on', ({ settledAt }) => dayOf(settledAt)],
]

export const writeAssignmentTable = (rows: readonly ListedAssignment[]): string => csvTable(COLUMNS, rows)
