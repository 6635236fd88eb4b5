/** A part of a page that opens on demand; what is inside is there for whoever has no scripts. */
import type { ReactNode } from 'react'

export function Disclosure({
  title,
  isOpen = false,
  children,
}: {
  title: string
  /** From the start: where something inside went wrong. */
  isOpen?: boolean
  children: ReactNode
}) {
  return (
    <details open={isOpen}>
      <summary className="cursor-pointer text-ink-soft hover:text-ink">{title}</summary>
      <div className="mt-3">{children}</div>
    </details>
  )
}
