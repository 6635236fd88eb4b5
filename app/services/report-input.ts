/** What is asked before a report is signed; the signing forms and their actions share these schemas. */
import { z } from 'zod'
import { LANGUAGES, type Language } from '#app/language/languages.ts'
import { signerWords } from '#app/report/language/signing/words.ts'
import { MOST_CONTRIBUTORS } from '#app/report/signing-order.ts'

const person = (what: string) => z.string().trim().min(2, what).max(120)

const address = (what: string) => z.string().trim().toLowerCase().pipe(z.email(what))

/** Somebody who signs for the answers of some sections, of either side or of none. */
const Contributor = z.object({
  name: person('Enter the contributor’s name'),
  title: person('Enter the contributor’s title, for instance “Head of personnel”'),
  organisation: person('Enter the contributor’s organisation'),
  email: address('Enter the contributor’s e-mail address'),
  // One ticked box alone comes as a text, none as false.
  sections: z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value || []),
    z.array(z.string().max(120)).min(1, 'Choose the sections that this person answers for').max(200),
  ),
})

export const PrepareReportInput = z
  .object({
    /** The technical contributor is the signed-in member; only the title is asked. */
    contributorTitle: person('Enter your title, for instance “Lead technician”'),
    officerName: person('Enter the name of the officer who attests for the insured'),
    officerTitle: person('Enter the officer’s title'),
    /** One of the edition's signer roles. */
    officerRole: z.string().min(1, 'Choose the officer’s role'),
    officerEmail: address('Enter the officer’s e-mail address'),
    /** First day of the cover the application is for; '' where it is not known yet. */
    coversFrom: z.union([z.literal(''), z.iso.date('Enter the day the cover begins')]).default(''),
    /** What the report is written in, English where nothing is said; the edition’s declaration stays as it is. */
    language: z.enum(LANGUAGES, 'Choose the language of the report').optional(),
    /** Somebody of neither side who reviewed the evidence; both or neither. */
    reviewerName: z.string().trim().max(120).optional(),
    reviewerOrganisation: z.string().trim().max(120).optional(),
    /** Where the reviewer signs too; both or neither. */
    reviewerTitle: z.string().trim().max(120).optional(),
    reviewerEmail: z
      .union([z.literal(''), address('Enter the reviewer’s e-mail address, or leave it empty')])
      .optional(),
    /** Who signs for a part of the answers, before the officer does. */
    contributors: z.array(Contributor).max(MOST_CONTRIBUTORS, 'Name eight contributors at most').optional(),
    certify: z.literal('on', { error: 'Confirm that you certify the technical facts' }),
  })
  .refine(({ reviewerName, reviewerOrganisation }) => !reviewerName === !reviewerOrganisation, {
    path: ['reviewerOrganisation'],
    message: 'Name both the reviewer and the organisation, or leave both empty.',
  })
  .refine(({ reviewerEmail, reviewerName }) => !reviewerEmail || reviewerName, {
    path: ['reviewerName'],
    message: 'Name the reviewer who signs, or leave the address empty.',
  })
  .refine(({ reviewerTitle, reviewerEmail }) => !reviewerTitle === !reviewerEmail, {
    path: ['reviewerTitle'],
    message: 'A reviewer who signs needs both a title and an e-mail address.',
  })
export type PrepareReportInput = z.infer<typeof PrepareReportInput>

function signerInputsIn(language: Language) {
  const { say } = signerWords(language)
  return {
    attest: z.object({
      /** Typed by the officer; must equal the name the report was prepared for. */
      typedName: person(say('sign.type-name')),
      attest: z.literal('on', { error: say('sign.confirm') }),
    }),
    decline: z.object({ reason: z.string().trim().min(10, say('decline.say-why')).max(1000) }),
    /** People type codes as they read them: "123 456" is the same as "123456". */
    code: z.object({
      code: z
        .string()
        .transform((text) => text.replace(/[\s-]/g, ''))
        .pipe(z.string().regex(/^\d{6}$/, say('code.digits'))),
    }),
  }
}
type OfficerInputs = ReturnType<typeof signerInputsIn>
export type OfficerAttestInput = z.infer<OfficerInputs['attest']>
export type DeclineInput = z.infer<OfficerInputs['decline']>

const OFFICER_INPUTS = {
  en: signerInputsIn('en'),
  de: signerInputsIn('de'),
} as const satisfies Record<Language, OfficerInputs>

/** What the officer sends; what is wrong with it is said in the language of the report. */
export const signerInputs = (language: Language): OfficerInputs => OFFICER_INPUTS[language]

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
  /** The signature field. */
  slot: z.string().regex(/^(technical-contributor|contributor-\d{1,2}|reviewer|insured-officer)$/),
  reason: z.enum(['not-entitled', 'key-compromise', 'superseded']),
})
export type RevokeSignature = z.infer<typeof RevokeSignature>

export const WithdrawInput = z.object({ reason })

export const WithdrawReportInput = z
  .object({
    reason,
    /** Whose signature is revoked as well; '' for nobody's. */
    revokeSlot: z.union([z.literal(''), RevokeSignature.shape.slot]).default(''),
    revokeReason: RevokeSignature.shape.reason.default('not-entitled'),
  })
  .transform(({ reason, revokeSlot, revokeReason }) => ({
    reason,
    revoke: revokeSlot === '' ? null : { slot: revokeSlot, reason: revokeReason },
  }))
export type WithdrawReportInput = z.infer<typeof WithdrawReportInput>

export const SupersedeInput = z.object({
  supersededBy: z.uuid('Choose the newer report'),
  supersededReason: reason,
})
export type SupersedeInput = z.infer<typeof SupersedeInput>
