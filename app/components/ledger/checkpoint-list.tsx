import { CopyableHash } from '../copyable-hash.tsx'
import { Time } from '../time.tsx'

export interface ShownCheckpoint {
  number: number
  size: number
  createdAt: Date
  rootHash: string
  timestamp: { at: Date; authority: string } | null
}

/** Newest first: what each covers, and who else vouches for its time. */
export function CheckpointList({ checkpoints }: { checkpoints: ShownCheckpoint[] }) {
  if (checkpoints.length === 0) {
    return (
      <p className="text-ink-soft">
        There is no checkpoint yet. The first one comes by itself within half an hour, later ones after 100
        entries or a day.
      </p>
    )
  }
  return (
    <ol className="border-rule border-t" aria-label="Checkpoints, newest first">
      {checkpoints.map((checkpoint) => (
        <li key={checkpoint.number} className="border-hairline border-b py-2.5">
          <Checkpoint {...checkpoint} />
        </li>
      ))}
    </ol>
  )
}

function Checkpoint({ number, size, createdAt, rootHash, timestamp }: ShownCheckpoint) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-5 gap-y-0.5">
      <h3 className="font-medium">Checkpoint {number}</h3>
      <p className="min-w-0 grow break-words text-caption text-ink-soft">
        Entries 1 to {size.toLocaleString('en-US')}, signed <Time at={createdAt} show="moment" />;{' '}
        {timestamp ? (
          <>
            timestamped <Time at={timestamp.at} show="moment" /> by {timestamp.authority}
          </>
        ) : (
          'not timestamped'
        )}
      </p>
      <CopyableHash value={rootHash} label={`root of checkpoint ${number}`} />
      <a
        href={`/ledger/checkpoints/${number}`}
        download
        className="py-0.5 text-accent text-caption underline-offset-4 hover:underline"
      >
        Download<span className="sr-only"> checkpoint {number}</span>
      </a>
    </div>
  )
}
