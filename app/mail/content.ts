/** What a mail says, as data: its text and its HTML are two prints of the same. */
import { z } from 'zod'
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '#app/language/languages.ts'

/** An invitation as RFC 5546 has it, sent beside text and HTML and as a file. */
export const Calendar = z.object({
  method: z.enum(['REQUEST', 'CANCEL']),
  /** iCalendar (RFC 5545), with the same METHOD. */
  text: z
    .string()
    .startsWith('BEGIN:VCALENDAR')
    .max(64 * 1024),
})
export type Calendar = z.infer<typeof Calendar>

export const MailContent = z.object({
  /** English where absent, as in mails written before there were others. */
  language: z.enum(LANGUAGES).optional(),
  greeting: z.string(),
  paragraphs: z.array(z.string()),
  /** Printed large, to be typed elsewhere. */
  code: z.string().nullable().default(null),
  action: z.object({ label: z.string(), href: z.url() }).nullable().default(null),
  /** Small print: who sent it and what to do when it is a mistake. */
  closing: z.array(z.string()),
  calendar: Calendar.optional(),
  /** Shared by mails that belong together in a reader's list. */
  thread: z
    .string()
    .regex(/^[a-z0-9-]{1,80}$/)
    .optional(),
  /** Of summaries only: where the reader stops them, and what the list of those who get them is called. */
  unsubscribe: z.object({ href: z.url(), listName: z.string() }).optional(),
})
export type MailContent = z.infer<typeof MailContent>

/** Paragraphs are not broken into lines: each program breaks them at its own width, a telephone's included. */
export function printText({
  language = DEFAULT_LANGUAGE,
  greeting,
  paragraphs,
  code,
  action,
  closing,
  unsubscribe,
}: MailContent): string {
  const parts = [
    greeting,
    ...paragraphs,
    ...(code ? [code] : []),
    ...(action ? [`${action.label}:\n${action.href}`] : []),
    '-- ',
    ...closing,
    ...(unsubscribe ? [`${STOP[language]}:\n${unsubscribe.href}`] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

// Many mail programs know no style sheets: what must hold stands inline. Those that know them get the dark colours from
// one, and the others turn colours round by themselves.
const BODY = 'font:16px/1.5 -apple-system,Segoe UI,Helvetica,Arial,sans-serif;color:#1b2421;margin:0'
const BOX = 'max-width:34em;margin:0 auto;padding:24px'
const CODE = 'font:600 28px/1.4 Consolas,Menlo,monospace;letter-spacing:6px'
const BUTTON =
  'display:inline-block;background:#0d5f53;color:#ffffff;padding:11px 18px;border-radius:4px;text-decoration:none;font-weight:600'
const SMALL = 'font-size:13px;color:#59645f'
const DARK =
  '@media (prefers-color-scheme:dark){body{background:#141a18!important;color:#e6ebe8!important}.small{color:#a3aea9!important}.small a{color:#8fd3c5!important}.rule{border-color:#37413d!important}.button{background:#8fd3c5!important;color:#0c1f1b!important}}'

export function printHtml(subject: string, content: MailContent): string {
  const { language = DEFAULT_LANGUAGE, greeting, paragraphs, code, action, closing, unsubscribe } = content
  const paragraph = (text: string, style = '') =>
    `<p${style ? ` style="${style}"` : ''}>${escapeHtml(text)}</p>`
  const small = (html: string, style = '') => `<p class="small" style="${SMALL}${style}">${html}</p>`
  const button = ({ label, href }: { label: string; href: string }) =>
    `<p><a class="button" href="${escapeHtml(href)}" style="${BUTTON}">${escapeHtml(label)}</a></p>` +
    small(escapeHtml(OR_OPEN[language](href)), ';word-break:break-all')
  const inside = [
    paragraph(greeting),
    ...paragraphs.map((text) => paragraph(text)),
    ...(code ? [paragraph(code, CODE)] : []),
    ...(action ? [button(action)] : []),
    '<hr class="rule" style="border:0;border-top:1px solid #d8dcd9;margin:28px 0 12px">',
    ...closing.map((text) => small(escapeHtml(text))),
    ...(unsubscribe ? [small(`<a href="${escapeHtml(unsubscribe.href)}">${STOP[language]}</a>`)] : []),
  ]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title><style>${DARK}</style></head><body style="${BODY}"><div style="${BOX}">${inside.join('')}</div></body></html>`
}

const STOP = {
  en: 'Stop these summaries',
  de: 'Diese Zusammenfassungen abbestellen',
} as const satisfies Record<Language, string>

/** For programs that show no buttons. */
const OR_OPEN = {
  en: (href: string) => `Or open this address: ${href}`,
  de: (href: string) => `Oder öffnen Sie diese Adresse: ${href}`,
} as const satisfies Record<Language, (href: string) => string>

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter)

/** The same mail without what opens something: for eyes that need only see what it looks like. */
export function withoutSecrets(content: MailContent): MailContent {
  const hidden = (href: string) => `${new URL(href).origin}/…`
  const { code, action, unsubscribe, closing } = content
  return {
    ...content,
    // A text may repeat the address of the button.
    paragraphs: content.paragraphs.map(withoutAddresses),
    closing: closing.map(withoutAddresses),
    code: code === null ? null : '•'.repeat(code.length),
    action: action && { ...action, href: hidden(action.href) },
    ...(unsubscribe ? { unsubscribe: { ...unsubscribe, href: hidden(unsubscribe.href) } } : {}),
  }
}

const withoutAddresses = (text: string) => text.replace(/(https?:\/\/[^\s/]+)\/\S+/g, '$1/…')
