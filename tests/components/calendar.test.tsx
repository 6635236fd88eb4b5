import { renderToStaticMarkup } from 'react-dom/server'
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from 'react-router-dom/server.js'
import { expect, test } from 'vitest'
import CalendarPage from '#app/routes/calendar.tsx'
import { daysOfView } from '#app/services/calendar.server.ts'
import { type CalendarEntry, readCalendarSearch } from '#app/services/calendar-entries.ts'
import { attributes } from './render.tsx'

const TODAY = '2027-12-15'
/** Six on each day, which is more than the month has room for; all past their day, one in the month before. */
const ENTRIES = ['2027-11-30', '2027-12-07'].flatMap((day) =>
  [1, 2, 3, 4, 5, 6].map(
    (number): CalendarEntry => ({
      ...{ key: `request:${day}-${number}`, kind: 'request', day, at: null, title: `Paper ${number}` },
      ...{ client: { id: 'c', legalName: 'Lake Law' }, detail: null, owner: null },
      ...{ href: '/requests/r', isSettled: false },
    }),
  ),
)

async function renderCalendar(href: string): Promise<string> {
  const search = readCalendarSearch(new URL(href, 'http://localhost').searchParams, TODAY)
  const { from, until } = daysOfView(search)
  const entries = ENTRIES.filter(({ day }) => day >= from && day <= until)
  const loader = () => ({ search, today: TODAY, clients: [], entries, overdue: ENTRIES })
  const handler = createStaticHandler([{ path: '*', element: <CalendarPage />, loader }])
  const context = await handler.query(new Request(`http://localhost${href}`))
  if (context instanceof Response) throw new Error('The page answered with a redirect')
  const router = createStaticRouter(handler.dataRoutes, context)
  return renderToStaticMarkup(<StaticRouterProvider router={router} context={context} hydrate={false} />)
}

test('a day of the month leads to that day of the list, also from the month beside it', async () => {
  const month = await renderCalendar('/calendar?month=2027-12')
  const links = attributes(month, 'href')
    .map((href) => href.replaceAll('&amp;', '&'))
    .filter((href) => href.includes('#'))
  expect(links.map((href) => href.split('#')[1])).toEqual(['day-2027-11-30', 'day-2027-12-07'])
  for (const href of links) {
    const [path = '', id = ''] = href.split('#')
    // What is past its day stands folded away above the list, and is nowhere to be led to.
    const list = (await renderCalendar(path)).split('</details>').at(-1) ?? ''
    expect(attributes(list, 'id').filter((one) => one === id)).toHaveLength(1)
  }
})

test('no two things on the page have one name, whatever is past its day', async () => {
  for (const view of ['month', 'agenda']) {
    const ids = attributes(await renderCalendar(`/calendar?view=${view}&month=2027-12`), 'id')
    expect(ids).toContain('day-2027-12-07')
    expect(ids).toEqual([...new Set(ids)])
  }
})
