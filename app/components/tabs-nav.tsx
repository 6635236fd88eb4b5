import { Link, NavLink, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { classNames } from './class-names.ts'

export interface TabLink {
  to: string
  label: string
  count?: number
  /** Current only on exactly this path (the overview tab). */
  end?: boolean
}

export interface TabGroup {
  label: string
  /** The group's own tab leads to the first of them. */
  tabs: readonly [TabLink, ...TabLink[]]
}

/** More pages than one row holds: groups first, then the pages of the group that is open. */
export function GroupedTabs({ label, groups }: { label: string; groups: readonly TabGroup[] }) {
  const { pathname } = useLocation()
  const isOn = ({ to, end }: TabLink) => pathname === to || (!end && pathname.startsWith(`${to}/`))
  const open = groups.find(({ tabs }) => tabs.some(isOn))
  return (
    <>
      <TabsNav
        label={label}
        isAbove={open !== undefined && open.tabs.length > 1}
        tabs={groups.map((group) => ({
          to: group.tabs[0].to,
          label: group.label,
          isCurrent: group === open,
        }))}
      />
      {open && open.tabs.length > 1 ? <TabsNav label={open.label} tabs={[...open.tabs]} isBelow /> : null}
    </>
  )
}

interface TabsNavProps {
  label: string
  tabs: readonly (TabLink & {
    /** Of a group: the page that is open is one of its own. */
    isCurrent?: boolean
  })[]
  /** The pages of the current tab stand in a row below. */
  isAbove?: boolean
  isBelow?: boolean
}

/** Pages of one subject as tabs. They are links: each has its own address. */
export function TabsNav({ label, tabs, isAbove = false, isBelow = false }: TabsNavProps) {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path makes another tab the current one.
  useEffect(() => {
    const row = nav.current
    if (!row) return
    showCurrentTab(row)
    // Also reports the first size, so the row is marked at once.
    const watcher = new ResizeObserver(() => markHidden(row))
    watcher.observe(row)
    return () => watcher.disconnect()
  }, [pathname])
  return (
    <nav
      ref={nav}
      aria-label={label}
      onScroll={({ currentTarget }) => markHidden(currentTarget)}
      className={classNames(
        'fade-hidden-tabs overflow-x-auto border-hairline border-b [scrollbar-width:none] no-print',
        !isAbove && 'mb-7',
        isBelow && 'text-caption',
      )}
    >
      <ul className="flex min-w-max gap-5">
        {tabs.map((tab) => (
          <li key={tab.to}>
            <Tab tab={tab} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Tab({ tab }: { tab: TabsNavProps['tabs'][number] }) {
  const words = (
    <span>
      {tab.label}
      {tab.count === undefined ? null : (
        <span className="ms-1.5 text-caption text-ink-faint">{tab.count}</span>
      )}
    </span>
  )
  if (tab.isCurrent === undefined) {
    return (
      <NavLink to={tab.to} end={tab.end} className={({ isActive }) => tabLook(isActive)}>
        {words}
      </NavLink>
    )
  }
  return (
    <Link to={tab.to} aria-current={tab.isCurrent ? 'true' : undefined} className={tabLook(tab.isCurrent)}>
      {words}
    </Link>
  )
}

const tabLook = (isOn: boolean) =>
  classNames(
    'flex min-h-(--control-height) items-center border-b-2 outline-offset-[-2px]',
    isOn
      ? 'border-accent font-medium text-ink'
      : 'border-transparent text-ink-soft hover:border-control hover:text-ink',
  )

/** The width of a faded edge in patterns.css. */
const FADE_PX = 40

/** Sideways and at once: `scrollIntoView` would move the page as well, and motion has nothing to say here. */
function showCurrentTab(nav: HTMLElement): void {
  const tab = nav.querySelector('[aria-current]')
  if (!tab) return
  const [outer, inner] = [nav.getBoundingClientRect(), tab.getBoundingClientRect()]
  if (inner.left >= outer.left + FADE_PX && inner.right <= outer.right - FADE_PX) return
  nav.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2
}

/** The scrollbar is not shown: an edge that fades says that more tabs stand behind it. */
function markHidden(nav: HTMLElement): void {
  const { scrollLeft, scrollWidth, clientWidth } = nav
  // Scroll positions are fractions of a pixel, widths are not.
  nav.toggleAttribute('data-more-before', scrollLeft > 1)
  nav.toggleAttribute('data-more-after', scrollLeft + clientWidth < scrollWidth - 1)
}
