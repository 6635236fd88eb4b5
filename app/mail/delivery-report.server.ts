/** Reads what comes back: delivery status notifications (RFC 3464) and complaints (RFC 5965). Written by strangers. */
import PostalMime, { type Attachment, type Email, type Header } from 'postal-mime'
import { judgeRefusal, readCodes, type Verdict } from './bounce-rules.ts'

export interface DeliveryReport {
  /** `delayed`: it is still being tried. */
  kind: 'failed' | 'delayed' | 'delivered' | 'complaint'
  verdict: Verdict
  /** What the other side said, in one line. */
  words: string
  /** The texts in which the address stands that the report was sent to, and the sender of the mail it is about. */
  addresses: string
  /** The ids of the mail that is returned with it. */
  messageIds: string[]
}

// A report is small; the mail that it returns is one of ours, and small as well.
const LIMITS = { maxNestingDepth: 12, maxHeadersSize: 256 * 1024 }
const MOST_WORDS = 300

/** @returns null for what is no report */
export async function readDeliveryReport(raw: Uint8Array): Promise<DeliveryReport | null> {
  const mail = await PostalMime.parse(raw, LIMITS).catch(() => null)
  if (!mail) return null
  const part = (type: string) => mail.attachments.find(({ mimeType }) => mimeType === type)
  const returned = await headersOfReturned(mail.attachments)
  const feedback = part('message/feedback-report')
  if (feedback) {
    const fields = await fieldsOf(textOf(feedback))
    return {
      kind: 'complaint',
      verdict: 'mail',
      words: oneLine(`Complaint: ${fieldIn(fields, 'feedback-type') ?? 'not said which'}`),
      addresses: addressesIn(mail, returned, fieldIn(fields, 'original-mail-from')),
      messageIds: idsIn(returned),
    }
  }
  const status = part('message/delivery-status')
  if (!status) return null
  // The first block is about the report, each further one about a recipient, and our mails have one.
  const blocks = textOf(status)
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .slice(0, 20)
  for (const block of blocks) {
    const fields = await fieldsOf(block)
    const kind = ACTIONS[fieldIn(fields, 'action')?.toLowerCase() ?? '']
    if (!kind) continue
    const diagnostic = fieldIn(fields, 'diagnostic-code') ?? ''
    const said = readCodes(diagnostic)
    const own = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fieldIn(fields, 'status') ?? '')?.[0] ?? null
    // What the last server said itself is more exact than what became of it on the way back.
    const enhanced = said.enhanced && !said.enhanced.endsWith('.0.0') ? said.enhanced : own
    return {
      kind,
      verdict: judgeRefusal(enhanced, said.reply),
      words: oneLine(diagnostic.replace(/^[\w-]+;\s*/, '') || (own ?? '')),
      addresses: addressesIn(mail, returned),
      messageIds: idsIn(returned),
    }
  }
  return null
}

const ACTIONS: Record<string, DeliveryReport['kind']> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'delivered',
  expanded: 'delivered',
}

const textOf = ({ content }: Attachment): string =>
  typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8')

/** Fields of a report are written like those of a mail's head. */
async function fieldsOf(text: string): Promise<Header[]> {
  const parsed = await PostalMime.parse(`${text.trim()}\r\n\r\n`, LIMITS).catch(() => null)
  return parsed?.headers ?? []
}

const fieldIn = (fields: readonly Header[], key: string) =>
  fields.find((field) => field.key === key)?.value.trim()

async function headersOfReturned(attachments: readonly Attachment[]): Promise<Header[]> {
  const returned = attachments.find(({ mimeType }) =>
    ['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global'].includes(mimeType),
  )
  if (!returned) return []
  const parsed = await PostalMime.parse(textOf(returned), LIMITS).catch(() => null)
  return parsed?.headers ?? []
}

const TO_US = new Set(['to', 'delivered-to', 'x-original-to', 'envelope-to'])

function addressesIn(mail: Email, returned: readonly Header[], more = ''): string {
  const ours = mail.headers.filter(({ key }) => TO_US.has(key))
  const senders = returned.filter(({ key }) => key === 'return-path')
  return [...[...ours, ...senders].map(({ value }) => value), more].join(' ')
}

const idsIn = (returned: readonly Header[]) =>
  returned
    .filter(({ key }) => key === 'message-id')
    .map(({ value }) => value.trim().replace(/^<|>$/g, ''))
    .slice(0, 3)

const oneLine = (text: string) =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MOST_WORDS)
