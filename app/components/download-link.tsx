import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const LOOKS = {
  primary:
    'min-h-(--control-height) border-accent bg-accent px-4 py-1.5 text-on-accent hover:border-accent-strong hover:bg-accent-strong',
  small:
    'min-h-8 border-control bg-raised px-2.5 py-1 text-caption text-ink hover:border-ink hover:bg-paper pointer-coarse:min-h-10',
}

/** A file of ours, saved and never shown in the page. A plain link: the router must not fetch it. */
export function DownloadLink({
  href,
  children,
  look = 'primary',
}: {
  href: string
  children: ReactNode
  /** `small` where it stands beside what is done more often. */
  look?: keyof typeof LOOKS
}) {
  return (
    <a
      href={href}
      download
      className={classNames(
        'inline-flex items-center justify-center gap-2 rounded-small border font-medium',
        LOOKS[look],
      )}
    >
      <Download aria-hidden size={16} strokeWidth={1.75} />
      {children}
    </a>
  )
}
