/** What is kept of a named insured; the client form and its action share this schema. */
import { z } from 'zod'
import { DomainList } from './domain-list.ts'
import { CurrencyCode } from './form-texts.ts'

const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Use at most ${max} characters`)
    .transform((text) => text || null)
    .nullable()
    .default(null)

/** Empty means not given; anything else must fit `schema`. */
const optional = <S extends z.ZodType<string, string>>(schema: S) =>
  z
    .string()
    .trim()
    .transform((text) => text || null)
    .pipe(schema.nullable())
    .nullable()
    .default(null)

const optionalDate = optional(z.iso.date('Enter a date as YYYY-MM-DD'))

interface NumberRules {
  pattern: RegExp
  max: number
  message: string
}

/** As people type numbers: spaces, apostrophes and commas may part the thousands. Empty is null, never zero. */
const typedNumber = ({ pattern, max, message }: NumberRules) =>
  z
    .union([z.string(), z.number()])
    .nullable()
    .default(null)
    .transform((typed, context) => {
      const plain = String(typed ?? '')
        .replace(/[\s'’]/g, '')
        .replace(/,(?=\d{3}(?!\d))/g, '')
      if (plain === '') return null
      if (pattern.test(plain) && Number(plain) <= max) return Number(plain)
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })

export const ClientInput = z
  .object({
    legalName: z
      .string()
      .trim()
      .min(2, 'Enter the named insured’s legal name')
      .max(200, 'Use at most 200 characters'),
    tradingName: optionalText(200),
    industry: optionalText(120),
    headcount: typedNumber({
      pattern: /^\d+$/,
      max: 10_000_000,
      message: 'Enter a whole number of people, for instance 42',
    }),
    /** Major units as typed, for instance 1250000 or 1250000.50. */
    annualRevenue: typedNumber({
      // Two digits at most: "1.250" is a thousand and more to half of the world.
      pattern: /^\d+(\.\d{1,2})?$/,
      max: 9_000_000_000_000,
      message: 'Enter an amount with digits only, for instance 1250000 or 1250000.50',
    }),
    currency: CurrencyCode.default('USD'),
    domains: DomainList,
    contactName: optionalText(120),
    contactTitle: optionalText(120),
    contactEmail: optional(
      z
        .string()
        .toLowerCase()
        .max(254)
        .pipe(z.email('Enter an e-mail address, for instance ana@example.com')),
    ),
    policyInceptionOn: optionalDate,
    policyRenewalOn: optionalDate,
    notes: optionalText(4000),
  })
  .refine(
    (input) =>
      !input.policyInceptionOn || !input.policyRenewalOn || input.policyInceptionOn < input.policyRenewalOn,
    { path: ['policyRenewalOn'], message: 'The renewal date must be after the inception date' },
  )
export type ClientInput = z.infer<typeof ClientInput>

/** An edit names the version that it was made on. */
export const SeenVersion = z.object({ seenVersion: z.coerce.number().int().positive() })
export const ArchiveIntent = z.object({ intent: z.enum(['archive', 'restore']) })
