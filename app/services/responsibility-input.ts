/** What is agreed of one control; each row's form and its action share this schema. */
import { z } from 'zod'
import { optionalDay, optionalText } from './form-texts.ts'

export const RESPONSIBLE_PARTIES = ['provider', 'client', 'third-party', 'nobody', 'unset'] as const
export type ResponsibleParty = (typeof RESPONSIBLE_PARTIES)[number]

export const PARTY_WORDS: Record<ResponsibleParty, string> = {
  provider: 'Provider',
  client: 'Client',
  'third-party': 'Third party',
  nobody: 'Nobody',
  unset: 'Not agreed yet',
}

const Chosen = z.object({
  controlId: z.string().min(1).max(100),
  party: z.enum(RESPONSIBLE_PARTIES, 'Choose who is responsible'),
  /** The form has the field only where a third party is chosen. */
  thirdParty: optionalText(200).default(null),
  note: optionalText(1000),
  /** The version that the form was filled from; 0 where there was none. */
  seenVersion: z.coerce.number().int().min(0),
})

const isNamed = ({ party, thirdParty }: { party: ResponsibleParty; thirdParty: string | null }) =>
  party !== 'third-party' || thirdParty !== null
const unnamed = { path: ['thirdParty'], message: 'Name the third party' }

/** Only a third party has a name of its own: a name left over from another choice is dropped. */
const withoutLeftovers = <Row extends { party: ResponsibleParty; thirdParty: string | null }>(row: Row) => ({
  ...row,
  thirdParty: row.party === 'third-party' ? row.thirdParty : null,
})

export const TemplateInput = Chosen.refine(isNamed, unnamed).transform(withoutLeftovers)
export type TemplateInput = z.output<typeof TemplateInput>

/** @param today the last day that something can have been agreed on, YYYY-MM-DD in UTC */
export const responsibilityInput = (today: () => string) =>
  Chosen.extend({ agreedOn: optionalDay })
    .refine(isNamed, unnamed)
    .refine(({ agreedOn }) => agreedOn === null || agreedOn <= today(), {
      path: ['agreedOn'],
      message: 'Enter the day on which it was agreed, not one to come',
    })
    .refine(({ party, agreedOn }) => party !== 'unset' || agreedOn === null, {
      path: ['agreedOn'],
      message: 'Nothing is agreed yet: leave the day empty, or choose who is responsible',
    })
    .transform(withoutLeftovers)
export type ResponsibilityInput = z.output<ReturnType<typeof responsibilityInput>>

/** What was shown on the page before filling: a control, and the version of the template that it would get. */
const Offer = z
  .string()
  .regex(/^[a-z0-9-]{1,100} \d{1,9}$/)
  .transform((text) => {
    const [controlId = '', version] = text.split(' ')
    return { controlId, templateVersion: Number(version) }
  })

export const fillInput = (today: () => string) =>
  z.object({
    fill: z.array(Offer, 'Choose at least one control').min(1, 'Choose at least one control').max(500),
    agreedOn: optionalDay.refine(
      (day) => day === null || day <= today(),
      'Enter the day on which it was agreed, not one to come',
    ),
  })
export type FillInput = z.output<ReturnType<typeof fillInput>>
