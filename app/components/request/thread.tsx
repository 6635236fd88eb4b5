/** What was said and sent about a request, in order; for both sides. */
import { FileText, StickyNote } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import { FileSize } from '../file-size.tsx'
import { Time } from '../time.tsx'

export type EntryKind =
  | 'message'
  | 'note'
  | 'file'
  | 'cannot'
  | 'returned'
  | 'accepted'
  | 'reminded'
  | 'due-changed'
  | 'link-revoked'

export interface ShownEntry {
  id: string
  kind: EntryKind
  side: 'provider' | 'recipient'
  authorName: string
  text: string
  at: Date | string
  fileName: string | null
  sizeBytes: number | null
}

interface ThreadProps {
  entries: readonly ShownEntry[]
  /** What can be done with one entry. */
  below?: (entry: ShownEntry) => ReactNode
}

const WORDS: Record<EntryKind, string> = {
  message: 'wrote',
  note: 'noted for colleagues',
  file: 'sent a file',
  cannot: 'cannot provide it',
  returned: 'asks for it again',
  accepted: 'took the file as evidence',
  reminded: 'sent a reminder',
  'due-changed': 'moved the day',
  'link-revoked': 'took the links back',
}

export function Thread({ entries, below }: ThreadProps) {
  return (
    <ol className="max-w-measure border-rule border-t">
      {entries.map((entry) => (
        <li
          key={entry.id}
          className={classNames(
            'border-hairline border-b py-4',
            entry.kind === 'note' && 'border-s-2 border-s-warn ps-4',
          )}
        >
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="wrap-anywhere">
              {entry.kind === 'note' ? (
                <StickyNote aria-hidden size={15} className="me-1.5 inline align-[-2px] text-warn" />
              ) : null}
              <span className="font-medium">{entry.authorName}</span> {WORDS[entry.kind]}
            </span>
            <span className="text-caption text-ink-soft">
              <Time at={entry.at} show="moment" />
            </span>
          </p>
          <EntryBody {...entry} />
          {below?.(entry)}
        </li>
      ))}
    </ol>
  )
}

function EntryBody({ kind, text, fileName, sizeBytes }: ShownEntry) {
  if (kind === 'due-changed') {
    const [before = '', after = ''] = text.split(' ')
    return (
      <p className="mt-1">
        From <Time at={before} /> to <Time at={after} />
      </p>
    )
  }
  return (
    <>
      {fileName ? (
        <p className="mt-1.5 flex items-baseline gap-2">
          <FileText aria-hidden size={15} className="shrink-0 self-center text-ink-soft" />
          <span className="wrap-anywhere">{fileName}</span>
          <span className="text-caption text-ink-soft">
            <FileSize sizeBytes={sizeBytes ?? 0} />
          </span>
        </p>
      ) : null}
      {text ? <p className="wrap-anywhere mt-1.5 whitespace-pre-line">{text}</p> : null}
    </>
  )
}
