/** Beside a link: that the mail which carried it did not arrive, and where that is put right. */
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { hasNotArrived, MAIL_STATES, type MailState } from './mail-states.ts'

export interface CarryingMail {
  id: string
  state: MailState
}

export function MailTrouble({ mail }: { mail: CarryingMail | null | undefined }) {
  if (!mail || !hasNotArrived(mail.state)) return null
  return (
    <span className="mt-1 flex flex-wrap items-baseline gap-x-2">
      <StatusBadge
        {...MAIL_STATES[mail.state]}
        word={`Mail: ${MAIL_STATES[mail.state].word.toLowerCase()}`}
      />
      <TextLink to={`/outbox/${mail.id}`}>
        Why<span className="sr-only"> the mail did not arrive</span>
      </TextLink>
    </span>
  )
}
