/** What people send to set up, show and remove second factors; forms and actions share these schemas. */
import { z } from 'zod'

const FactorName = z
  .string()
  .trim()
  .min(1, 'Enter a name by which you will know it, for instance the device')
  .max(60, 'Use at most 60 characters')

const Proof = z
  .string()
  .min(1, 'Enter your password, or the code that your app shows now')
  .max(200, 'Use at most 200 characters')

export const StartFactorInput = z.object({
  kind: z.enum(['passkey', 'app']),
  name: FactorName,
  proof: Proof,
})
export type StartFactorInput = z.infer<typeof StartFactorInput>

export const RenameFactorInput = z.object({ factorId: z.uuid(), name: FactorName })
export const RemoveFactorInput = z.object({ factorId: z.uuid(), proof: Proof })
export const ProofInput = z.object({ proof: Proof })

/** Apps show a code in two groups, so people type a space. */
export const AppCodeInput = z.object({
  code: z
    .string()
    .max(20)
    .transform((code) => code.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'Enter the six digits that your app shows now')),
})

export const StepCodeInput = z.object({
  code: z
    .string()
    .trim()
    .min(1, 'Enter the code of your app, or a recovery code')
    .max(40, 'No code is as long'),
})

const Base64Url = (atMost: number) =>
  z
    .string()
    .min(1)
    .max(atMost)
    .regex(/^[\w-]+$/)

const passkeyResponse = <Response extends z.ZodRawShape>(response: Response) =>
  z.object({
    id: Base64Url(1400),
    rawId: Base64Url(1400),
    type: z.literal('public-key'),
    authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
    clientExtensionResults: z.object({}).default({}),
    response: z.object({ clientDataJSON: Base64Url(8000), ...response }),
  })

/** As `startRegistration` of the browser’s half of the library answers. */
export const NewPasskeyResponse = passkeyResponse({
  attestationObject: Base64Url(40_000),
  transports: z.array(z.string().max(20)).max(10).optional(),
})
export type NewPasskeyResponse = z.infer<typeof NewPasskeyResponse>

/** As `startAuthentication` answers. */
export const PasskeyResponse = passkeyResponse({
  authenticatorData: Base64Url(8000),
  signature: Base64Url(8000),
  userHandle: Base64Url(200).optional(),
})
export type PasskeyResponse = z.infer<typeof PasskeyResponse>

/** @returns null for what no browser sends */
export function readPasskeyResponse<S extends z.ZodType>(schema: S, json: unknown): z.output<S> | null {
  if (typeof json !== 'string' || json.length > 80_000) return null
  try {
    return schema.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}
