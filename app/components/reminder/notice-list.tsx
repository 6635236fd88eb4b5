/** What a member was reminded of; opening a thing is one press, reading it another. */
import { Form, Link } from '@remix-run/react'
import { kindOf } from '#app/services/reminder-input.ts'
import { Button } from '../button.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'

export interface NoticeRow {
  id: string
  subjectKey: string
  title: string
  href: string
  dueOn: string
  at: Date | string
  readAt: Date | string | null
  clientName: string
}

export function NoticeList({ notices }: { notices: readonly NoticeRow[] }) {
  return (
    <ul className="border-rule border-t">
      {notices.map((notice) => (
        <li
          key={notice.id}
          className="flex flex-wrap items-center justify-between gap-3 border-hairline border-b py-2.5"
        >
          <div className="min-w-0">
            <p className="break-words">
              <Link to={notice.href} className={notice.readAt ? 'text-link' : 'text-link font-medium'}>
                {notice.title}
              </Link>{' '}
              {notice.readAt ? null : <StatusBadge word="New" tone="info" />}
            </p>
            <p className="break-words text-caption text-ink-soft">
              {kindOf(notice.subjectKey)}, {notice.clientName}. Due <Time at={notice.dueOn} />, reminded{' '}
              <Time at={notice.at} show="moment" />
            </p>
          </div>
          {notice.readAt ? null : (
            <Form method="post">
              <input type="hidden" name="id" value={notice.id} />
              <Button type="submit" size="small">
                Mark as read<span className="sr-only">: {notice.title}</span>
              </Button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  )
}
