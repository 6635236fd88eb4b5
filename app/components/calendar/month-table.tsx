/** A month as a table of weeks; each entry is a link, so that the keyboard walks through them in order. */
import { Link } from '@remix-run/react'
import { type CalendarEntry, isOverdue } from '#app/services/calendar-entries.ts'
import { dayWords, monthOf, monthWords, WEEKDAYS, weeksOf } from '#app/services/calendar-month.ts'
import { classNames } from '../class-names.ts'
import { agendaDayHref } from './agenda.tsx'
import { KindIcon } from './kind-mark.tsx'

interface MonthTableProps {
  /** YYYY-MM. */
  month: string
  today: string
  entries: readonly CalendarEntry[]
  /** Where all entries of a month's days are listed. @param month YYYY-MM */
  agendaHref: (month: string) => string
}

const MOST_A_DAY = 4

export function MonthTable({ month, today, entries, agendaHref }: MonthTableProps) {
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">{monthWords(month)}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((name) => (
            <th
              key={name}
              scope="col"
              className="px-2 py-1.5 text-start font-medium text-caption text-ink-soft"
            >
              <abbr title={name} className="no-underline">
                {name.slice(0, 3)}
              </abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td
                key={day}
                className={classNames(
                  'h-28 border border-hairline px-1.5 py-1 align-top',
                  monthOf(day) !== month && 'bg-sunken text-ink-faint',
                )}
              >
                <DayCell
                  day={day}
                  isToday={day === today}
                  today={today}
                  entries={entries.filter((entry) => entry.day === day)}
                  agendaHref={agendaDayHref(agendaHref(monthOf(day)), day)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface DayCellProps {
  day: string
  isToday: boolean
  today: string
  entries: readonly CalendarEntry[]
  /** Where all of them are listed. */
  agendaHref: string
}

function DayCell({ day, isToday, today, entries, agendaHref }: DayCellProps) {
  const shown = entries.length > MOST_A_DAY ? entries.slice(0, MOST_A_DAY - 1) : entries
  const more = entries.length - shown.length
  return (
    <>
      <time
        dateTime={day}
        aria-current={isToday ? 'date' : undefined}
        className={classNames(
          'inline-block min-w-6 rounded-small px-1 text-center text-caption',
          isToday && 'bg-accent font-semibold text-on-accent',
        )}
      >
        <span aria-hidden>{Number(day.slice(8))}</span>
        <span className="sr-only">{dayWords(day)}</span>
      </time>
      {entries.length > 0 ? (
        <ul className="mt-0.5 flex flex-col gap-0.5">
          {shown.map((entry) => (
            <li key={entry.key}>
              <CellEntry entry={entry} isLate={isOverdue(entry, today)} />
            </li>
          ))}
          {more > 0 ? (
            <li>
              <Link to={agendaHref} className="px-1 text-caption text-link">
                {more} more<span className="sr-only"> on {dayWords(day)}</span>
              </Link>
            </li>
          ) : null}
        </ul>
      ) : null}
    </>
  )
}

function CellEntry({ entry, isLate }: { entry: CalendarEntry; isLate: boolean }) {
  const { kind, client, title, href, isSettled } = entry
  return (
    <Link
      to={href}
      title={`${client.legalName}: ${title}`}
      className={classNames(
        'flex items-baseline gap-1 rounded-small px-1 text-caption leading-snug hover:underline',
        isSettled
          ? 'text-ink-faint line-through'
          : isLate
            ? 'bg-bad-wash text-bad'
            : 'bg-accent-wash text-ink',
      )}
    >
      <KindIcon kind={kind} />
      <span className="min-w-0">
        <span className="line-clamp-2 break-words">
          {isSettled ? <span className="sr-only">Settled: </span> : null}
          {isLate ? <span className="sr-only">Overdue: </span> : null}
          {title}
        </span>
        <span className="block truncate text-micro">{client.legalName}</span>
      </span>
    </Link>
  )
}
