import { Link } from '@remix-run/react'
import type { LucideIcon } from 'lucide-react'
import { classNames } from './class-names.ts'

export interface NavigationItem {
  to: string
  label: string
  icon: LucideIcon
  /** What waits there: open requests, contradictions. */
  count?: number
}

/** A page belongs to the item whose address it starts with; the root address matches only itself. */
export function isCurrent(to: string, currentPath: string): boolean {
  return currentPath === to || (to !== '/' && currentPath.startsWith(`${to}/`))
}

export function SideNavigation({ items, currentPath }: { items: NavigationItem[]; currentPath: string }) {
  return (
    <nav aria-label="Main">
      <ul className="space-y-0.5">
        {items.map((item) => {
          const current = isCurrent(item.to, currentPath)
          return (
            <li key={item.to}>
              <Link
                to={item.to}
                prefetch="intent"
                aria-current={current ? 'page' : undefined}
                className={classNames(
                  'flex min-h-9 items-center gap-2.5 rounded-small px-2.5 pointer-coarse:min-h-11',
                  current
                    ? 'bg-accent-wash font-medium text-accent-strong'
                    : 'text-ink-soft hover:bg-paper hover:text-ink',
                )}
              >
                <item.icon aria-hidden size={17} strokeWidth={1.75} className="shrink-0" />
                {item.label}
                {item.count ? <span className="ms-auto text-caption">{item.count}</span> : null}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
