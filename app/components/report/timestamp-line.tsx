import { Time } from '../time.tsx'

interface TimestampLineProps {
  timestamp: { at: string; authority: string } | { failure: string } | null
}

/** Whose clock says when somebody signed. Nothing where no timestamp authority was asked. */
export function TimestampLine({ timestamp }: TimestampLineProps) {
  if (!timestamp) return null
  return (
    <span className="block">
      {'at' in timestamp ? (
        <>
          Confirmed <Time at={timestamp.at} show="moment" /> by the clock of “{timestamp.authority}”
        </>
      ) : (
        <>Signed without a timestamp: the time is by this installation’s clock. {timestamp.failure}</>
      )}
    </span>
  )
}
