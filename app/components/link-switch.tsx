import { Link } from '@remix-run/react'

interface SwitchOption {
  to: string
  label: string
  isCurrent: boolean
}

/** Two or three views of one list, side by side; each has its own address. */
export function LinkSwitch({ label, options }: { label: string; options: SwitchOption[] }) {
  return (
    <nav aria-label={label} className="no-print">
      <ul className="inline-flex rounded-small border border-control">
        {options.map((option) => (
          <li key={option.to} className="not-first:border-control not-first:border-s">
            <Link
              to={option.to}
              aria-current={option.isCurrent ? 'page' : undefined}
              className="flex min-h-[calc(var(--control-height)-2px)] items-center px-4 text-ink-soft hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:font-medium aria-[current=page]:text-accent-strong"
            >
              {option.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
