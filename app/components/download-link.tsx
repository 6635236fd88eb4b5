import { Download } from 'lucide-react'
import type { ReactNode } from 'react'

/** A file of ours, saved and never shown in the page. A plain link: the router must not fetch it. */
export function DownloadLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      download
      className="inline-flex min-h-(--control-height) items-center justify-center gap-2 rounded-small border border-accent bg-accent px-4 py-1.5 font-medium text-on-accent hover:border-accent-strong hover:bg-accent-strong"
    >
      <Download aria-hidden size={16} strokeWidth={1.75} />
      {children}
    </a>
  )
}
