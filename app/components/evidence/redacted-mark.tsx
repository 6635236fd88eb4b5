/** Says wherever a redacted copy is shown that it is one, and of what. */
import { EyeOff } from 'lucide-react'
import { CopyableHash } from '../copyable-hash.tsx'

export function RedactedMark({
  redactedFrom,
  redaction,
}: {
  redactedFrom: string
  redaction: string | null
}) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-caption">
      <EyeOff aria-hidden size={14} className="shrink-0 self-center text-info" />
      <span>
        Redacted copy of <CopyableHash value={redactedFrom} label="SHA-256 of the original" />
      </span>
      <span className="text-ink-soft">{redaction}</span>
    </p>
  )
}
