/** A mail of the outbox: whole where it waits to be handed over, by its head where it left. */
import { Form, Link } from '@remix-run/react'
import { Clock, RotateCw } from 'lucide-react'
import type { ShownMail } from '#app/services/mail-outbox.server.ts'
import { Button } from '../button.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { MAIL_STATES } from './mail-states.ts'

export type MailCardProps = Omit<ShownMail, 'createdAt' | 'sentAt' | 'returnedAt'> & {
  createdAt: Date | string
}

export function MailCard(mail: MailCardProps) {
  const { content } = mail
  const isOver = mail.state === 'kept' && !content
  return (
    <article className="border-hairline border-b py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-5 gap-y-1">
        <h3 className="min-w-0 break-words font-medium">
          <Link className="text-link" to={`/outbox/${mail.id}`}>
            {mail.subject}
          </Link>
        </h3>
        {isOver ? (
          <StatusBadge word="Over" icon={Clock} tone="neutral" />
        ) : (
          <StatusBadge {...MAIL_STATES[mail.state]} />
        )}
      </div>
      <p className="break-words text-caption text-ink-soft">
        To {mail.recipient}, <Time at={mail.createdAt} show="moment" />
      </p>
      {mail.failure ? (
        <p className="mt-1.5 max-w-measure break-words text-bad text-caption">{mail.failure}</p>
      ) : null}
      {content ? (
        <div lang={content.language} className="mt-3 max-w-measure border-hairline border-s-2 ps-4">
          <p>{content.greeting}</p>
          {content.paragraphs.map((paragraph) => (
            <p key={paragraph} className="mt-2 break-words">
              {paragraph}
            </p>
          ))}
          {content.code ? <p className="mt-2 font-mono text-title tracking-widest">{content.code}</p> : null}
          {content.action ? (
            <p className="mt-2">
              {content.action.label}:{' '}
              <a href={content.action.href} className="text-link break-all" rel="noreferrer" target="_blank">
                {content.action.href}
              </a>
            </p>
          ) : null}
          {content.closing.map((paragraph) => (
            <p key={paragraph} className="mt-2 text-caption text-ink-soft">
              {paragraph}
            </p>
          ))}
        </div>
      ) : null}
      {mail.canResend ? (
        <Form method="post" className="mt-3">
          <input type="hidden" name="intent" value="resend" />
          <input type="hidden" name="mailId" value={mail.id} />
          <Button type="submit" size="small" icon={RotateCw}>
            Send again<span className="sr-only">: {mail.subject}</span>
          </Button>
        </Form>
      ) : null}
    </article>
  )
}
