/** How a mail stands, in a word: for the outbox and beside whatever a mail carried. */
import { CircleAlert, CircleCheck, Clock, Inbox, Undo2 } from 'lucide-react'
import type { ShownMail } from '#app/services/mail-outbox.server.ts'
import type { StatusLook } from '../status-badge.tsx'

export type MailState = ShownMail['state']

export const MAIL_STATES: Record<MailState, StatusLook> = {
  queued: { word: 'On its way', icon: Clock, tone: 'info' },
  sent: { word: 'Sent', icon: CircleCheck, tone: 'ok' },
  kept: { word: 'Waits to be handed over', icon: Inbox, tone: 'warn' },
  failed: { word: 'Not sent', icon: CircleAlert, tone: 'bad' },
  bounced: { word: 'Came back', icon: Undo2, tone: 'bad' },
  suppressed: { word: 'Held back', icon: CircleAlert, tone: 'bad' },
}

/** Whether somebody has to do something for it to arrive. */
export const hasNotArrived = (state: MailState) =>
  state === 'failed' || state === 'bounced' || state === 'suppressed'
