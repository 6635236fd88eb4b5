/** The addresses that were made, when each was last read, and how to replace or end it. */
import { Form } from '@remix-run/react'
import { CircleCheck, CircleMinus } from 'lucide-react'
import { useRef } from 'react'
import { CALENDAR_KIND_IDS, CALENDAR_KINDS } from '#app/services/calendar-entries.ts'
import { Button } from '../button.tsx'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'

export interface ShownFeed {
  id: string
  name: string
  /** Null for the member's own. */
  clientName: string | null
  /** Null for all. */
  clientNames: string[] | null
  kinds: string[]
  createdByName: string
  createdAt: Date | string
  renewedAt: Date | string | null
  lastFetchedAt: Date | string | null
  revokedAt: Date | string | null
  revokedByName: string | null
}

export function FeedList({ feeds }: { feeds: readonly ShownFeed[] }) {
  return (
    <ul className="border-rule border-t">
      {feeds.map((feed) => (
        <li
          key={feed.id}
          className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-hairline border-b py-3"
        >
          <div className="min-w-0">
            <h3 className="wrap-anywhere font-medium">
              {feed.name}{' '}
              {feed.revokedAt ? (
                <StatusBadge word="Revoked" icon={CircleMinus} tone="neutral" />
              ) : (
                <StatusBadge word="Open" icon={CircleCheck} tone="ok" />
              )}
            </h3>
            <p className="wrap-anywhere text-caption text-ink-soft">
              {feed.clientName ? `For the sponsor at ${feed.clientName}` : aboutOf(feed)}; {kindsOf(feed)}
            </p>
            <p className="text-caption text-ink-soft">
              Made by {feed.createdByName} on <Time at={feed.createdAt} />
              {feed.renewedAt ? (
                <>
                  , renewed on <Time at={feed.renewedAt} />
                </>
              ) : null}
              .{' '}
              {feed.revokedAt ? (
                <>
                  Revoked by {feed.revokedByName} on <Time at={feed.revokedAt} />.
                </>
              ) : feed.lastFetchedAt ? (
                <>
                  Last read <Time at={feed.lastFetchedAt} show="moment" />.
                </>
              ) : (
                'Not read yet.'
              )}
            </p>
          </div>
          {feed.revokedAt ? null : <FeedActs feed={feed} />}
        </li>
      ))}
    </ul>
  )
}

const aboutOf = ({ clientNames }: ShownFeed) =>
  clientNames === null ? 'For you, all clients' : `For you, ${clientNames.join(', ')}`

function kindsOf({ kinds }: ShownFeed): string {
  if (kinds.length === CALENDAR_KIND_IDS.length) return 'all entries'
  return CALENDAR_KIND_IDS.filter((kind) => kinds.includes(kind))
    .map((kind) => CALENDAR_KINDS[kind].plural.toLowerCase())
    .join(', ')
}

function FeedActs({ feed: { id, name } }: { feed: ShownFeed }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Act
        intent="renew"
        feedId={id}
        label="New address"
        title={`Give “${name}” another address?`}
        consequence="The address it has now opens nothing any more. Whoever reads it has to enter the new one, which is shown once."
      />
      <Act
        intent="revoke"
        feedId={id}
        label="Revoke"
        title={`Revoke the address of “${name}”?`}
        consequence="It opens nothing any more. Entries that programs have kept disappear when they next ask, or stay as they are there."
        danger
      />
    </div>
  )
}

function Act({
  intent,
  feedId,
  label,
  title,
  consequence,
  danger,
}: {
  intent: 'renew' | 'revoke'
  feedId: string
  label: string
  title: string
  consequence: string
  danger?: boolean
}) {
  const form = useRef<HTMLFormElement>(null)
  return (
    <Form method="post" ref={form}>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="feedId" value={feedId} />
      <ConfirmDialog
        trigger={<Button size="small">{label}</Button>}
        title={title}
        confirmLabel={label}
        onConfirm={() => form.current?.requestSubmit()}
        danger={danger}
      >
        {consequence}
      </ConfirmDialog>
    </Form>
  )
}
