/** Decisions of assessors, and what they opened, as tables. */
import type { GuestAccessRow } from '#db/queries/guests.server.ts'
import { csvTable } from './csv-lines.ts'
import type { Desk, DeskDecision, DeskItem } from './review-desk.server.ts'

interface Decided {
  item: DeskItem
  decision: DeskDecision
}

const DECISION_COLUMNS: [header: string, value: (row: Decided) => string | number | null][] = [
  ['Item', ({ item }) => item.item],
  ['Question', ({ item }) => item.prompt],
  ['Answer now', ({ item }) => item.shown],
  ['Status now', ({ item }) => item.status],
  ['Number', ({ decision }) => decision.sequence],
  ['Decision', ({ decision }) => decision.kind],
  ['Ground', ({ decision }) => decision.ground],
  ['Reason', ({ decision }) => decision.note],
  ['Assessor', ({ decision }) => decision.authorName],
  ['Of', ({ decision }) => decision.authorFirm],
  ['At (UTC)', ({ decision }) => decision.at.toISOString()],
  ['Still stands', ({ decision }) => (decision.isOutdated ? 'no, changed since' : 'yes')],
  [
    'Replies',
    ({ decision }) => decision.replies.map(({ authorName, text }) => `${authorName}: ${text}`).join('\n'),
  ],
]

export const writeDecisionTable = ({ items }: Desk): string =>
  csvTable(
    DECISION_COLUMNS,
    items.flatMap((item) => item.decisions.map((decision) => ({ item, decision }))),
  )

const ACCESS_COLUMNS: [header: string, value: (row: GuestAccessRow) => string | null][] = [
  ['At (UTC)', ({ at }) => at.toISOString()],
  ['What', ({ kind }) => kind],
  ['File', ({ revisionId }) => revisionId],
  ['Address', ({ address }) => address],
  ['Browser', ({ userAgent }) => userAgent],
]

export const writeAccessTable = (rows: readonly GuestAccessRow[]): string => csvTable(ACCESS_COLUMNS, rows)
