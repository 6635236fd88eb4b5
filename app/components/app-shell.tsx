import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'
import { NavigationSheet } from './navigation-sheet.tsx'
import { type NavigationItem, SideNavigation } from './side-navigation.tsx'
import { UserPanel } from './user-panel.tsx'

export interface AppShellProps {
  organisationName: string
  userName: string
  /** The user's role or e-mail address. */
  userDetail?: string
  isDemo: boolean
  /** Said beside the demo notice, such as a link to create one's own organisation. */
  demoAction?: ReactNode
  navigation: NavigationItem[]
  currentPath: string
  children: ReactNode
}

/** Navigation beside the page on wide screens, behind a menu button on narrow ones. */
export function AppShell({
  organisationName,
  userName,
  userDetail,
  isDemo,
  demoAction,
  navigation,
  currentPath,
  children,
}: AppShellProps) {
  const navigationList = <SideNavigation items={navigation} currentPath={currentPath} />
  const user = <UserPanel userName={userName} userDetail={userDetail} />
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <SkipLink />
      <header className="sticky top-0 z-30 flex h-14 items-center gap-3 border-hairline border-b bg-sunken px-4 lg:hidden no-print">
        <Link to="/" className="rounded-small">
          <Logo size={24} />
        </Link>
        <span className="ms-auto min-w-0 truncate text-caption text-ink-soft">{organisationName}</span>
        <NavigationSheet currentPath={currentPath} organisationName={organisationName} footer={user}>
          {navigationList}
        </NavigationSheet>
      </header>
      <header className="no-print hidden border-hairline border-e bg-sunken lg:block">
        <div className="sticky top-0 flex h-dvh flex-col overflow-y-auto px-4 pt-5 pb-4">
          <Link to="/" className="self-start rounded-small">
            <Logo />
          </Link>
          <p
            className="mt-4 mb-5 truncate border-hairline border-y py-2 text-caption text-ink-soft"
            title={organisationName}
          >
            {organisationName}
          </p>
          {navigationList}
          <div className="mt-auto pt-6">{user}</div>
        </div>
      </header>
      <div className="flex min-w-0 flex-col">
        {isDemo ? <DemoNotice action={demoAction} /> : null}
        <main
          id="main"
          tabIndex={-1}
          className="w-full max-w-[82rem] px-4 pt-6 pb-20 sm:px-8 lg:px-12 lg:pt-9"
        >
          {children}
        </main>
      </div>
    </div>
  )
}

function DemoNotice({ action }: { action?: ReactNode }) {
  return (
    <aside
      aria-label="About this workspace"
      className="no-print flex flex-wrap items-center justify-center gap-x-3 border-hairline border-b bg-warn-wash px-4 py-1.5 text-center text-caption"
    >
      <p>
        <span className="font-semibold text-warn">Demo workspace.</span> Example clients only; change what you
        like.
      </p>
      {action}
    </aside>
  )
}

export function SkipLink() {
  return (
    <a
      href="#main"
      className="no-print -translate-y-20 fixed start-3 top-3 z-50 rounded-small bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
    >
      Skip to the content
    </a>
  )
}
