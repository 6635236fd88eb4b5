/** What is said about a file that is handed in as evidence; the upload form and its action share this schema. */
import { z } from 'zod'

const list = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(',').map((part) => part.trim()))])
  .transform((parts) => [...new Set(parts.filter(Boolean))])

// PostgreSQL stores no NUL, and no line of text needs another control character.
const line = z
  .string()
  .transform((text) => text.replace(/\p{Cc}/gu, ' ').trim())
  .pipe(z.string().max(200))

export const EvidenceInput = z
  .object({
    kind: z.string().min(1, 'Choose what kind of evidence this is').max(60),
    title: line.default(''),
    /** The day the thing shown was true. Scan files tell it themselves; then this is replaced. */
    observedOn: z.iso.date('Enter the day on which this was true'),
    validUntil: z
      .union([z.literal('').transform(() => null), z.iso.date('Enter the expiry date')])
      .nullable()
      .default(null),
    collector: line.default(''),
    controlIds: list.default([]),
    questionRefs: list.default([]),
    /** Where the scanner stood, for scan files. */
    viewpoint: z.enum(['external', 'internal']).default('internal'),
  })
  .refine((input) => !input.validUntil || input.validUntil >= input.observedOn, {
    path: ['validUntil'],
    message: 'The expiry date lies before the day it was observed',
  })
export type EvidenceInput = z.infer<typeof EvidenceInput>

/** What is said about a newer version: everything else stays as the item has it. */
export const RevisionInput = z
  .object({
    observedOn: z.iso.date('Enter the day on which this was true'),
    validUntil: z
      .union([z.literal('').transform(() => null), z.iso.date('Enter the expiry date')])
      .nullable()
      .default(null),
    collector: line.default(''),
    viewpoint: z.enum(['external', 'internal']).default('internal'),
  })
  .refine((input) => !input.validUntil || input.validUntil >= input.observedOn, {
    path: ['validUntil'],
    message: 'The expiry date lies before the day it was observed',
  })
export type RevisionInput = z.infer<typeof RevisionInput>

/** Another client of the same organisation gets the file; said to be right by the person who does it. */
export const CopyInput = z.object({
  clientId: z.uuid('Choose a client'),
  confirmed: z.literal('on', 'Confirm that this client may have the file'),
})

/** What evidence is linked to, as the detail page sends it. */
export const EvidenceLinksInput = z.object({ controlIds: list.default([]), questionRefs: list.default([]) })
