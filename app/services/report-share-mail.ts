/** What is written to the recipient of a shared report. The passcode is told another way, so no mail holds it. */
import type { MailContent } from '#app/mail/content.ts'

export interface ShareMailSubject {
  recipientName: string
  senderName: string
  organisationName: string
  clientName: string
  formTitle: string
}

const dayInWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** @param link.lastDay YYYY-MM-DD */
export function writeShareMail(
  about: ShareMailSubject,
  link: { href: string; lastDay: string },
): { subject: string; content: MailContent } {
  return {
    subject: `A readiness report of ${about.clientName} for you`,
    content: {
      greeting: `Hello ${about.recipientName},`,
      paragraphs: [
        `${about.organisationName} shares the signed cyber-insurance readiness report of ${about.clientName} (${about.formTitle}) with you.`,
        `It opens with a passcode that ${about.senderName} tells you another way, for instance by telephone. No mail of ours ever holds it.`,
        `The link works until the end of ${dayInWords.format(new Date(link.lastDay))} (UTC).`,
      ],
      code: null,
      action: { label: 'Open the report', href: link.href },
      closing: [
        `Sent by ${about.senderName} of ${about.organisationName} through Attested.`,
        'The link is meant for you alone. Your name and address stand across the report, and each access is recorded.',
        'You did not expect this? Do nothing, and ask the sender by telephone.',
      ],
    },
  }
}
