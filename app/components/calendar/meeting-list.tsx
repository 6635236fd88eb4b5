/** Reviews with a client, the latest first. */
import { CalendarX2 } from 'lucide-react'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'

interface ListedMeeting {
  id: string
  title: string
  heldOn: string
  startsAt: string
  timeZone: string
  isCancelled: boolean
}

export function MeetingList({ meetings }: { meetings: readonly ListedMeeting[] }) {
  if (meetings.length === 0)
    return (
      <p className="max-w-measure text-ink-soft">
        None planned. A planned review stands in the calendar and gives you an invitation to send.
      </p>
    )
  return (
    <ul className="border-rule border-t">
      {meetings.map(({ id, title, heldOn, startsAt, timeZone, isCancelled }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-b py-2.5">
          <TextLink to={`/meetings/${id}`} quiet className="wrap-anywhere">
            {title}
          </TextLink>
          <span className="text-ink-soft">
            <Time at={heldOn} />, {startsAt} {timeZone.replaceAll('_', ' ')}
          </span>
          {isCancelled ? <StatusBadge word="Cancelled" icon={CalendarX2} tone="neutral" /> : null}
        </li>
      ))}
    </ul>
  )
}
