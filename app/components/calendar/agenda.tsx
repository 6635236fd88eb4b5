/** Calendar entries as a list under their days. */
import { CircleCheck, OctagonX } from 'lucide-react'
import { CALENDAR_KINDS, type CalendarEntry, isOverdue } from '#app/services/calendar-entries.ts'
import { dayWords } from '#app/services/calendar-month.ts'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { KindIcon } from './kind-mark.tsx'

interface AgendaProps {
  entries: readonly CalendarEntry[]
  /** YYYY-MM-DD. */
  today: string
  /** Not where all entries are of one client. */
  showClient?: boolean
  /** The level of the days' headings. */
  heading?: 'h2' | 'h3'
  /** The one list of its page that `agendaDayHref` leads into. */
  isLinkedTo?: boolean
}

/** Where an agenda lists a day. @param agendaHref the page that shows it */
export const agendaDayHref = (agendaHref: string, day: string) => `${agendaHref}#${dayId(day)}`
const dayId = (day: string) => `day-${day}`

export function Agenda({
  entries,
  today,
  showClient = true,
  heading: Heading = 'h2',
  isLinkedTo = false,
}: AgendaProps) {
  const days = [...new Set(entries.map(({ day }) => day))]
  return (
    <ol className="border-rule border-t">
      {days.map((day) => (
        <li
          key={day}
          id={isLinkedTo ? dayId(day) : undefined}
          className="grid scroll-mt-20 gap-x-6 gap-y-1 border-hairline border-b py-3 sm:grid-cols-[13rem_1fr]"
        >
          <Heading className="font-medium">
            {dayWords(day)}
            {day === today ? <span className="ms-2 text-accent text-caption">Today</span> : null}
          </Heading>
          <ul className="flex min-w-0 flex-col gap-2">
            {entries
              .filter((entry) => entry.day === day)
              .map((entry) => (
                <li key={entry.key}>
                  <AgendaEntry entry={entry} today={today} showClient={showClient} />
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function AgendaEntry({
  entry,
  today,
  showClient,
}: {
  entry: CalendarEntry
  today: string
  showClient: boolean
}) {
  const { kind, client, at, title, detail, owner, href, isSettled } = entry
  return (
    <div className="min-w-0">
      <p className="flex items-baseline gap-x-2">
        <KindIcon kind={kind} />
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <TextLink to={href} quiet className="wrap-anywhere min-w-0">
            {title}
          </TextLink>
          {isOverdue(entry, today) ? <StatusBadge word="Overdue" icon={OctagonX} tone="bad" /> : null}
          {isSettled ? <StatusBadge word="Settled" icon={CircleCheck} tone="ok" /> : null}
        </span>
      </p>
      <p className="wrap-anywhere text-caption text-ink-soft">
        {[
          showClient ? client.legalName : null,
          at ? `${at.time} ${at.timeZone.replaceAll('_', ' ')}` : null,
          CALENDAR_KINDS[kind].word,
          detail,
          owner,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  )
}
