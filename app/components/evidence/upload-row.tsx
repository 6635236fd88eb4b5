/** One file on its way: how far it has come, and what became of it. */
import { RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../button.tsx'
import { CopyableHash } from '../copyable-hash.tsx'
import { FileSize, formatSize } from '../file-size.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { ImportProgress } from '../scan/import-progress.tsx'
import { ScanOutcomeLine } from './scan-outcome.tsx'
import type { UploadReply } from './send-file.ts'
import type { Upload } from './use-uploads.ts'

const TAKEN: readonly UploadReply['outcome'][] = ['received', 'already-held', 'sent']

interface UploadRowProps {
  upload: Upload
  onCancel: () => void
  onRetry: () => void
  onRemove: () => void
  /** When the scan in this file has been read, or refused. */
  onScanRead?: () => void
}

export function UploadRow({
  upload,
  onCancel,
  onRetry,
  onRemove,
  onScanRead = () => undefined,
}: UploadRowProps) {
  const { file, state, reply } = upload
  return (
    <li className="border-hairline border-b py-4">
      {state === 'over' && reply ? (
        <div className="flex flex-col gap-3">
          <p className="break-all font-medium">
            {file.name}{' '}
            <span className="font-normal text-caption text-ink-soft">{formatSize(file.size)}</span>
          </p>
          <Outcome reply={reply} onScanRead={onScanRead} />
          <div className="flex flex-wrap gap-2.5">
            {TAKEN.includes(reply.outcome) ? null : (
              <Button size="small" icon={RotateCcw} onClick={onRetry}>
                Try again<span className="sr-only"> with {file.name}</span>
              </Button>
            )}
            <Button size="small" variant="quiet" onClick={onRemove}>
              Clear<span className="sr-only"> {file.name} from this list</span>
            </Button>
          </div>
        </div>
      ) : (
        <Underway upload={upload} onCancel={onCancel} />
      )}
    </li>
  )
}

function Underway({ upload, onCancel }: { upload: Upload; onCancel: () => void }) {
  const { file, state, sentBytes, totalBytes } = upload
  const isSent = state === 'sending' && totalBytes > 0 && sentBytes >= totalBytes
  return (
    <div className="flex items-start gap-4">
      <div className="min-w-0 grow">
        {state === 'waiting' ? (
          <p className="break-all">
            {file.name} <span className="text-caption text-ink-soft">waits for its turn</span>
          </p>
        ) : (
          <ProgressBar
            label={<span className="break-all">{file.name}</span>}
            share={isSent ? null : sentBytes / Math.max(1, totalBytes)}
            detail={
              isSent ? (
                'All sent. The server is keeping it and comparing its hash.'
              ) : (
                <>
                  <FileSize sizeBytes={sentBytes} /> of <FileSize sizeBytes={totalBytes} /> sent
                </>
              )
            }
          />
        )}
      </div>
      <Button size="small" icon={X} onClick={onCancel}>
        Cancel<span className="sr-only"> the upload of {file.name}</span>
      </Button>
    </div>
  )
}

function Outcome({ reply, onScanRead }: { reply: UploadReply; onScanRead: () => void }) {
  switch (reply.outcome) {
    case 'received':
      return (
        <>
          <Notice kind="success" title={receivedWords(reply)} announce>
            <Held {...reply} />
          </Notice>
          {reply.importId ? <Imported importId={reply.importId} onScanRead={onScanRead} /> : null}
          {reply.canExplain ? (
            <p className="max-w-measure text-caption">
              It looks like a table whose format no importer knows.{' '}
              <TextLink to={`/evidence/${reply.evidenceId}/columns`}>Say what its columns mean</TextLink> to
              have it read.
            </p>
          ) : null}
        </>
      )
    case 'sent':
      return (
        <Notice kind="success" announce>
          Sent. Thank you.
        </Notice>
      )
    case 'already-held':
      return (
        <Notice kind="info" title="Already held" announce>
          <p>
            This client’s evidence holds exactly this file. Nothing was changed; link it from its own page.
          </p>
          <Held {...reply} />
          {reply.importId ? <TextLink to={`/scans/${reply.importId}`}>Open its scan</TextLink> : null}
        </Notice>
      )
    case 'invalid':
      return (
        <Notice kind="danger" title="Not taken" announce>
          {Object.values(reply.fieldErrors).join('. ')}. Correct the form above, then try again.
        </Notice>
      )
    case 'refused':
      return (
        <Notice kind="danger" title="Not taken" announce>
          {reply.message}
          {reply.correctable ? ' What the form above says now is used when you try again.' : null}
        </Notice>
      )
    case 'cancelled':
      return (
        <Notice kind="info" title="Cancelled" announce>
          Nothing was kept of it.
        </Notice>
      )
  }
}

function receivedWords({ importId, isSameFile }: { importId: string | null; isSameFile?: boolean }): string {
  if (importId) return 'Received; it is a scan'
  return isSameFile ? 'The same file, confirmed anew' : 'Received'
}

function Imported({ importId, onScanRead }: { importId: string; onScanRead: () => void }) {
  const [isOver, setIsOver] = useState(false)
  return (
    <div className="flex flex-col items-start gap-1.5 *:first:self-stretch">
      <ImportProgress
        importId={importId}
        onOver={() => {
          setIsOver(true)
          onScanRead()
        }}
      />
      <ScanOutcomeLine importId={importId} isOver={isOver} />
      <TextLink to={`/scans/${importId}`}>Open the scan</TextLink>
    </div>
  )
}

function Held({ evidenceId, sha256 }: { evidenceId: string; sha256: string }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-3">
      <span className="text-caption">
        SHA-256 <CopyableHash value={sha256} />
      </span>
      <TextLink to={`/evidence/${evidenceId}`}>Open the evidence</TextLink>
    </p>
  )
}
