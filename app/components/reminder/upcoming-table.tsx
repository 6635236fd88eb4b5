/** What goes next, to whom and when, with what can be done about each. */
import { Form, Link } from '@remix-run/react'
import { kindOf } from '#app/services/reminder-input.ts'
import type { UpcomingReminder } from '#app/services/reminders.server.ts'
import { Button } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { Disclosure } from '../disclosure.tsx'
import { DateField, TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { rungWords } from './reminder-words.ts'

export type UpcomingRow = Omit<UpcomingReminder, 'moment'> & { moment: Date | string }

interface UpcomingTableProps {
  rows: readonly UpcomingRow[]
  withClient: boolean
  /** The thing whose form was refused, with what was wrong. */
  refused: { subjectKey: string; fieldErrors: Record<string, string> } | null
}

const rowKey = (row: UpcomingRow) => `${row.subjectKey} ${row.dueOn} ${row.rung} ${row.offsetDays}`

export function UpcomingTable({ rows, withClient, refused }: UpcomingTableProps) {
  const first = new Map<string, string>()
  for (const row of rows) if (!first.has(row.subjectKey)) first.set(row.subjectKey, rowKey(row))
  return (
    <DataTable
      caption="What goes next"
      rows={rows}
      rowKey={rowKey}
      empty={null}
      columns={[
        {
          id: 'thing',
          header: 'About',
          isRowHeader: true,
          cell: (row) => (
            <>
              <Link to={row.href} className="text-link break-words">
                {row.title}
              </Link>
              <span className="block font-normal text-caption text-ink-soft">
                {kindOf(row.subjectKey)}
                {withClient ? `, ${row.clientName}` : ''}
              </span>
            </>
          ),
        },
        { id: 'due', header: 'Due', cell: (row) => <Time at={row.dueOn} /> },
        {
          id: 'to',
          header: 'To',
          cell: (row) => (
            <>
              {row.recipientName}
              <span className="block text-caption text-ink-soft">{rungWords(row.rung, row.offsetDays)}</span>
            </>
          ),
        },
        { id: 'at', header: 'Goes', cell: (row) => <Time at={row.moment} show="moment" /> },
        {
          id: 'act',
          header: 'Action',
          cell: (row) => (
            <div className="flex flex-col items-start gap-2">
              <Form method="post">
                <input type="hidden" name="intent" value="send-now" />
                <input type="hidden" name="subjectKey" value={row.subjectKey} />
                <input type="hidden" name="occurrence" value={row.dueOn} />
                <input type="hidden" name="rung" value={row.rung} />
                <input type="hidden" name="offsetDays" value={row.offsetDays} />
                <Button type="submit" size="small">
                  Send now
                  <span className="sr-only">
                    : {row.title}, to {row.recipientName}
                  </span>
                </Button>
              </Form>
              {first.get(row.subjectKey) === rowKey(row) ? (
                <RestForm
                  subjectKey={row.subjectKey}
                  fieldErrors={refused?.subjectKey === row.subjectKey ? refused.fieldErrors : null}
                />
              ) : null}
            </div>
          ),
        },
      ]}
    />
  )
}

function RestForm({
  subjectKey,
  fieldErrors,
}: {
  subjectKey: string
  fieldErrors: Record<string, string> | null
}) {
  return (
    <Disclosure title="Put off or stop" isOpen={fieldErrors !== null}>
      <Form method="post" className="flex flex-col gap-3">
        <input type="hidden" name="subjectKey" value={subjectKey} />
        <TextField
          id={`reason-${subjectKey}`}
          name="reason"
          label="Reason"
          autoComplete="off"
          error={fieldErrors?.reason}
        />
        <DateField
          id={`until-${subjectKey}`}
          name="untilOn"
          label="Rests until"
          optional
          error={fieldErrors?.untilOn}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" size="small" name="intent" value="snooze">
            Put off
          </Button>
          <Button type="submit" size="small" name="intent" value="stop">
            Stop until its day changes
          </Button>
        </div>
      </Form>
    </Disclosure>
  )
}
