/** What is asked before a signing authority is made, replaced or given up; forms and action share these schemas. */
import { z } from 'zod'
import { KEY_ALGORITHMS } from '#app/report/authority-keys/authority-key.ts'
import { KMS_KEY_ARN } from '#app/report/authority-keys/kms-key-arn.ts'

/** For the ledger. */
export const reason = z
  .string()
  .trim()
  .min(10, 'Say why, in a sentence')
  .max(1000, 'Say it in at most 1,000 characters')

/** Where the next authority's key comes from: made here in one of two kinds, or one that is elsewhere already. */
export const KeyChoice = z.discriminatedUnion(
  'key',
  [
    z.object({ key: z.enum(KEY_ALGORITHMS) }),
    z.object({
      key: z.literal('aws-kms'),
      kmsKeyArn: z
        .string()
        .trim()
        .regex(
          KMS_KEY_ARN,
          'Enter the ARN of the key itself, for instance arn:aws:kms:eu-central-1:111122223333:key/1234abcd-…; an alias could be pointed at another key',
        ),
    }),
  ],
  'Choose a key',
)
export type KeyChoice = z.infer<typeof KeyChoice>

export const RotateInput = z.intersection(z.object({ reason }), KeyChoice)
export type RotateInput = z.infer<typeof RotateInput>

export const GiveUpInput = z.object({
  keyId: z.uuid(),
  /** The first day on which the key may have been in other hands. */
  since: z.iso.date('Enter the first day on which somebody else may have had the key'),
  reason,
})
export type GiveUpInput = z.infer<typeof GiveUpInput>
