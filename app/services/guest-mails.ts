/** What is written to people without an account. */
import type { MailContent } from '#app/mail/content.ts'
import { CODE_MINUTES } from './attestation-rules.ts'

export interface Mail {
  subject: string
  content: MailContent
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** "24 November 2026" from YYYY-MM-DD or a moment, in UTC. */
export const dayInWords = (day: string | Date) => DAY.format(new Date(day))

export function writeGuestCodeMail({ recipientName }: { recipientName: string }, code: string): Mail {
  return {
    // Without the code: the outbox keeps subjects when what a mail said is gone.
    subject: 'Your code for Attested',
    content: {
      greeting: `Hello ${recipientName},`,
      paragraphs: [`Type this code into the page that you have open. It works for ${CODE_MINUTES} minutes.`],
      code,
      action: null,
      closing: [
        'Nobody of ours ever asks for this code.',
        'You did not ask for it? Then somebody has your link: tell the person who sent it to you.',
      ],
    },
  }
}
