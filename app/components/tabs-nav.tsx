import { NavLink, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { classNames } from './class-names.ts'

export interface TabLink {
  to: string
  label: string
  count?: number
  /** Current only on exactly this path (the overview tab). */
  end?: boolean
}

/** Pages of one subject as tabs. They are links: each has its own address. */
export function TabsNav({ label, tabs }: { label: string; tabs: TabLink[] }) {
  const nav = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path makes another tab the current one.
  useEffect(() => {
    if (nav.current) showCurrentTab(nav.current)
  }, [pathname])
  return (
    <nav
      ref={nav}
      aria-label={label}
      className="mb-7 overflow-x-auto border-hairline [scrollbar-width:none] border-b no-print"
    >
      <ul className="flex min-w-max gap-5">
        {tabs.map((tab) => (
          <li key={tab.to}>
            <NavLink
              to={tab.to}
              end={tab.end}
              className={({ isActive }) =>
                classNames(
                  'flex min-h-(--control-height) items-center border-b-2 outline-offset-[-2px]',
                  isActive
                    ? 'border-accent font-medium text-ink'
                    : 'border-transparent text-ink-soft hover:border-control hover:text-ink',
                )
              }
            >
              <span>
                {tab.label}
                {tab.count === undefined ? null : (
                  <span className="ms-1.5 text-caption text-ink-faint">{tab.count}</span>
                )}
              </span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Sideways and at once: `scrollIntoView` would move the page as well, and motion has nothing to say here. */
function showCurrentTab(nav: HTMLElement): void {
  const tab = nav.querySelector('[aria-current="page"]')
  if (!tab) return
  const [outer, inner] = [nav.getBoundingClientRect(), tab.getBoundingClientRect()]
  if (inner.left >= outer.left && inner.right <= outer.right) return
  nav.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2
}
