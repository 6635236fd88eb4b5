import { useEffect, useState } from 'react'
import { formatClock, formatDay, formatLocalClock, toDate } from './dates.ts'

interface TimeProps {
  /** A moment (Date or ISO 8601) or a calendar day (YYYY-MM-DD). */
  at: Date | string
  /** `clock` shows the hour alone, on the reader's clock once the page is live. */
  show?: 'day' | 'moment' | 'clock'
}

export function Time({ at, show = 'day' }: TimeProps) {
  const date = toDate(at)
  const [localClock, setLocalClock] = useState<string | null>(null)
  const milliseconds = date?.getTime()

  useEffect(() => {
    if (show === 'clock' && milliseconds !== undefined)
      setLocalClock(formatLocalClock(new Date(milliseconds)))
  }, [show, milliseconds])

  if (date === null) return <>{String(at)}</>

  const full = `${formatDay(date)}, ${formatClock(date)}`
  const isDay = typeof at === 'string' && at.length === 10
  const shown = { day: formatDay(date), moment: full, clock: localClock ?? formatClock(date) }[show]
  return (
    <time
      dateTime={isDay ? at : date.toISOString()}
      title={isDay ? undefined : full}
      className="whitespace-nowrap"
    >
      {shown}
    </time>
  )
}
