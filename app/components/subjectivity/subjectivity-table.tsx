/** Conditions as a table: of one application, or of all clients. */

import { SIDE_WORDS, TIMING_WORDS } from '#app/services/subjectivity-input.ts'
import { nameOf, type ShownSubjectivity } from '#app/services/subjectivity-standing.ts'
import type { ListedSubjectivity } from '#app/services/subjectivity-table.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { DueClock, SubjectivityBadge } from './standing.tsx'

/** What a row needs, so that answers and evidence stay on the server. */
export type ListedCondition = Pick<
  ShownSubjectivity,
  | 'id'
  | 'reference'
  | 'condition'
  | 'timing'
  | 'ownerName'
  | 'ownerSide'
  | 'controlLabel'
  | 'dueDays'
  | 'dueNow'
  | 'daysLeft'
  | 'standing'
  | 'state'
>

type OfClient = Pick<ListedSubjectivity, 'client' | 'form' | 'insurer'>
interface Row {
  condition: ListedCondition
  of?: OfClient & { applicationId: string }
}

export function SubjectivityTable({ caption, rows }: { caption: string; rows: readonly Row[] }) {
  const withClients = rows.some(({ of }) => of !== undefined)
  const columns: Column<Row>[] = [
    {
      id: 'condition',
      header: 'Condition',
      isRowHeader: true,
      cell: ({ condition }) => (
        <>
          <TextLink quiet to={`/subjectivities/${condition.id}`} className="wrap-anywhere">
            {nameOf(condition)}
          </TextLink>
          <span className="block font-normal text-caption text-ink-soft">
            {[TIMING_WORDS[condition.timing], condition.controlLabel].filter(Boolean).join('; ')}
          </span>
        </>
      ),
    },
    ...(withClients ? [clientColumn] : []),
    { id: 'state', header: 'State', cell: ({ condition }) => <SubjectivityBadge condition={condition} /> },
    { id: 'due', header: 'Due', cell: ({ condition }) => <DueClock condition={condition} /> },
    {
      id: 'owner',
      header: 'Owner',
      cell: ({ condition: { ownerName, ownerSide } }) => (
        <>
          <span className="wrap-anywhere">{ownerName}</span>
          <span className="block text-caption text-ink-soft">{SIDE_WORDS[ownerSide]}</span>
        </>
      ),
    },
  ]
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ condition }) => condition.id}
      empty={null}
      columns={columns}
    />
  )
}

const clientColumn: Column<Row> = {
  id: 'client',
  header: 'Client',
  cell: ({ of }) =>
    of ? (
      <>
        <TextLink quiet to={`/applications/${of.applicationId}/subjectivities`} className="wrap-anywhere">
          {of.client.legalName}
        </TextLink>
        <span className="wrap-anywhere block text-caption text-ink-soft">
          {of.insurer ?? `${of.form.title}, edition ${of.form.edition}`}
        </span>
      </>
    ) : null,
}
