/** Link and passcode right after they were made: the only time that they can be read here. */
import { useEffect, useRef } from 'react'
import { CopyableHash } from '../copyable-hash.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'

export type ShownOnce =
  | {
      outcome: 'shared'
      recipientName: string
      passcode: string
      href: string
      delivery: 'mail-server' | 'preparer'
    }
  | { outcome: 'renewed'; recipientName: string; passcode: string }

export function NewShareNotice({ once }: { once: ShownOnce }) {
  const { recipientName, passcode } = once
  const place = useRef<HTMLDivElement>(null)
  // The button that made it may stand far below; what is shown once must not be missed.
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), [])
  return (
    <div ref={place} className="mb-6">
      <Notice
        kind="success"
        title={
          once.outcome === 'shared' ? `Shared with ${recipientName}` : `A new passcode for ${recipientName}`
        }
        announce
      >
        <p className="mt-2 text-caption text-ink-soft">Passcode</p>
        <p>
          <code className="font-mono font-semibold text-section tracking-wider">{passcode}</code>
        </p>
        <p className="mt-1">
          Tell it by telephone or in person, never in the same way as the link. It is shown this once; only a
          hash is kept.
        </p>
        {once.outcome === 'shared' ? (
          <>
            <p className="mt-4 text-caption text-ink-soft">Link</p>
            <CopyableHash value={once.href} label="link" whole />
            <p className="mt-1">
              {once.delivery === 'mail-server' ? (
                'It is on its way by mail. It is shown here this once, too.'
              ) : (
                <>
                  Mails do not leave from here, so hand it over yourself. It also waits in the{' '}
                  <TextLink to="/outbox">outbox</TextLink>.
                </>
              )}
            </p>
          </>
        ) : (
          <p className="mt-1">
            The passcode before opens nothing any more, and whoever is reading has to enter this one.
          </p>
        )}
      </Notice>
    </div>
  )
}
