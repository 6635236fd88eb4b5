import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** A page without content yet: says what belongs here and how to begin. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon?: LucideIcon
  title: string
  /** One or two sentences: what will appear here, and why it matters. */
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="border-rule border-t py-8">
      {Icon ? <Icon aria-hidden size={26} strokeWidth={1.5} className="mb-3 text-accent" /> : null}
      <h2 className="font-semibold text-section">{title}</h2>
      <div className="mt-1.5 max-w-measure text-ink-soft">{children}</div>
      {action ? <div className="mt-5 flex flex-wrap gap-3">{action}</div> : null}
    </div>
  )
}
