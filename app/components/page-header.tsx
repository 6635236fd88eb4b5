import { Link } from '@remix-run/react'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface Crumb {
  label: string
  href: string
}

interface PageHeaderProps {
  title: string
  /** The pages above this one, outermost first; the page itself is not listed. */
  breadcrumb?: Crumb[]
  /** Status, edition, dates: what qualifies the title. */
  meta?: ReactNode
  /** One sentence on what is done here. */
  lead?: ReactNode
  actions?: ReactNode
}

export function PageHeader({ title, breadcrumb = [], meta, lead, actions }: PageHeaderProps) {
  return (
    <header className="mb-7">
      {breadcrumb.length > 0 ? <Breadcrumb crumbs={breadcrumb} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 max-w-full">
          <h1 className="font-semibold text-title tracking-[-0.018em]">{title}</h1>
          {meta ? (
            <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-caption text-ink-soft">
              {meta}
            </div>
          ) : null}
        </div>
        {actions ? (
          <div className="flex flex-wrap gap-2.5 no-print max-sm:w-full max-sm:*:grow">{actions}</div>
        ) : null}
      </div>
      {lead ? <div className="mt-3 max-w-measure text-ink-soft">{lead}</div> : null}
    </header>
  )
}

function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-2 no-print">
      <ol className="flex flex-wrap items-center gap-x-1 text-caption text-ink-soft">
        {crumbs.map((crumb, index) => (
          <li key={crumb.href} className="flex items-center gap-1">
            {index > 0 ? <ChevronRight aria-hidden size={13} className="text-ink-faint" /> : null}
            <Link to={crumb.href} className="py-1 hover:text-accent hover:underline underline-offset-4">
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** A titled part of a page, opened by a rule. `isForScreen`: on paper it would say nothing. */
export function PageSection({
  title,
  lead,
  actions,
  isForScreen = false,
  children,
}: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  isForScreen?: boolean
  children: ReactNode
}) {
  return (
    <section className={classNames('mt-10', isForScreen && 'no-print')}>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold text-section">{title}</h2>
          {lead ? <p className="mt-0.5 max-w-measure text-ink-soft">{lead}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2.5 no-print">{actions}</div> : null}
      </div>
      {children}
    </section>
  )
}
