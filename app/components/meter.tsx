import { useId } from 'react'

/** How much of a known whole: always with its counts. */
export function Meter({
  label,
  value,
  total,
  noun,
}: {
  label: string
  value: number
  total: number
  /** What is counted: "answered", "devices covered". */
  noun: string
}) {
  const labelId = useId()
  const percent = total > 0 ? Math.round((value / total) * 100) : 0
  const words = `${value} of ${total} ${noun}`
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4">
        <span id={labelId} className="font-medium">
          {label}
        </span>
        <span className="text-caption text-ink-soft">
          {words}
          {total > 0 ? ` · ${percent} %` : ''}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> can't be styled alike across browsers. */}
      <div
        role="meter"
        aria-labelledby={labelId}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={value}
        aria-valuetext={words}
        className="h-1.5 overflow-hidden rounded-full bg-neutral-wash outline outline-hairline"
      >
        <svg aria-hidden="true" width="100%" height="100%" className="block">
          <rect width={`${percent}%`} height="100%" className="fill-accent" />
        </svg>
      </div>
    </div>
  )
}
