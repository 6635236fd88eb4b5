import type { LedgerVerdict } from '#evidence/verify-ledger.server.ts'
import { CopyableHash } from '../copyable-hash.tsx'
import { Notice } from '../notice.tsx'
import { Time } from '../time.tsx'

interface ChainNoticeProps {
  verdict: LedgerVerdict
  checkedAt: Date
  /** A report named this entry when it was signed, and it is still there as it was. */
  anchor: number | null
}

const SHOWN_FAULTS = 10

/** What checking the ledger has shown, in words. */
export function ChainNotice({ verdict, checkedAt, anchor }: ChainNoticeProps) {
  if (!verdict.ok) return <BrokenLedger {...verdict} />
  const { entries, head, checkpoints } = verdict
  const title = entries === 1 ? 'The one entry holds' : `All ${entries.toLocaleString('en-US')} entries hold`
  return (
    <Notice kind="success" announce title={title}>
      <p>
        Every hash was computed again, every entry names the one before it, and the ledger ends where it was
        sealed. {anchor === null ? null : `Entry ${anchor}, which the newest report names, is in its place. `}
        Checked <Time at={checkedAt} show="moment" />.
      </p>
      <p className="mt-1">{checkpointsInWords(checkpoints)}</p>
      {head ? (
        <p className="mt-1">
          The last entry is <CopyableHash value={head.hash} label="hash of the last entry" />
        </p>
      ) : null}
    </Notice>
  )
}

function checkpointsInWords({ count, covers, timestamped }: LedgerVerdict['checkpoints']): string {
  if (count === 0) return 'There is no checkpoint yet; the first one comes by itself.'
  const subject =
    count === 1 ? 'The one checkpoint fits' : `All ${count.toLocaleString('en-US')} checkpoints fit`
  const stamped = timestamped === 0 ? 'none is timestamped' : `${timestamped} of them timestamped`
  return `${subject} the entries, root, signature and certificates (${stamped}). The newest covers entries 1 to ${covers.toLocaleString('en-US')}.`
}

function BrokenLedger({ faults, faultCount }: LedgerVerdict) {
  const more = faultCount - Math.min(faults.length, SHOWN_FAULTS)
  return (
    <Notice kind="danger" announce title="The ledger does not hold">
      <ul className="list-disc pl-5">
        {faults.slice(0, SHOWN_FAULTS).map(({ sentence }) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {more > 0 ? <p className="mt-1">And {more.toLocaleString('en-US')} more.</p> : null}
      <p className="mt-1">
        Keep a copy of the database as it is, and compare it with a backup, with exports and checkpoints that
        were taken away, and with the ledger heads that signed reports name.
      </p>
    </Notice>
  )
}
