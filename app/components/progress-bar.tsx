import { Progress } from 'radix-ui'
import { type ReactNode, useId } from 'react'

interface ProgressBarProps {
  label: ReactNode
  /** Share done, 0 to 1; null while it can't be known. */
  share: number | null
  /** What has been done so far, in words: "412 of 1,180 hosts read". */
  detail?: ReactNode
}

/** Widths are SVG attributes and not inline styles, which our content security policy refuses. */
export function ProgressBar({ label, share, detail }: ProgressBarProps) {
  const labelId = useId()
  const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-4">
        <span id={labelId} className="font-medium">
          {label}
        </span>
        {percent === null ? null : <span className="text-ink-soft">{percent} %</span>}
      </div>
      <Progress.Root
        value={percent}
        aria-labelledby={labelId}
        className="h-1.5 overflow-hidden rounded-full bg-neutral-wash outline outline-hairline"
      >
        {percent === null ? (
          <div className="h-full w-2/5 animate-sweep rounded-full bg-accent" />
        ) : (
          <svg aria-hidden="true" width="100%" height="100%" className="block">
            <rect width={`${percent}%`} height="100%" className="fill-accent" />
          </svg>
        )}
      </Progress.Root>
      {detail ? <p className="mt-1.5 text-caption text-ink-soft">{detail}</p> : null}
    </div>
  )
}
