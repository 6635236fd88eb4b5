/** What is asked when a signed report is shared; the forms and their actions share these schemas. */
import { z } from 'zod'
import { Line } from './plain-words.ts'

const line = (what: string) => Line(120).pipe(z.string().min(2, what))

const lastDay = z.iso.date('Enter the last day on which the link opens the report')

export const ShareInput = z.object({
  recipientName: line('Enter the name of the person who may read it'),
  recipientOrganisation: line('Enter whom they work for'),
  recipientEmail: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'Use at most 254 characters')
    .pipe(z.email('Enter the e-mail address that the link goes to')),
  lastDay,
  /** A box that is not ticked is not sent. */
  mayDownload: z
    .literal('on')
    .optional()
    .transform((ticked) => ticked === 'on'),
})
export type ShareInput = z.output<typeof ShareInput>

export const ShareIdInput = z.object({ shareId: z.uuid('Reload the page and try again') })

export const ShareDayInput = ShareIdInput.extend({ lastDay })

export const PasscodeInput = z.object({
  passcode: z
    .string()
    .max(200, 'A passcode has twelve letters')
    .refine((typed) => /[a-z]/i.test(typed), 'Enter the passcode, twelve letters'),
})
