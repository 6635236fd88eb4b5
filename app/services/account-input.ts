/** What people type to sign up and in; forms and actions share these schemas. */
import { z } from 'zod'
import { ORGANISATION_KINDS } from './member.ts'

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('Enter an e-mail address, for instance ana@example.com'))

export const SignUpInput = z.object({
  kind: z.enum(ORGANISATION_KINDS, 'Choose what your organisation is').default('msp'),
  organisationName: z.string().trim().min(2, 'Enter the name of your organisation').max(120),
  name: z.string().trim().min(2, 'Enter your name as it should stand in the ledger').max(120),
  email: Email,
  password: z
    .string()
    .min(12, 'Use at least 12 characters; a few unrelated words are easier to remember than symbols')
    .max(200, 'Use at most 200 characters'),
})
export type SignUpInput = z.input<typeof SignUpInput>

export const SignInInput = z.object({
  email: Email,
  password: z.string().min(1, 'Enter your password').max(200),
})
export type SignInInput = z.infer<typeof SignInInput>
