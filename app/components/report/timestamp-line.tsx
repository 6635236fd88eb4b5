import { Time } from '../time.tsx'

type Said = { at: string; authority: string } | { failure: string }

interface TimestampLineProps {
  timestamp: Said | null
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

/** Whether the file carries what it takes to judge it when nobody can be asked any more. */
export function ArchiveLine({ timestamp }: { timestamp: Said }) {
  return 'at' in timestamp ? (
    <>
      Archived <Time at={timestamp.at} show="moment" /> by the clock of “{timestamp.authority}”: the file
      holds the revocation list of that day and a timestamp over all of it.
    </>
  ) : (
    <>
      Not archived: the file stays valid as it was signed, and holds no revocation list. {timestamp.failure}
    </>
  )
}
