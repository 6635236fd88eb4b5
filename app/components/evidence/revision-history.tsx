/** Every file an item has had, the one that counts first; what was replaced stays readable. */
import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { Button } from '../button.tsx'
import { CopyableHash } from '../copyable-hash.tsx'
import { Dialog, DialogClose } from '../dialog.tsx'
import { FileSize } from '../file-size.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { TextAreaField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { RedactedMark } from './redacted-mark.tsx'

export interface ShownRevision {
  id: string
  sequence: number
  fileName: string
  sha256: string
  sizeBytes: number
  observedAt: Date
  receivedAt: Date
  validUntil: Date | null
  collector: string
  redactedFrom: string | null
  redaction: string | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
  scanId: string | null
  canRedact: boolean
}

interface RevisionHistoryProps {
  revisions: readonly ShownRevision[]
  currentId: string
  /** False where the item itself is withdrawn. */
  isOpen: boolean
}

export function RevisionHistory({ revisions, currentId, isOpen }: RevisionHistoryProps) {
  const originals = revisions.filter((row) => row.redactedFrom === null && row.withdrawnAt === null)
  return (
    <ol className="border-rule border-t">
      {revisions.map((row) => {
        const isCurrent = row.id === currentId && isOpen
        const canWithdraw =
          isOpen && row.withdrawnAt === null && (row.redactedFrom !== null || originals.length > 1)
        return (
          <li key={row.id} className="border-hairline border-b py-4">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <h3 className="min-w-0 font-medium wrap-anywhere">
                Version {row.sequence}: {row.fileName}
              </h3>
              <State row={row} isCurrent={isCurrent} />
            </div>
            <p className="mt-0.5 text-caption text-ink-soft">
              Observed <Time at={row.observedAt} />, received <Time at={row.receivedAt} show="moment" />,
              collected by <span className="wrap-anywhere">{row.collector}</span>
              {row.validUntil ? (
                <>
                  , valid until <Time at={row.validUntil} />
                </>
              ) : null}
            </p>
            {isConfirmation(row, revisions) ? (
              <p className="text-caption text-ink-soft">The same file, confirmed anew</p>
            ) : null}
            {row.redactedFrom ? (
              <RedactedMark redactedFrom={row.redactedFrom} redaction={row.redaction} />
            ) : null}
            {row.withdrawnReason ? (
              <p className="text-caption text-ink-soft">Withdrawn: {row.withdrawnReason}</p>
            ) : null}
            <div className="mt-1.5 flex flex-wrap items-center gap-x-5 gap-y-1 text-caption">
              <span>
                SHA-256 <CopyableHash value={row.sha256} />
              </span>
              <FileSize sizeBytes={row.sizeBytes} />
              <TextLink to={`/revisions/${row.id}`}>
                Preview<span className="sr-only"> version {row.sequence}</span>
              </TextLink>
              <a href={`/revisions/${row.id}/file`} download className="text-link">
                Download<span className="sr-only"> version {row.sequence}</span>
              </a>
              {row.scanId ? <TextLink to={`/scans/${row.scanId}`}>Open the scan</TextLink> : null}
              {isOpen && row.canRedact && row.withdrawnAt === null ? (
                <TextLink to={`/revisions/${row.id}/redact`}>
                  Make a redacted copy<span className="sr-only"> of version {row.sequence}</span>
                </TextLink>
              ) : null}
              {canWithdraw ? <WithdrawRevision row={row} /> : null}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function isConfirmation(row: ShownRevision, revisions: readonly ShownRevision[]): boolean {
  return revisions.some(
    (other) =>
      other.sha256 === row.sha256 &&
      other.sequence < row.sequence &&
      other.redactedFrom === null &&
      row.redactedFrom === null,
  )
}

function State({ row, isCurrent }: { row: ShownRevision; isCurrent: boolean }) {
  if (row.withdrawnAt) return <StatusBadge word="Withdrawn" />
  if (row.redactedFrom) return <StatusBadge word="Redacted copy" tone="info" />
  return isCurrent ? <StatusBadge word="Counts" tone="ok" /> : <StatusBadge word="Replaced" />
}

type Reply =
  | { outcome: 'revision-withdrawn' }
  | { refusal: { message: string } }
  | { fieldErrors: Record<string, string> }

function WithdrawRevision({ row }: { row: ShownRevision }) {
  const [isOpen, setIsOpen] = useState(false)
  const fetcher = useFetcher<Reply>()
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (reply && 'outcome' in reply) setIsOpen(false)
  }, [reply])
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button size="small" variant="quiet">
          Withdraw<span className="sr-only"> version {row.sequence}</span>
        </Button>
      }
      title={`Withdraw version ${row.sequence}?`}
      lead={
        row.redactedFrom
          ? 'It no longer goes out; the original does again. The file and the ledger’s entries about it stay.'
          : 'The version before it counts again. The file and the ledger’s entries about it stay.'
      }
    >
      <fetcher.Form method="post" noValidate className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="withdraw-revision" />
        <input type="hidden" name="revisionId" value={row.id} />
        {reply && 'refusal' in reply ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <TextAreaField
          id={`withdraw-${row.id}`}
          name="reason"
          label="Why it is withdrawn"
          hint="The ledger keeps the reason. It cannot be taken back."
          rows={3}
          error={reply && 'fieldErrors' in reply ? reply.fieldErrors.reason : undefined}
        />
        <div className="flex flex-wrap gap-2.5">
          <Button
            type="submit"
            variant="danger"
            loading={fetcher.state !== 'idle'}
            loadingLabel="Withdrawing"
          >
            Withdraw version
          </Button>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
        </div>
      </fetcher.Form>
    </Dialog>
  )
}
