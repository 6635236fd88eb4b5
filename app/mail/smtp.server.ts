/** Hands mails to a mail server: the only file that knows nodemailer. */
import { createTransport } from 'nodemailer'
import { judgeRefusal, readCodes } from './bounce-rules.ts'
import type { Calendar } from './content.ts'

export interface OutgoingMail {
  /** Stays the same over all tries, so that a mail that arrives twice can be told as one. */
  messageId: string
  /** When it was written; the same over all tries as well. */
  date: Date
  to: string
  subject: string
  text: string
  html: string
  /** Where reports go that it did not arrive; null for the address that mails come from. */
  returnTo?: string | null
  /** Mails that belong together in a reader's list share it. */
  thread?: string | null
  /** Of summaries only: what the reader may leave at one press (RFC 2919, RFC 8058). */
  list?: { id: string; name: string; unsubscribeHref: string } | null
  calendar?: Calendar | null
}

export interface Mailer {
  /** @throws MailError */
  send(mail: OutgoingMail): Promise<void>
  close(): void
}

/**
 * `isFinal`: the server will not take this mail however often it is tried. `refusesAddress`: because nobody can be
 * reached at that address. `fault`: a short word that mails share which failed for the same.
 */
export class MailError extends Error {
  override name = 'MailError'
  readonly code = 'mail-refused'
  readonly isFinal: boolean
  readonly refusesAddress: boolean
  readonly fault: string
  constructor(message: string, about: { isFinal: boolean; refusesAddress?: boolean; fault: string }) {
    super(message)
    this.isFinal = about.isFinal
    this.refusesAddress = about.refusesAddress ?? false
    this.fault = about.fault
  }
}

export interface DkimKey {
  domain: string
  selector: string
  /** PEM, RSA. */
  privateKey: string
}

const TIMEOUT_MS = 20_000

// RFC 8058 wants both headers of one-click unsubscription signed; of this one nodemailer does not know.
const SIGNED_HEADERS = [
  ...['from', 'sender', 'reply-to', 'subject', 'date', 'message-id', 'to', 'cc', 'mime-version'],
  ...['content-type', 'content-transfer-encoding', 'in-reply-to', 'references', 'auto-submitted'],
  ...['list-id', 'list-unsubscribe', 'list-unsubscribe-post'],
].join(':')

/**
 * @param options.url smtp:// or smtps:// with user and password where the server wants them
 * @param options.from an address, with or without a name before it
 */
export function openMailer({
  url,
  from,
  dkim,
}: {
  url: string
  from: string
  dkim?: DkimKey | null
}): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // A mail is made of our own texts; nothing in it may read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim
      ? {
          dkim: {
            domainName: dkim.domain,
            keySelector: dkim.selector,
            privateKey: dkim.privateKey,
            headerFieldNames: SIGNED_HEADERS,
          },
        }
      : {}),
  })
  const domain = domainOf(from)
  return {
    async send({ messageId, date, to, subject, text, html, returnTo, thread, list, calendar }) {
      const root = thread ? `<${thread}@${domain}>` : undefined
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          envelope: { from: returnTo ?? addressIn(from), to },
          subject,
          text,
          html,
          date,
          messageId: `<${messageId}@${domain}>`,
          // No mail has this id: programs join mails that refer to the same one, whichever of them arrived first.
          ...(root ? { references: root, inReplyTo: root } : {}),
          ...(list
            ? {
                list: {
                  id: { url: `${list.id}.${domain}`, comment: list.name },
                  unsubscribe: { url: list.unsubscribeHref, comment: '' },
                },
              }
            : {}),
          ...(calendar
            ? { icalEvent: { method: calendar.method, filename: 'invitation.ics', content: calendar.text } }
            : {}),
          headers: {
            'Auto-Submitted': 'auto-generated',
            ...(list ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
          },
        })
      } catch (error) {
        throw explain(error)
      }
    },
    close: () => transport.close(),
  }
}

export const addressIn = (from: string) => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim()
export const domainOf = (from: string) => /@([\w.-]+)$/.exec(addressIn(from))?.[1] ?? 'localhost'

interface SmtpFault extends Error {
  code?: string
  command?: string
  responseCode?: number
  response?: string
}

function explain(error: unknown): MailError {
  const { message, code, command, responseCode, response } = error as SmtpFault
  const said = (response ?? message).replace(/\s+/g, ' ').slice(0, 300)
  const { enhanced } = readCodes(response ?? '')
  const fault = (
    responseCode ? `${responseCode}${enhanced ? `-${enhanced}` : ''}` : (code ?? 'unknown')
  ).toLowerCase()
  // A refused password, or a server that greets with a refusal, is mended in the settings: the mail itself is well.
  const isAboutMail = command !== undefined && /^(MAIL FROM|RCPT TO|DATA)$/.test(command)
  const isFinal = isAboutMail && responseCode !== undefined && responseCode >= 500
  const refusesAddress =
    isFinal && command === 'RCPT TO' && judgeRefusal(enhanced, responseCode ?? null) === 'address'
  return new MailError(
    isFinal ? `The mail server refused it: ${said}` : `The mail server did not take it: ${said}`,
    { isFinal, refusesAddress, fault: fault.replace(/[^a-z0-9.-]/g, '').slice(0, 40) || 'unknown' },
  )
}
