/** On a report's page: to whom it is shown outside the workspace, what they did with it, and the form for one more. */
import { useActionData } from '@remix-run/react'
import type { ShownShare } from '#app/services/report-share-log.server.ts'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import type { ReportState } from '../report/report-state-badge.tsx'
import { NewShareNotice, type ShownOnce } from './new-share-notice.tsx'
import { ShareCard } from './share-card.tsx'
import { ShareForm } from './share-form.tsx'

/** Calendar days, YYYY-MM-DD. */
export interface ShareDays {
  first: string
  proposed: string
  last: string
}

interface SharedWithProps {
  report: { id: string; state: ReportState }
  shares: ShownShare[]
  days: ShareDays
  mailsLeave: boolean
}

type Reply =
  | ShownOnce
  | { outcome: 'share-changed' | 'done' }
  | { fieldErrors: Record<string, string> }
  | { refusal: { code: string; message: string } }
  | undefined

export function SharedWith({ report, shares, days, mailsLeave }: SharedWithProps) {
  const reply = useActionData() as Reply
  const isSigned = report.state === 'signed'
  if (!isSigned && shares.length === 0) return null
  const refusal =
    reply && 'refusal' in reply && reply.refusal.code.startsWith('share-') ? reply.refusal : null
  const once = reply && 'passcode' in reply ? reply : null
  const ended = report.state === 'withdrawn' || report.state === 'superseded'
  return (
    <PageSection
      title="Shared with"
      lead="Readers outside the workspace open the report with a link and a passcode, with their name across every page. They need no account."
    >
      {refusal ? (
        <div className="mb-5">
          <Notice kind="danger" title="Nothing was changed" announce>
            {refusal.message}
          </Notice>
        </div>
      ) : null}
      {once ? <NewShareNotice key={once.passcode} once={once} /> : null}
      {ended ? (
        <p className="mb-4 max-w-measure text-ink-soft">
          Open links stay open, and their readers see that the report is no longer in force. It cannot be
          shared with anybody else.
        </p>
      ) : null}
      {shares.length > 0 ? (
        <ul className="mb-5 border-rule border-t">
          {shares.map((share) => (
            <ShareCard key={share.id} share={share} reportId={report.id} days={days} />
          ))}
        </ul>
      ) : (
        <p className="mb-4 text-ink-soft">Nobody outside the workspace has been given a link yet.</p>
      )}
      {isSigned ? (
        <ShareForm
          // What was typed goes once it is shared.
          key={shares.length}
          days={days}
          mailsLeave={mailsLeave}
          errors={reply && 'fieldErrors' in reply ? reply.fieldErrors : {}}
        />
      ) : null}
    </PageSection>
  )
}
