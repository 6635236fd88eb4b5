import type { ChainResult } from '#evidence/ledger.ts'
import { CopyableHash } from '../copyable-hash.tsx'
import { Notice } from '../notice.tsx'
import { Time } from '../time.tsx'

interface ChainNoticeProps {
  verdict: ChainResult
  checkedAt: Date
  /** A report named this entry when it was signed, and it is still there as it was. */
  anchor: number | null
}

/** What checking the chain has shown, in words. */
export function ChainNotice({ verdict, checkedAt, anchor }: ChainNoticeProps) {
  if (!verdict.ok) {
    return (
      <Notice kind="danger" announce title="The ledger does not hold">
        <p>
          {verdict.sentence}{' '}
          {verdict.sequence > 1
            ? `Entries before number ${verdict.sequence} hold.`
            : 'Nothing after it can be relied on.'}
        </p>
        <p className="mt-1">
          Keep a copy of the database as it is, and compare it with a backup and with the ledger heads that
          signed reports name.
        </p>
      </Notice>
    )
  }
  const { count, head } = verdict
  const entries = count === 1 ? 'The one entry holds' : `All ${count.toLocaleString('en-US')} entries hold`
  return (
    <Notice kind="success" announce title={entries}>
      <p>
        Every hash was computed again, and every entry names the one before it.{' '}
        {anchor === null ? null : `Entry ${anchor}, which the newest report names, is in its place. `}
        Checked <Time at={checkedAt} show="moment" />.
      </p>
      {head ? (
        <p className="mt-1">
          The last entry is <CopyableHash value={head.hash} label="hash of the last entry" />
        </p>
      ) : null}
    </Notice>
  )
}
