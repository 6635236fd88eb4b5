/** What the webhook's forms ask for. */
import { z } from 'zod'
import { WEBHOOK_EVENT_KINDS } from './webhook-events.ts'
import { WEBHOOK_FORMAT_LIST, type WebhookFormat } from './webhook-formats.ts'

/** Whether it leads to the open network is asked of its addresses right before each call. */
const Url = z
  .string()
  .trim()
  .max(1000, 'At most 1000 characters.')
  .refine(isCallable, 'Use an address that begins with https://, without a name or password in it.')

function isCallable(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, hash } = new URL(text)
  return protocol === 'https:' && !username && !password && !hash
}

// What the call itself sets, and what would change how it is read on the way.
const OURS =
  /^(host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-.*|user-agent|cookie|webhook-.*)$/i
const MOST_HEADERS = 8

/** One a line, `Name: value`. */
export const WebhookHeaders = z
  .string()
  .max(4000, 'At most 4000 characters.')
  .transform((text, context) => {
    const headers: Record<string, string> = {}
    for (const line of text.split(/\r?\n/).filter((each) => each.trim())) {
      const [, name, value] = /^([\w-]{1,60}):[ \t]*([\x20-\x7e]{1,1500})$/.exec(line.trim()) ?? []
      if (name === undefined || value === undefined || OURS.test(name)) {
        context.addIssue({
          code: 'custom',
          message:
            name && OURS.test(name)
              ? `The header ${name} is set by the call itself. Leave it out.`
              : 'Write one header a line, for instance Authorization: Basic abc.',
        })
        return z.NEVER
      }
      headers[name] = value
    }
    if (Object.keys(headers).length > MOST_HEADERS) {
      context.addIssue({ code: 'custom', message: `At most ${MOST_HEADERS} headers.` })
      return z.NEVER
    }
    return headers
  })

export const WebhookInput = z
  .object({
    name: z.string().trim().min(1, 'Give it a name.').max(100, 'At most 100 characters.'),
    url: Url,
    format: z.enum(Object.keys(WEBHOOK_FORMAT_LIST) as [WebhookFormat, ...WebhookFormat[]]),
    // A form without a tick says nothing at all.
    events: z
      .array(z.enum(WEBHOOK_EVENT_KINDS))
      .optional()
      .transform((events = []) => events)
      .refine((events) => events.length > 0, 'Choose at least one.'),
    /** As they were written; empty leaves those that are kept. */
    headers: z.string().default(''),
  })
  .loose()
  .transform(({ name, url, format, events, headers, ...rest }, context) => {
    const read = WebhookHeaders.safeParse(headers)
    const target = WEBHOOK_FORMAT_LIST[format].target.safeParse(rest)
    for (const [path, parsed] of [
      ['headers', read],
      ['target', target],
    ] as const) {
      for (const issue of parsed.error?.issues ?? [])
        context.addIssue({
          code: 'custom',
          path: path === 'target' ? issue.path : ['headers'],
          message: issue.message,
        })
    }
    if (!read.success || !target.success) return z.NEVER
    return { name, url, format, events: [...new Set(events)], headers: headers.trim(), target: target.data }
  })
export type WebhookInput = z.infer<typeof WebhookInput>

export const SeenVersion = z.object({ seenVersion: z.coerce.number().int().min(0) })

export const ReplaySpan = z
  .object({
    from: z.iso.date('Choose a day.'),
    until: z.iso.date('Choose a day.'),
    onlyFailed: z.literal('on').optional(),
  })
  .refine(({ from, until }) => from <= until, {
    path: ['until'],
    message: 'The last day comes before the first.',
  })
export type ReplaySpan = z.infer<typeof ReplaySpan>
