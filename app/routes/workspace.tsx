import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData, useLocation } from '@remix-run/react'
import {
  CalendarDays,
  CircleUserRound,
  Inbox,
  ListChecks,
  MailQuestion,
  ScrollText,
  UsersRound,
} from 'lucide-react'
import { AppShell } from '#app/components/app-shell.tsx'
import { TextLink } from '#app/components/link.tsx'
import { requireSession } from '#app/http/member.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { member, renewedCookie } = await requireSession(request)
  const { name, email, organisationName, organisationIsDemo } = member
  return data(
    { name, email, organisationName, organisationIsDemo },
    { headers: renewedCookie ? { 'Set-Cookie': renewedCookie } : {} },
  )
}

const navigation = [
  { to: '/clients', label: 'Clients', icon: UsersRound },
  { to: '/calendar', label: 'Calendar', icon: CalendarDays },
  { to: '/questionnaires', label: 'Questionnaires', icon: ListChecks },
  { to: '/requests', label: 'Requests', icon: MailQuestion },
  { to: '/ledger', label: 'Ledger', icon: ScrollText },
  { to: '/outbox', label: 'Outbox', icon: Inbox },
  { to: '/account', label: 'Account', icon: CircleUserRound },
]

/** Everything else in the workspace belongs to some client, whatever its address; each page keeps a path of its own. */
function pathInNavigation(pathname: string): string {
  // Insurers' own forms stand beside the questionnaires that fill them.
  if (/^\/documents(\/|$)/.test(pathname)) return `/questionnaires${pathname}`
  if (/^\/(renewals|renewal-template)(\/|$)/.test(pathname)) return '/calendar'
  if (/^\/(report-look|signing-keys)(\/|$)/.test(pathname)) return '/account'
  return /^\/(clients|calendar|questionnaires|requests|ledger|outbox|account)(\/|$)/.test(pathname)
    ? pathname
    : `/clients${pathname}`
}

export default function Workspace() {
  const member = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  return (
    <AppShell
      organisationName={member.organisationName}
      userName={member.name}
      userDetail={member.email}
      isDemo={member.organisationIsDemo}
      demoAction={<TextLink to="/sign-up">Create your organisation</TextLink>}
      navigation={navigation}
      currentPath={pathInNavigation(pathname)}
    >
      <Outlet />
    </AppShell>
  )
}
