import { Link } from '@remix-run/react'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'

export interface SortState {
  /** Where the next click leads. */
  href: string
  /** How the column is sorted now; null when by another column. */
  direction: 'ascending' | 'descending' | null
}

const icons = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }

export function SortLink({ sort, children }: { sort: SortState; children: ReactNode }) {
  const Icon = icons[sort.direction ?? 'none']
  return (
    <Link
      to={sort.href}
      preventScrollReset
      className="inline-flex items-center gap-1 hover:text-accent hover:underline underline-offset-4"
    >
      {children}
      <Icon aria-hidden size={13} className={sort.direction ? 'text-accent' : 'text-ink-faint'} />
    </Link>
  )
}
