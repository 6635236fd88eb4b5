/** Downloads all evidence of an application as one archive; redacted copies go out in place of their originals. */
import { DownloadLink } from '../download-link.tsx'

interface ArchiveLinksProps {
  applicationId: string
  /** Said on the button where there are several applications. */
  label?: string
  /** How many files have a redacted copy; null where it is not known here. */
  redacted?: number | null
}

export function ArchiveLinks({ applicationId, label, redacted = null }: ArchiveLinksProps) {
  const href = `/applications/${applicationId}/evidence-archive`
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <DownloadLink href={href}>
        {label ? `Evidence for ${label} (ZIP)` : 'Download all evidence (ZIP)'}
      </DownloadLink>
      {redacted === 0 ? null : (
        <a href={`${href}?files=originals`} download className="text-caption text-link">
          With originals instead of redacted copies
          {label ? <span className="sr-only">, for {label}</span> : null}
        </a>
      )}
    </div>
  )
}
