/** One reader of a shared report: how their link stands, what they did, and what can be changed. */
import { Form, useNavigation, useSubmit } from '@remix-run/react'
import { Ban, CircleCheck, Clock, KeyRound, Lock, LockOpen, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ShownShare } from '#app/services/report-share-log.server.ts'
import { Button } from '../button.tsx'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { DateField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import type { Tone } from '../tone.ts'
import { AccessLog } from './access-log.tsx'
import type { ShareDays } from './shared-with.tsx'

const LOOK: Record<ShownShare['state'], { word: string; icon: LucideIcon; tone: Tone }> = {
  open: { word: 'Open', icon: CircleCheck, tone: 'ok' },
  locked: { word: 'Locked', icon: Lock, tone: 'bad' },
  expired: { word: 'Expired', icon: Clock, tone: 'neutral' },
  revoked: { word: 'Revoked', icon: Ban, tone: 'neutral' },
}

interface ShareCardProps {
  share: ShownShare
  reportId: string
  days: ShareDays
}

export function ShareCard({ share, reportId, days }: ShareCardProps) {
  const { recipientName, recipientOrganisation, recipientEmail, state } = share
  return (
    <li className="border-hairline border-b py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-5 gap-y-1">
        <h3 className="min-w-0 break-words font-medium">
          <bdi>{recipientName}</bdi>, <bdi>{recipientOrganisation}</bdi>
        </h3>
        <StatusBadge {...LOOK[state]} />
      </div>
      <p className="break-words text-caption text-ink-soft">
        {recipientEmail}; {share.mayDownload ? 'may download the file' : 'may read, not download'}
      </p>
      <p className="break-words text-caption text-ink-soft">
        Shared by {share.sharedByName} <Time at={share.sharedAt} />,{' '}
        {share.revokedAt ? (
          <>
            revoked <Time at={share.revokedAt} show="moment" />
          </>
        ) : (
          <>
            {state === 'expired' ? 'worked' : 'works'} until <Time at={share.lastDay} />
          </>
        )}
      </p>
      <p className="mt-2">{sayWhatWasDone(share)}</p>
      {state === 'locked' ? (
        <p className="mt-2 max-w-measure text-bad">
          The passcode was wrong too often. Ask {recipientName} whether it was them. If it was, unlock the
          link; if not, revoke it and share the report again.
        </p>
      ) : null}
      {state === 'revoked' ? null : <ShareActions share={share} days={days} />}
      <AccessLog share={share} reportId={reportId} />
    </li>
  )
}

function sayWhatWasDone({ counts, lastReadAt }: ShownShare): ReactNode {
  const { viewed = 0, downloaded = 0, opened = 0 } = counts
  const wrong = counts['wrong-passcode'] ?? 0
  const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
  const wrongly =
    wrong > 0 ? ` ${wrong === 1 ? 'One wrong passcode' : `${wrong} wrong passcodes`} in all.` : ''
  if (!lastReadAt) return `${opened > 0 ? 'Opened, but not read yet.' : 'Not opened yet.'}${wrongly}`
  return (
    <>
      Read {times(viewed)}, downloaded {downloaded === 0 ? 'nothing' : times(downloaded)}; last access{' '}
      <Time at={lastReadAt} show="moment" />.{wrongly}
    </>
  )
}

function ShareActions({ share, days }: { share: ShownShare; days: ShareDays }) {
  const submit = useSubmit()
  const { state, formData } = useNavigation()
  const { id: shareId, recipientName } = share
  const send = (intent: string) => submit({ intent, shareId }, { method: 'post', preventScrollReset: true })
  const isBusy = (intent: string) =>
    state !== 'idle' && formData?.get('intent') === intent && formData.get('shareId') === shareId
  return (
    <>
      <div className="mt-3 flex flex-wrap gap-2">
        {share.state === 'locked' ? (
          <Button
            size="small"
            icon={LockOpen}
            loading={isBusy('unlock-share')}
            onClick={() => send('unlock-share')}
          >
            Unlock
          </Button>
        ) : null}
        <ConfirmDialog
          trigger={
            <Button size="small" icon={KeyRound} loading={isBusy('renew-passcode')}>
              New passcode
            </Button>
          }
          title={`Make a new passcode for ${recipientName}?`}
          confirmLabel="Make a new passcode"
          onConfirm={() => send('renew-passcode')}
        >
          The link stays. The passcode that they have opens nothing any more, and a locked link is unlocked.
          The new one is shown once.
        </ConfirmDialog>
        <ConfirmDialog
          trigger={
            <Button size="small" icon={Ban} loading={isBusy('revoke-share')}>
              Revoke
            </Button>
          }
          title={`Revoke the link of ${recipientName}?`}
          confirmLabel="Revoke the link"
          danger
          onConfirm={() => send('revoke-share')}
        >
          The link opens nothing any more, at once and for good, even for somebody who is reading just now.
          Files that were downloaded stay where they are. The access log is kept, and the ledger records that
          you revoked it.
        </ConfirmDialog>
      </div>
      <details className="mt-2">
        <summary className="cursor-pointer py-1 text-caption text-ink-soft">Change the last day</summary>
        <Form method="post" preventScrollReset className="mt-2 flex flex-wrap items-end gap-2.5">
          <input type="hidden" name="intent" value="change-last-day" />
          <input type="hidden" name="shareId" value={shareId} />
          <DateField
            id={`last-day-${shareId}`}
            name="lastDay"
            label={`Last day for ${recipientName}`}
            required
            defaultValue={share.lastDay < days.first ? days.proposed : share.lastDay}
            min={days.first}
            max={days.last}
          />
          <Button type="submit" loading={isBusy('change-last-day')} loadingLabel="Changing">
            Change
          </Button>
        </Form>
      </details>
    </>
  )
}
