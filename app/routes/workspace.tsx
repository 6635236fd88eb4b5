import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData, useLocation } from '@remix-run/react'
import {
  Bell,
  BellRing,
  BriefcaseBusiness,
  CalendarDays,
  CircleUserRound,
  Handshake,
  Inbox,
  KeyRound,
  ListChecks,
  MailQuestion,
  ScrollText,
  UsersRound,
} from 'lucide-react'
import { AppShell } from '#app/components/app-shell.tsx'
import { TextLink } from '#app/components/link.tsx'
import type { NavigationItem } from '#app/components/side-navigation.tsx'
import { requireSession } from '#app/http/member.server.ts'
import type { OrganisationKind } from '#app/services/member.ts'
import { countUnreadNotices } from '#app/services/reminders.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { member, renewedCookie } = await requireSession(request)
  const { name, email, organisationName, organisationKind, organisationIsDemo } = member
  return data(
    {
      ...{ name, email, organisationName, organisationKind, organisationIsDemo },
      unread: await countUnreadNotices(member),
    },
    { headers: renewedCookie ? { 'Set-Cookie': renewedCookie } : {} },
  )
}

const LEDGER = { to: '/ledger', label: 'Ledger', icon: ScrollText }
const ACCOUNT = { to: '/account', label: 'Account', icon: CircleUserRound }
const SIGNING_KEYS = { to: '/signing-keys', label: 'Signing keys', icon: KeyRound }

const NAVIGATION = {
  msp: [
    { to: '/clients', label: 'Clients', icon: UsersRound },
    { to: '/calendar', label: 'Calendar', icon: CalendarDays },
    { to: '/questionnaires', label: 'Questionnaires', icon: ListChecks },
    { to: '/requests', label: 'Requests', icon: MailQuestion },
    { to: '/engagements', label: 'Engagements', icon: Handshake },
    { to: '/reminders', label: 'Reminders', icon: BellRing },
    { to: '/notifications', label: 'Notifications', icon: Bell },
    LEDGER,
    { to: '/outbox', label: 'Outbox', icon: Inbox },
    ACCOUNT,
  ],
  insurer: [{ to: '/portfolio', label: 'Portfolio', icon: BriefcaseBusiness }, LEDGER, SIGNING_KEYS, ACCOUNT],
  assessor: [{ to: '/portfolio', label: 'Engagements', icon: Handshake }, LEDGER, SIGNING_KEYS, ACCOUNT],
} satisfies Record<OrganisationKind, NavigationItem[]>

/** Everything else in the workspace belongs to some client, whatever its address; each page keeps a path of its own. */
function pathInNavigation(pathname: string, kind: OrganisationKind): string {
  if (kind !== 'msp') return pathname
  // Insurers' own forms stand beside the questionnaires that fill them.
  if (/^\/documents(\/|$)/.test(pathname)) return `/questionnaires${pathname}`
  if (/^\/(renewals|renewal-template)(\/|$)/.test(pathname)) return '/calendar'
  if (/^\/(report-look|signing-keys|schedules|webhooks)(\/|$)/.test(pathname)) return '/account'
  if (/^\/reminder-settings(\/|$)/.test(pathname)) return '/reminders'
  return /^\/(clients|calendar|questionnaires|requests|engagements|reminders|notifications|ledger|outbox|account)(\/|$)/.test(
    pathname,
  )
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
      navigation={NAVIGATION[member.organisationKind].map((item) => ({
        ...item,
        ...(item.to === '/notifications' && member.unread > 0 ? { count: member.unread } : {}),
      }))}
      currentPath={pathInNavigation(pathname, member.organisationKind)}
    >
      {/* Said when the number changes, after whatever is being read. */}
      <p role="status" className="sr-only">
        {member.unread > 0
          ? `${member.unread} unread ${member.unread === 1 ? 'notification' : 'notifications'}`
          : ''}
      </p>
      <Outlet />
    </AppShell>
  )
}
