/** What is asked before a report is signed; the signing forms and their actions share these schemas. */
import { z } from 'zod'
import { LANGUAGES } from '#app/language/languages.ts'

const person = (what: string) => z.string().trim().min(2, what).max(120)

export const PrepareReportInput = z
  .object({
    /** The technical contributor is the signed-in member; only the title is asked. */
    contributorTitle: person('Enter your title, for instance “Lead technician”'),
    officerName: person('Enter the name of the officer who attests for the insured'),
    officerTitle: person('Enter the officer’s title'),
    /** One of the edition's signer roles. */
    officerRole: z.string().min(1, 'Choose the officer’s role'),
    officerEmail: z.string().trim().toLowerCase().pipe(z.email('Enter the officer’s e-mail address')),
    /** First day of the cover the application is for; '' where it is not known yet. */
    coversFrom: z.union([z.literal(''), z.iso.date('Enter the day the cover begins')]).default(''),
    /** What the report is written in, English where nothing is said; the edition’s declaration stays as it is. */
    language: z.enum(LANGUAGES, 'Choose the language of the report').optional(),
    /** Somebody of neither side who reviewed the evidence; both or neither. */
    reviewerName: z.string().trim().max(120).optional(),
    reviewerOrganisation: z.string().trim().max(120).optional(),
    certify: z.literal('on', { error: 'Confirm that you certify the technical facts' }),
  })
  .refine(({ reviewerName, reviewerOrganisation }) => !reviewerName === !reviewerOrganisation, {
    path: ['reviewerOrganisation'],
    message: 'Name both the reviewer and the organisation, or leave both empty.',
  })
export type PrepareReportInput = z.infer<typeof PrepareReportInput>

export const OfficerAttestInput = z.object({
  /** Typed by the officer; must equal the name the report was prepared for. */
  typedName: person('Type your full name as it stands above'),
  attest: z.literal('on', { error: 'Confirm the declaration' }),
})
export type OfficerAttestInput = z.infer<typeof OfficerAttestInput>

export const DeclineInput = z.object({
  reason: z.string().trim().min(10, 'Say in a sentence what is not right').max(1000),
})
export type DeclineInput = z.infer<typeof DeclineInput>

/** People type codes as they read them: "123 456" is the same as "123456". */
export const CodeInput = z.object({
  code: z
    .string()
    .transform((text) => text.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'Enter the six digits from the mail')),
})

export const ConfirmInput = z.object({
  questionId: z.string().min(1).max(120),
  /** From 1: where the officer goes on is the next one. */
  step: z.coerce.number().int().min(1).max(10_000),
})

const reason = z
  .string()
  .trim()
  .min(10, 'Say why, in a sentence')
  .max(1000, 'Say it in at most 1,000 characters')

export const RevokeSignature = z.object({
  role: z.enum(['technical-contributor', 'insured-officer']),
  reason: z.enum(['not-entitled', 'key-compromise', 'superseded']),
})
export type RevokeSignature = z.infer<typeof RevokeSignature>

export const WithdrawInput = z.object({ reason })

export const WithdrawReportInput = z
  .object({
    reason,
    /** Whose signature is revoked as well; '' for nobody's. */
    revokeRole: z.union([z.literal(''), RevokeSignature.shape.role]).default(''),
    revokeReason: RevokeSignature.shape.reason.default('not-entitled'),
  })
  .transform(({ reason, revokeRole, revokeReason }) => ({
    reason,
    revoke: revokeRole === '' ? null : { role: revokeRole, reason: revokeReason },
  }))
export type WithdrawReportInput = z.infer<typeof WithdrawReportInput>

export const SupersedeInput = z.object({
  supersededBy: z.uuid('Choose the newer report'),
  supersededReason: reason,
})
export type SupersedeInput = z.infer<typeof SupersedeInput>
