/** Who gets a link to a client's room; the form and its action share this schema. */
import { z } from 'zod'
import { Line } from './plain-words.ts'

export const RoomLinkInput = z.object({
  recipientName: Line(120).pipe(z.string().min(2, 'Enter the name of the person')),
  recipientEmail: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'Use at most 254 characters')
    .pipe(z.email('Enter the e-mail address that link and code go to')),
})
export type RoomLinkInput = z.output<typeof RoomLinkInput>

export const RoomLinkId = z.object({ linkId: z.uuid('Reload the page and try again') })
