/** What is put off or stopped, and by whom. */
import { Form } from '@remix-run/react'
import { kindOf } from '#app/services/reminder-input.ts'
import { Button } from '../button.tsx'
import { Time } from '../time.tsx'

export interface HeldRow {
  id: string
  subjectKey: string
  title: string
  untilOn: string | null
  reason: string
  recordedByName: string
  recordedAt: Date | string
}

export function HeldList({ rows }: { rows: readonly HeldRow[] }) {
  return (
    <ul className="border-rule border-t">
      {rows.map((row) => (
        <li
          key={row.id}
          className="flex flex-wrap items-center justify-between gap-3 border-hairline border-b py-2.5"
        >
          <div className="min-w-0">
            <p className="break-words">
              {row.title}{' '}
              <span className="text-ink-soft">
                ({kindOf(row.subjectKey)},{' '}
                {row.untilOn ? (
                  <>
                    until <Time at={row.untilOn} />
                  </>
                ) : (
                  'stopped'
                )}
                )
              </span>
            </p>
            <p className="break-words text-caption text-ink-soft">
              {row.reason} ({row.recordedByName}, <Time at={row.recordedAt} />)
            </p>
          </div>
          <Form method="post">
            <input type="hidden" name="intent" value="resume" />
            <input type="hidden" name="subjectKey" value={row.subjectKey} />
            <Button type="submit" size="small">
              Remind again<span className="sr-only"> of {row.title}</span>
            </Button>
          </Form>
        </li>
      ))}
    </ul>
  )
}
