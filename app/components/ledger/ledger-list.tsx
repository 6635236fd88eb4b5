import { CopyableHash } from '../copyable-hash.tsx'
import { Time } from '../time.tsx'
import { layOutPayload, wordsOfKind } from './entry-words.ts'

export interface ShownEntry {
  sequence: number
  kind: string
  actor: string
  at: Date
  payload: string
  previousHash: string
  hash: string
}

/**
 * Newest first. Each entry opens to what exactly was recorded.
 * @param covered entries up to this one are covered by a checkpoint, so that each has a proof; 0 for none
 */
export function LedgerList({ entries, covered }: { entries: ShownEntry[]; covered: number }) {
  return (
    <ol className="border-rule border-t" aria-label="Ledger entries, newest first">
      {entries.map((entry) => (
        <li key={entry.sequence} id={`entry-${entry.sequence}`} className="border-hairline border-b py-2.5">
          <Entry entry={entry} hasProof={entry.sequence <= covered} />
        </li>
      ))}
    </ol>
  )
}

function Entry({ entry, hasProof }: { entry: ShownEntry; hasProof: boolean }) {
  const { sequence, kind, actor, at, payload, previousHash, hash } = entry
  return (
    <div className="grid gap-x-5 gap-y-0.5 sm:grid-cols-[3.5rem_minmax(0,1fr)_auto] lg:grid-cols-[3.5rem_13rem_minmax(0,1fr)_auto]">
      <p className="font-mono text-caption text-ink-faint leading-[1.45rem]">
        <span className="sr-only">Entry </span>
        {sequence}
      </p>
      <h3 className="font-medium">{wordsOfKind(kind)}</h3>
      <p className="min-w-0 break-words text-caption text-ink-soft leading-[1.45rem] sm:max-lg:order-last sm:max-lg:col-span-2 sm:max-lg:col-start-2">
        {actor}, <Time at={at} show="moment" />
      </p>
      <p>
        <CopyableHash value={hash} label={`hash of entry ${sequence}`} />
      </p>
      <details className="sm:max-lg:order-last sm:col-span-2 sm:col-start-2">
        <summary className="w-fit cursor-pointer rounded-small py-0.5 text-accent text-caption hover:underline underline-offset-4">
          What was recorded<span className="sr-only"> in entry {sequence}</span>
        </summary>
        {/* Long values wrap: the page must not scroll sideways on a phone. */}
        <pre className="mt-2 whitespace-pre-wrap break-all rounded-small border border-hairline bg-sunken p-3 font-mono text-micro">
          {layOutPayload(payload)}
        </pre>
        <p className="mt-2 text-caption text-ink-soft">
          Entry before it <CopyableHash value={previousHash} label={`hash before entry ${sequence}`} />
        </p>
        {hasProof ? (
          <p className="mt-1 text-caption">
            <a
              href={`/ledger/entries/${sequence}/proof`}
              download
              className="text-accent underline-offset-4 hover:underline"
            >
              Download the proof of this entry<span className="sr-only"> {sequence}</span>
            </a>
          </p>
        ) : null}
      </details>
    </div>
  )
}
