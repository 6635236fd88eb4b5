/** What a mail says, as data: its text and its HTML are two prints of the same. */
import { z } from 'zod'
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '#app/language/languages.ts'

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
})
export type MailContent = z.infer<typeof MailContent>

export function printText({ greeting, paragraphs, code, action, closing }: MailContent): string {
  const parts = [
    greeting,
    ...paragraphs,
    ...(code ? [code] : []),
    ...(action ? [`${action.label}:\n${action.href}`] : []),
    '-- ',
    ...closing,
  ]
  return `${parts.join('\n\n')}\n`
}

// Mail programs know no style sheets, and dark ones turn colours round by themselves: hence few, and inline.
const BODY = 'font:16px/1.5 -apple-system,Segoe UI,Helvetica,Arial,sans-serif;color:#1b2421;margin:0'
const BOX = 'max-width:34em;margin:0 auto;padding:24px'
const CODE = 'font:600 28px/1.4 Consolas,Menlo,monospace;letter-spacing:6px'
const BUTTON =
  'display:inline-block;background:#0d5f53;color:#ffffff;padding:11px 18px;border-radius:4px;text-decoration:none;font-weight:600'
const SMALL = 'font-size:13px;color:#59645f'

export function printHtml(subject: string, content: MailContent): string {
  const { language = DEFAULT_LANGUAGE, greeting, paragraphs, code, action, closing } = content
  const paragraph = (text: string, style = '') =>
    `<p${style ? ` style="${style}"` : ''}>${escapeHtml(text)}</p>`
  const button = ({ label, href }: { label: string; href: string }) =>
    `<p><a href="${escapeHtml(href)}" style="${BUTTON}">${escapeHtml(label)}</a></p>` +
    paragraph(OR_OPEN[language](href), `${SMALL};word-break:break-all`)
  const inside = [
    paragraph(greeting),
    ...paragraphs.map((text) => paragraph(text)),
    ...(code ? [paragraph(code, CODE)] : []),
    ...(action ? [button(action)] : []),
    '<hr style="border:0;border-top:1px solid #d8dcd9;margin:28px 0 12px">',
    ...closing.map((text) => paragraph(text, SMALL)),
  ]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head><body style="${BODY}"><div style="${BOX}">${inside.join('')}</div></body></html>`
}

/** The one sentence that a mail says of its own, for programs that show no buttons. */
const OR_OPEN = {
  en: (href: string) => `Or open this address: ${href}`,
  de: (href: string) => `Oder öffnen Sie diese Adresse: ${href}`,
} as const satisfies Record<Language, (href: string) => string>

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter)
