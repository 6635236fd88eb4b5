import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CalendarDays, ChevronLeft, ChevronRight, ListTodo, Rss } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { Agenda } from '#app/components/calendar/agenda.tsx'
import { CalendarFilter } from '#app/components/calendar/calendar-filter.tsx'
import { MonthTable } from '#app/components/calendar/month-table.tsx'
import { Disclosure } from '#app/components/disclosure.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { LinkSwitch } from '#app/components/link-switch.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getCalendar } from '#app/services/calendar.server.ts'
import { type CalendarSearch, calendarHref } from '#app/services/calendar-entries.ts'
import { addMonths, monthOf, monthWords } from '#app/services/calendar-month.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return getCalendar(member, new URL(request.url).searchParams)
}

export const meta: MetaFunction = () => [{ title: pageTitle('Calendar') }]

export default function CalendarPage() {
  const { search, today, clients, entries, overdue } = useLoaderData<typeof loader>()
  const { month, view } = search
  const isFiltered = search.client !== null || search.kinds.length > 0
  // Weeks are whole: days of the months beside are listed with theirs.
  const agendaHref = (of: string) => calendarHref({ ...search, view: 'agenda', month: of })
  const agenda =
    entries.length > 0 ? (
      <Agenda entries={entries} today={today} isLinkedTo />
    ) : (
      <EmptyState icon={CalendarDays} title="Nothing in this time">
        {isFiltered
          ? 'Choose other clients or kinds, or look at another month.'
          : 'Policies, renewal steps, evidence, requests, conditions, exceptions and declined services stand here by their day. Record a client’s policy, and the plan of its renewal appears.'}
      </EmptyState>
    )
  return (
    <>
      <PageHeader
        title="Calendar"
        lead="What has a day, across all clients."
        actions={
          <>
            <ButtonLink size="small" icon={ListTodo} to="/renewals">
              Renewals
            </ButtonLink>
            <ButtonLink size="small" icon={Rss} to="/calendar/feeds">
              In my own calendar
            </ButtonLink>
            <DownloadLink look="small" href={calendarHref(search, '/calendar/export')}>
              Export as CSV
            </DownloadLink>
          </>
        }
      />
      <CalendarFilter search={search} clients={clients} />
      {overdue.length > 0 ? (
        <div className="mb-5 rounded-small border border-bad border-s-4 bg-bad-wash px-4 py-3">
          <Disclosure
            title={`${overdue.length === 1 ? '1 entry' : `${overdue.length} entries`} past ${overdue.length === 1 ? 'its' : 'their'} day`}
          >
            <Agenda entries={overdue} today={today} />
          </Disclosure>
        </div>
      ) : null}
      <MonthControls search={search} today={today} />
      {view === 'agenda' ? (
        agenda
      ) : (
        <>
          <div className="max-md:hidden">
            <MonthTable month={month} today={today} entries={entries} agendaHref={agendaHref} />
          </div>
          <div className="md:hidden">{agenda}</div>
        </>
      )}
    </>
  )
}

function MonthControls({ search, today }: { search: CalendarSearch; today: string }) {
  const { month, view } = search
  const to = (change: Partial<CalendarSearch>) => calendarHref({ ...search, ...change })
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <ButtonLink
          size="small"
          icon={ChevronLeft}
          to={to({ month: addMonths(month, -1) })}
          preventScrollReset
        >
          <span className="sr-only">To </span>
          {monthWords(addMonths(month, -1))}
        </ButtonLink>
        <h2
          aria-live="polite"
          className="font-semibold text-section max-sm:order-first max-sm:w-full sm:px-1"
        >
          {view === 'agenda'
            ? `${monthWords(month)} to ${monthWords(addMonths(month, 2))}`
            : monthWords(month)}
        </h2>
        <ButtonLink
          size="small"
          icon={ChevronRight}
          to={to({ month: addMonths(month, 1) })}
          preventScrollReset
        >
          <span className="sr-only">To </span>
          {monthWords(addMonths(month, 1))}
        </ButtonLink>
        {month === monthOf(today) ? null : (
          <ButtonLink size="small" variant="quiet" to={to({ month: monthOf(today) })} preventScrollReset>
            Today
          </ButtonLink>
        )}
      </div>
      <LinkSwitch
        label="View"
        options={(['month', 'agenda'] as const).map((one) => ({
          to: to({ view: one }),
          label: one === 'month' ? 'Month' : 'Agenda',
          isCurrent: one === view,
        }))}
      />
    </div>
  )
}
