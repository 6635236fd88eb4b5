/** What is asked when questionnaires are written, published and retired; forms and actions share these schemas. */
import { z } from 'zod'

export const RetireInput = z.object({
  intent: z.literal('retire'),
  reason: z
    .string()
    .trim()
    .min(10, 'Say in a sentence why nothing new is to be started on it')
    .max(500, 'Use at most 500 characters'),
})

const Name = z.string().trim().min(2, 'Give the draft a name').max(120, 'Use at most 120 characters')
const Text = z.string().max(1_000_000, 'The text is longer than a million characters')

export const DraftInput = z.object({
  intent: z.enum(['save', 'publish', 'discard']),
  name: Name,
  text: Text,
  seenVersion: z.coerce.number().int().positive(),
})
