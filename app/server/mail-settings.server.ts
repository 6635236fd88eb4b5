/** Which mail server takes our mails, and in whose name they leave. */
import { z } from 'zod'

export interface MailSettings {
  /** smtp:// or smtps://, with user and password where the server wants them. */
  url: string
  /** An address, with or without a name before it. */
  from: string
}

const isMailServer = (url: string) =>
  /^smtps?:\/\//.test(url) && URL.canParse(url) && new URL(url).hostname !== ''

const SENDER = /^([^<>@"\r\n]+<[^<>@\s]+@[\w.-]+>|[^<>@\s]+@[\w.-]+)$/

export const MailEnvironment = {
  ATTESTED_SMTP_URL: z
    .string()
    .refine(
      isMailServer,
      'use smtp://user:password@host:587 or smtps://user:password@host:465 with special characters percent-encoded, or unset it to hand mails over yourself',
    )
    .optional(),
  ATTESTED_MAIL_FROM: z
    .string()
    .trim()
    .regex(SENDER, 'use an address, with or without a name, for instance Attested <attested@example.com>')
    .optional(),
}

interface MailVariables {
  ATTESTED_SMTP_URL?: string
  ATTESTED_MAIL_FROM?: string
}

export function findMailContradictions(data: MailVariables): string[] {
  if (data.ATTESTED_SMTP_URL !== undefined && data.ATTESTED_MAIL_FROM === undefined)
    return ['ATTESTED_MAIL_FROM: say which address mails come from, or unset ATTESTED_SMTP_URL.']
  if (data.ATTESTED_MAIL_FROM !== undefined && data.ATTESTED_SMTP_URL === undefined)
    return [
      'ATTESTED_SMTP_URL: name the mail server, or unset ATTESTED_MAIL_FROM; mails wait in the outbox without one.',
    ]
  return []
}

export function readMailSettings(data: MailVariables): MailSettings | null {
  const { ATTESTED_SMTP_URL: url, ATTESTED_MAIL_FROM: from } = data
  return url && from ? { url, from } : null
}
