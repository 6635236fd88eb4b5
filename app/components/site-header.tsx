import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

/** The top of every page outside the workspace. */
export function SiteHeader({ children }: { children?: ReactNode }) {
  return (
    <header className="mx-auto flex w-full max-w-[82rem] items-center gap-4 px-4 py-4 sm:px-8 no-print">
      <Link to="/" className="me-auto rounded-small">
        <Logo />
      </Link>
      <Link
        to="/verify"
        className="text-caption text-ink-soft hover:text-accent hover:underline underline-offset-4"
      >
        Verify<span className="max-sm:sr-only"> a report</span>
      </Link>
      <ThemeToggle />
      {children}
    </header>
  )
}
