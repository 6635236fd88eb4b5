/** What other programs can be told: the registry of events, and what each says. */
import { z } from 'zod'

export const WEBHOOK_EVENTS = {
  'request.due': 'A request for evidence is due',
  'request.fulfilled': 'A request for evidence is fulfilled',
  'review.decided': 'An assessor asks for more, or rejects an answer',
  'answer.contradicted': 'Evidence contradicts an answer',
  'subjectivity.due': 'A subjectivity is due',
  'waiver.signed': 'A client signed that a service was declined',
  'report.signed': 'A report is signed by both sides',
  'report.withdrawn': 'A report is withdrawn',
  'reattestation.changed': 'An officer signed that an answer is no longer true, or only with exceptions',
  'evidence.expiring': 'Evidence expires soon',
  'reminder.escalated': 'Nobody answered the reminders',
} as const satisfies Record<string, string>

export type WebhookEventKind = keyof typeof WEBHOOK_EVENTS
export const WEBHOOK_EVENT_KINDS = Object.keys(WEBHOOK_EVENTS) as [WebhookEventKind, ...WebhookEventKind[]]

/** Only the test button tells this one. */
export const TEST_EVENT = 'webhook.test'

/** The same shape for every kind, so that a ticket can be made of any; no answer, no finding, no file stands in it. */
export const WebhookData = z.object({
  client: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** What it is about: which request, review, waiver or report. */
  subject: z.object({ id: z.string(), title: z.string() }),
  /** One or two sentences for whoever reads the ticket. */
  text: z.string().max(2000),
  /** Where it is dealt with; null where this installation has no public address. */
  url: z.url().nullable(),
  /** YYYY-MM-DD. */
  dueOn: z.iso.date().nullable(),
  urgency: z.enum(['low', 'normal', 'high']),
})
export type WebhookData = z.infer<typeof WebhookData>

export interface WebhookMessage {
  type: WebhookEventKind | typeof TEST_EVENT
  at: Date
  data: WebhookData
}
