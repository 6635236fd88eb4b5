/** The evidence beside an answer: a list, and the file that is looked at. */
import { Link } from '@remix-run/react'
import { previewKindOf } from '#app/documents/preview-kind.ts'
import { classNames } from '../class-names.ts'
import { CopyableHash } from '../copyable-hash.tsx'
import { DownloadLink } from '../download-link.tsx'
import { FilePreview } from '../evidence/file-preview.tsx'
import { FileSize } from '../file-size.tsx'
import { Notice } from '../notice.tsx'
import { Time } from '../time.tsx'

export interface PanelEvidence {
  revisionId: string
  title: string
  kindLabel: string
  fileName: string
  mediaType: string
  sizeBytes: number
  sha256: string
  observedAt: Date | string
  validUntil: Date | string | null
  collector: string
  isRedacted: boolean
}

interface EvidencePanelProps {
  evidence: readonly PanelEvidence[]
  withheld: number
  /** Which is looked at. */
  openId: string | null
  /** The question's own address, to which `file` is added. */
  here: string
  base: string
  mayDownload: boolean
}

export function EvidencePanel({ evidence, withheld, openId, here, base, mayDownload }: EvidencePanelProps) {
  const open = evidence.find(({ revisionId }) => revisionId === openId)
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence" className="mb-2 font-semibold text-section">
        Evidence
      </h2>
      {evidence.length === 0 ? (
        <p className="text-ink-soft">
          No evidence lies beside this answer. Ask for it, or reject the answer as unsupported.
        </p>
      ) : (
        <ul className="border-hairline border-t">
          {evidence.map((item) => (
            <li
              key={item.revisionId}
              className={classNames(
                'border-hairline border-b px-2 py-2.5',
                item.revisionId === openId && 'bg-accent-wash',
              )}
            >
              <Link
                to={`${here}&file=${item.revisionId}`}
                preventScrollReset
                aria-current={item.revisionId === openId ? 'true' : undefined}
                className="wrap-anywhere font-medium text-link"
              >
                {item.title}
              </Link>
              <p className="wrap-anywhere text-caption text-ink-soft">
                {item.kindLabel}, true on <Time at={item.observedAt} />
                {item.validUntil ? (
                  <>
                    , until <Time at={item.validUntil} />
                  </>
                ) : null}
                . From {item.collector}
                {item.isRedacted ? '. Parts are blacked out.' : '.'}
              </p>
            </li>
          ))}
        </ul>
      )}
      {withheld > 0 ? (
        <p className="mt-2 text-caption text-ink-soft">
          {withheld === 1 ? 'One more file is' : `${withheld} more files are`} outside the days of your
          invitation.
        </p>
      ) : null}
      {open ? <OpenFile item={open} base={base} mayDownload={mayDownload} /> : null}
    </section>
  )
}

function OpenFile({ item, base, mayDownload }: { item: PanelEvidence; base: string; mayDownload: boolean }) {
  return (
    <div className="mt-4" id="file">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-caption">
        <span className="wrap-anywhere">
          {item.fileName}, <FileSize sizeBytes={item.sizeBytes} />, SHA-256{' '}
          <CopyableHash value={item.sha256} />
        </span>
        {mayDownload ? (
          <DownloadLink look="small" href={`${base}/${item.revisionId}/file`}>
            Download
          </DownloadLink>
        ) : null}
      </div>
      {previewKindOf(item) === 'none' && !mayDownload ? (
        <Notice kind="info" title="No preview">
          This kind of file is not shown here. Ask whoever invited you to let you download it.
        </Notice>
      ) : (
        <FilePreview
          src={`${base}/${item.revisionId}/content`}
          fileName={item.fileName}
          kind={previewKindOf(item)}
        />
      )}
    </div>
  )
}
