/**
 * What the body of a webhook looks like: our own words, or a ticket as the tools of MSPs take one. Pure; each shape by
 * the tool's own API documentation (ConnectWise PSA `POST /service/tickets`, Autotask `POST /V1.0/Tickets`, HaloPSA
 * `POST /api/Tickets`).
 */

import { z } from 'zod'
import { cutText } from '#app/language/cut-text.ts'
import type { WebhookData, WebhookMessage } from './webhook-events.ts'

export type WebhookFormat = 'json' | 'connectwise' | 'autotask' | 'halopsa'

const words = (most: number) =>
  z.string().trim().min(1, 'Fill this in.').max(most, `At most ${most} characters.`)
const number = z
  .string()
  .trim()
  .regex(/^\d{1,9}$/, 'A whole number, as the tool shows it.')

interface Format {
  label: string
  /** Where in the tool its tickets go; the same for all clients, whose names stand in the ticket. */
  target: z.ZodType<Record<string, string>>
  fields: readonly { name: string; label: string; hint?: string }[]
  write(message: WebhookMessage, target: Record<string, string>): unknown
}

export const WEBHOOK_FORMAT_LIST: Record<WebhookFormat, Format> = {
  json: {
    label: 'JSON, as Attested tells it',
    target: z.object({}),
    fields: [],
    write: ({ type, at, data }) => ({ type, timestamp: at.toISOString(), data }),
  },
  connectwise: {
    label: 'ConnectWise PSA, a service ticket',
    target: z.object({ board: words(50), company: words(25) }),
    fields: [
      { name: 'board', label: 'Service board', hint: 'Its name' },
      { name: 'company', label: 'Company', hint: 'Its identifier, for instance the one of your own company' },
    ],
    write: ({ data }, { board, company }) => ({
      // ConnectWise cuts nothing itself: a longer summary is refused.
      summary: cut(titleOf(data), 100),
      board: { name: board },
      company: { identifier: company },
      initialDescription: describe(data),
      severity: LEVELS[data.urgency],
      impact: LEVELS[data.urgency],
      ...(data.dueOn ? { requiredDate: `${data.dueOn}T00:00:00Z` } : {}),
    }),
  },
  autotask: {
    label: 'Autotask, a ticket',
    target: z.object({ companyID: number, queueID: number }),
    fields: [
      { name: 'companyID', label: 'Company ID', hint: 'For instance 0, your own company' },
      { name: 'queueID', label: 'Queue ID' },
    ],
    write: ({ at, data }, { companyID, queueID }) => ({
      companyID: Number(companyID),
      queueID: Number(queueID),
      title: cut(titleOf(data), 255),
      description: cut(describe(data), 8000),
      // The numbers that a new Autotask has: 1 is a new ticket; high, medium and low are 1, 2 and 3.
      status: 1,
      priority: { high: 1, normal: 2, low: 3 }[data.urgency],
      // Required where the queue has no service level; a week, where nothing is due.
      dueDateTime: `${data.dueOn ?? addDays(at, 7)}T23:59:59Z`,
    }),
  },
  halopsa: {
    label: 'HaloPSA, a ticket',
    target: z.object({ tickettype_id: number, client_id: number }),
    fields: [
      { name: 'tickettype_id', label: 'Ticket type ID' },
      { name: 'client_id', label: 'Client ID', hint: 'For instance the one of your own organisation' },
    ],
    // HaloPSA takes several tickets at once, so one is a list as well.
    write: ({ data }, target) => [
      {
        summary: cut(titleOf(data), 200),
        details: describe(data),
        tickettype_id: Number(target.tickettype_id),
        client_id: Number(target.client_id),
      },
    ],
  },
}

const LEVELS = { low: 'Low', normal: 'Medium', high: 'High' } as const

const titleOf = ({ client, subject }: WebhookData) =>
  client ? `${client.name}: ${subject.title}` : subject.title

const describe = ({ text, dueOn, url }: WebhookData) =>
  [text, dueOn ? `Due on ${dueOn}.` : null, url].filter(Boolean).join('\n\n')

const cut = (text: string, most: number) => (text.length <= most ? text : `${cutText(text, most - 1)}…`)

const addDays = (at: Date, days: number) =>
  new Date(at.getTime() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)

/** The body as it is sent and signed. */
export function writeBody(
  format: WebhookFormat,
  target: Record<string, string>,
  message: WebhookMessage,
): string {
  return JSON.stringify(WEBHOOK_FORMAT_LIST[format].write(message, target))
}
