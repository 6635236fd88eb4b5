/** What is kept of a policy; its form and its action share this. Amounts are typed in major units. */
import { z } from 'zod'
import { isTimeZone } from '#app/schedule/zone.ts'
import { CurrencyCode, Day, isCurrency, optionalDay, optionalText } from './form-texts.ts'
import { amountProblem, minorUnitsOf } from './typed-amount.ts'

export const DOCUMENT_ROLES = ['declarations', 'policy', 'endorsement', 'binder', 'other'] as const
export const DOCUMENT_ROLE_WORDS: Record<(typeof DOCUMENT_ROLES)[number], string> = {
  declarations: 'Declarations',
  policy: 'Policy',
  endorsement: 'Endorsement',
  binder: 'Binder',
  other: 'Other',
}

/** The lists of the form, each with the fields of a row. */
export const POLICY_LISTS = {
  limits: ['name', 'amount'],
  sublimits: ['name', 'amount', 'note'],
  endorsements: ['title', 'wording', 'controlIds'],
  notices: ['what', 'toWhom', 'within', 'unit', 'source'],
  documents: ['evidenceId', 'role'],
} as const
export type PolicyList = keyof typeof POLICY_LISTS
export const MOST_ROWS = 40
const LONGEST_YEARS = 10

const words = (least: number, most: number, ask: string) =>
  z.string().trim().min(least, ask).max(most, `Use at most ${most} characters`)
const optionalEmail = optionalText(254).pipe(
  z.email('Enter an e-mail address, for instance ana@example.com').nullable(),
)
const wholeNumber = (most: number, ask: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, ask)
    .transform(Number)
    .refine((number) => number >= 1 && number <= most, ask)
const rows = <Row extends z.ZodType>(row: Row) =>
  z.array(row).max(MOST_ROWS, `Enter at most ${MOST_ROWS}`).default([])
/** One ticked box comes as a text, several as a list, none not at all. */
const ticked = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((ids) => [...new Set(typeof ids === 'string' ? [ids] : ids)])
  .pipe(z.array(z.string().min(1).max(100)).max(60, 'Choose at most 60 controls'))

const Amount = words(1, 40, 'Enter an amount, for instance 1000000')

const Typed = z.object({
  insurer: words(2, 200, 'Name the insurer'),
  policyNumber: optionalText(100),
  inceptionOn: Day,
  expiresOn: Day,
  timeZone: words(1, 60, 'Choose the time zone of the named insured').refine(
    isTimeZone,
    'Choose a time zone from the list, for instance America/New_York',
  ),
  insurerContactName: optionalText(120),
  insurerContactEmail: optionalEmail,
  insurerContactPhone: optionalText(60),
  broker: optionalText(200),
  brokerContactName: optionalText(120),
  brokerContactEmail: optionalEmail,
  brokerContactPhone: optionalText(60),
  currency: CurrencyCode,
  retention: optionalText(40),
  waitingPeriodHours: optionalText(6).pipe(
    wholeNumber(2400, 'Enter hours as a whole number, for instance 8').nullable(),
  ),
  retroactiveOn: optionalDay,
  scanCadence: optionalText(300),
  quoteReference: optionalText(200),
  applicationId: optionalText(36).pipe(z.uuid('Choose an application from the list').nullable()),
  limits: rows(z.object({ name: words(2, 200, 'Say what the limit is of'), amount: Amount })),
  sublimits: rows(
    z.object({
      name: words(2, 200, 'Say what the sublimit is of'),
      amount: Amount,
      note: optionalText(1000).default(null),
    }),
  ),
  endorsements: rows(
    z.object({
      title: words(2, 300, 'Say in plain words what it ties to what'),
      wording: optionalText(4000).default(null),
      controlIds: ticked,
    }),
  ),
  notices: rows(
    z.object({
      what: words(2, 300, 'Say what has to be told'),
      toWhom: words(2, 300, 'Say to whom'),
      within: wholeNumber(999, 'Enter a whole number, for instance 72'),
      unit: z.enum(['hours', 'days'], 'Choose hours or days'),
      source: optionalText(300).default(null),
    }),
  ),
  documents: rows(
    z.object({
      evidenceId: z.uuid('Choose a file from the list'),
      role: z.enum(DOCUMENT_ROLES, 'Choose what the file is'),
    }),
  ),
})

export const PolicyInput = Typed.superRefine((input, context) => {
  const complain = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message })
  const { inceptionOn, expiresOn, retroactiveOn, currency } = input
  if (expiresOn <= inceptionOn) complain(['expiresOn'], 'The expiry must be after the inception')
  else if (Number(expiresOn.slice(0, 4)) - Number(inceptionOn.slice(0, 4)) > LONGEST_YEARS)
    complain(['expiresOn'], `A policy of more than ${LONGEST_YEARS} years is unlikely. Check the dates`)
  if (retroactiveOn !== null && retroactiveOn > inceptionOn)
    complain(['retroactiveOn'], 'The retroactive date is not after the inception')
  const checkAmount = (path: (string | number)[], typed: string) => {
    const problem = isCurrency(currency) ? amountProblem(typed, currency) : null
    if (problem) complain(path, problem)
  }
  if (input.retention !== null) checkAmount(['retention'], input.retention)
  for (const list of ['limits', 'sublimits'] as const)
    for (const [index, { amount }] of input[list].entries()) checkAmount([list, index, 'amount'], amount)
}).transform((input) => {
  const minor = (amount: string) => minorUnitsOf(amount, input.currency) ?? 0
  const { insurer, policyNumber, inceptionOn, expiresOn, timeZone } = input
  return {
    ...{ insurer, policyNumber, inceptionOn, expiresOn, timeZone },
    terms: {
      insurerContact: {
        name: input.insurerContactName,
        email: input.insurerContactEmail,
        phone: input.insurerContactPhone,
      },
      broker: input.broker,
      brokerContact: {
        name: input.brokerContactName,
        email: input.brokerContactEmail,
        phone: input.brokerContactPhone,
      },
      currency: input.currency,
      limits: input.limits.map(({ name, amount }) => ({ name, amountMinor: minor(amount) })),
      retentionMinor: input.retention === null ? null : minor(input.retention),
      sublimits: input.sublimits.map(({ name, amount, note }) => ({
        name,
        amountMinor: minor(amount),
        note,
      })),
      waitingPeriodHours: input.waitingPeriodHours,
      retroactiveOn: input.retroactiveOn,
      endorsements: input.endorsements,
      notices: input.notices,
      scanCadence: input.scanCadence,
      quoteReference: input.quoteReference,
      applicationId: input.applicationId,
      documents: input.documents,
    },
  }
})
export type PolicyInput = z.output<typeof PolicyInput>

/** What goes along with a change: the version it was made on, and why. */
export const PolicyChange = z.object({
  seenVersion: z.coerce.number().int().positive(),
  reason: words(3, 500, 'Say why it changes, for instance “endorsement 4 of 1 March”'),
})

export const WithdrawPolicyInput = z.object({
  reason: words(10, 500, 'Say in a sentence why this policy should not count'),
})
