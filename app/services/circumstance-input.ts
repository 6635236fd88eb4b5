/** What is asked about an application beside its questions; the form and its action share this schema. */
import { z } from 'zod'
import { BUSINESS_CLASSES, type Circumstances } from '#questionnaires/circumstances.ts'
import { CurrencyCode } from './form-texts.ts'

const typed = (pattern: RegExp, message: string) =>
  z
    .string()
    .default('')
    .transform((text, context) => {
      const plain = text.replace(/[\s'’]/g, '').replace(/,(?=\d{3}(?!\d))/g, '')
      if (plain === '') return undefined
      if (pattern.test(plain)) return Number(plain)
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })

export const CircumstanceInput = z
  .object({
    revenue: typed(/^\d{1,13}(\.\d{1,2})?$/, 'Enter an amount with digits only, for instance 1250000'),
    currency: CurrencyCode.default('USD'),
    headcount: typed(/^\d{1,8}$/, 'Enter a whole number of people, for instance 42'),
    class: z.union([z.literal(''), z.enum(BUSINESS_CLASSES.map(({ id }) => id))]).default(''),
    renewal: z.enum(['', 'yes', 'no']).default(''),
    coverages: z.array(z.string().max(80)).max(40).default([]),
  })
  .transform(
    (input): Circumstances => ({
      ...(input.revenue === undefined
        ? {}
        : { revenue: { amountMinor: Math.round(input.revenue * 100), currency: input.currency } }),
      ...(input.headcount === undefined ? {} : { headcount: input.headcount }),
      ...(input.class ? { class: input.class } : {}),
      ...(input.renewal ? { renewal: input.renewal } : {}),
      ...(input.coverages.length > 0 ? { coverages: input.coverages } : {}),
    }),
  )
