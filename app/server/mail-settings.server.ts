/** Which mail server takes our mails, in whose name they leave, and where reports about them come back to. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { MOST_BEFORE_THE_KEY } from '#app/mail/bounce-address.server.ts'
import { addressIn, type DkimKey, domainOf } from '#app/mail/smtp.server.ts'

export interface MailSettings {
  /** smtp:// or smtps://, with user and password where the server wants them. */
  url: string
  /** An address, with or without a name before it. */
  from: string
  /** Where reports come back to that a mail did not arrive, before each mail's own key: `bounces@mail.example.com`. */
  bounceAddress?: string
  /** What whoever hands in such reports has to show. */
  inboundToken?: string
  dkim?: DkimKey
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
  ATTESTED_BOUNCE_ADDRESS: z
    .string()
    .trim()
    .toLowerCase()
    .regex(
      new RegExp(`^[a-z0-9._-]{1,${MOST_BEFORE_THE_KEY}}@[a-z0-9-]+(\\.[a-z0-9-]+)+$`),
      `use an address with at most ${MOST_BEFORE_THE_KEY} letters, digits, dots or hyphens before the @, for instance bounces@mail.example.com; mails add +key to it`,
    )
    .optional(),
  ATTESTED_INBOUND_TOKEN: z
    .string()
    .regex(
      /^[\w-]{32,200}$/,
      'use at least 32 letters, digits, hyphens or underscores, for instance from `openssl rand -hex 32`',
    )
    .optional(),
  ATTESTED_DKIM_DOMAIN: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'use the domain that publishes the key, for instance example.com')
    .optional(),
  ATTESTED_DKIM_SELECTOR: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/,
      'use the name before ._domainkey of the published key, for instance attested2026',
    )
    .optional(),
  // Service managers that take one line write the line breaks as \n.
  ATTESTED_DKIM_KEY: z
    .string()
    .transform((text) => text.replaceAll('\\n', '\n'))
    .superRefine((pem, context) => {
      const problem = problemOfKey(pem)
      if (problem) context.addIssue({ code: 'custom', message: problem })
    })
    .optional(),
}

/** Signatures with shorter keys are not believed by the large receivers (RFC 8301). */
const LEAST_BITS = 2048
const PROBE = Buffer.from('attested')
const MAKE_ONE = 'make one with `openssl genrsa 2048`'

function problemOfKey(pem: string): string | null {
  try {
    const key = createPrivateKey(pem)
    const { asymmetricKeyType, asymmetricKeyDetails } = key
    if (asymmetricKeyType !== 'rsa')
      return `this is a key of the kind ${asymmetricKeyType}, and mails are signed with RSA; ${MAKE_ONE}`
    const bits = asymmetricKeyDetails?.modulusLength ?? 0
    // The numbers of a key that lost a few letters still read as a key.
    if (!verify('sha256', PROBE, createPublicKey(key), sign('sha256', PROBE, key)))
      return `this key is damaged: what it signs does not verify; ${MAKE_ONE}`
    return bits < LEAST_BITS
      ? `this key has ${bits} bits, and receivers want ${LEAST_BITS}; ${MAKE_ONE}`
      : null
  } catch {
    return `this is no private key; give it in PEM, without a passphrase, with \\n for each line break; ${MAKE_ONE}`
  }
}

type MailVariables = z.output<z.ZodObject<typeof MailEnvironment>>

const DKIM = ['ATTESTED_DKIM_DOMAIN', 'ATTESTED_DKIM_SELECTOR', 'ATTESTED_DKIM_KEY'] as const

export function findMailContradictions(data: MailVariables): string[] {
  const { ATTESTED_SMTP_URL: url, ATTESTED_MAIL_FROM: from, ATTESTED_DKIM_DOMAIN: domain } = data
  if (url !== undefined && from === undefined)
    return ['ATTESTED_MAIL_FROM: say which address mails come from, or unset ATTESTED_SMTP_URL.']
  if (from !== undefined && url === undefined)
    return [
      'ATTESTED_SMTP_URL: name the mail server, or unset ATTESTED_MAIL_FROM; mails wait in the outbox without one.',
    ]
  const problems: string[] = []
  for (const name of ['ATTESTED_BOUNCE_ADDRESS', ...DKIM] as const) {
    if (data[name] !== undefined && url === undefined)
      problems.push(`${name}: name the mail server in ATTESTED_SMTP_URL, too, or unset this.`)
  }
  if (data.ATTESTED_INBOUND_TOKEN !== undefined && data.ATTESTED_BOUNCE_ADDRESS === undefined)
    problems.push(
      'ATTESTED_INBOUND_TOKEN: name the address that reports come back to in ATTESTED_BOUNCE_ADDRESS, or unset this.',
    )
  const missing = DKIM.filter((name) => data[name] === undefined)
  if (missing.length > 0 && missing.length < DKIM.length)
    problems.push(`${missing.join(' and ')}: signing needs domain, selector and key; set all three, or none.`)
  if (domain !== undefined && from !== undefined && !isAligned(domainOf(addressIn(from)), domain))
    problems.push(
      `ATTESTED_DKIM_DOMAIN: mails come from ${domainOf(addressIn(from))}, so receivers would not count a signature of ${domain}. Sign with the domain of ATTESTED_MAIL_FROM or one above it.`,
    )
  return problems
}

/** Relaxed alignment, as DMARC (RFC 7489 §3.1) has it by default. */
const isAligned = (from: string, signer: string) =>
  from.toLowerCase() === signer || from.toLowerCase().endsWith(`.${signer}`)

export function readMailSettings(data: MailVariables): MailSettings | null {
  const { ATTESTED_SMTP_URL: url, ATTESTED_MAIL_FROM: from } = data
  if (!url || !from) return null
  const {
    ATTESTED_DKIM_DOMAIN: domain,
    ATTESTED_DKIM_SELECTOR: selector,
    ATTESTED_DKIM_KEY: privateKey,
  } = data
  return {
    url,
    from,
    bounceAddress: data.ATTESTED_BOUNCE_ADDRESS,
    inboundToken: data.ATTESTED_INBOUND_TOKEN,
    ...(domain && selector && privateKey ? { dkim: { domain, selector, privateKey } } : {}),
  }
}
