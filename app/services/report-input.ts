/** What is asked before a report is signed; the signing forms and their actions share these schemas. */
import { z } from 'zod'

const person = (what: string) => z.string().trim().min(2, what).max(120)

export const PrepareReportInput = z.object({
  /** The technical contributor is the signed-in member; only the title is asked. */
  contributorTitle: person('Enter your title, for instance “Lead technician”'),
  officerName: person('Enter the name of the officer who attests for the insured'),
  officerTitle: person('Enter the officer’s title'),
  /** One of the edition's signer roles. */
  officerRole: z.string().min(1, 'Choose the officer’s role'),
  officerEmail: z.string().trim().toLowerCase().pipe(z.email('Enter the officer’s e-mail address')),
  /** First day of the cover the application is for; '' where it is not known yet. */
  coversFrom: z.union([z.literal(''), z.iso.date('Enter the day the cover begins')]).default(''),
  certify: z.literal('on', { error: 'Confirm that you certify the technical facts' }),
})
export type PrepareReportInput = z.infer<typeof PrepareReportInput>

export const AttestInput = z.object({
  /** Typed by the officer; must equal the name the report was prepared for. */
  typedName: person('Type your full name as it stands above'),
  /** Every answer that lacks full support, acknowledged one by one. */
  acknowledged: z.array(z.string()).default([]),
  attest: z.literal('on', { error: 'Confirm the declaration' }),
})
export type AttestInput = z.infer<typeof AttestInput>

export const WithdrawInput = z.object({
  reason: z.string().trim().min(10, 'Say why, in a sentence').max(1000),
})
