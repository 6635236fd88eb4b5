/** Hands mails to a mail server: the only file that knows nodemailer. */
import { createTransport } from 'nodemailer'

export interface OutgoingMail {
  /** Stays the same over all tries, so that a mail that arrives twice can be told as one. */
  messageId: string
  to: string
  subject: string
  text: string
  html: string
}

export interface Mailer {
  /** @throws MailError */
  send(mail: OutgoingMail): Promise<void>
  close(): void
}

/** `isFinal`: the server will not take this mail however often it is tried (a reply of the class 5xx). */
export class MailError extends Error {
  override name = 'MailError'
  readonly code = 'mail-refused'
  constructor(
    message: string,
    readonly isFinal: boolean,
  ) {
    super(message)
  }
}

const TIMEOUT_MS = 20_000

/**
 * @param options.url smtp:// or smtps:// with user and password where the server wants them
 * @param options.from an address, with or without a name before it
 */
export function openMailer({ url, from }: { url: string; from: string }): Mailer {
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
  })
  return {
    async send({ messageId, to, subject, text, html }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${messageId}@${domainOf(from)}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (error) {
        throw explain(error)
      }
    },
    close: () => transport.close(),
  }
}

const domainOf = (from: string) => /@([\w.-]+)>?$/.exec(from.trim())?.[1] ?? 'localhost'

function explain(error: unknown): MailError {
  const { message, responseCode, response } = error as Error & { responseCode?: number; response?: string }
  const isFinal = responseCode !== undefined && responseCode >= 500
  const said = (response ?? message).replace(/\s+/g, ' ').slice(0, 300)
  return new MailError(
    isFinal ? `The mail server refused it: ${said}` : `The mail server did not take it: ${said}`,
    isFinal,
  )
}
