/** What is written to an assessor. */
import { dayInWords, type Mail } from './guest-mails.ts'

export interface InviteMail {
  assessorName: string
  senderName: string
  organisationName: string
  clientName: string
  formTitle: string
  /** YYYY-MM-DD. */
  lastDay: string
  instructions: string
}

export function writeInviteMail(about: InviteMail, href: string): Mail {
  const { assessorName, senderName, organisationName, clientName, formTitle } = about
  return {
    subject: `Review: ${formTitle} of ${clientName}`,
    content: {
      greeting: `Hello ${assessorName},`,
      paragraphs: [
        `${organisationName} prepares the cyber-insurance application “${formTitle}” of ${clientName} and asks you to review it: each answer with its evidence beside it.`,
        ...about.instructions.split(/\n+/).filter(Boolean),
        `You need no account. The link opens a page that sends a one-time code to this address; it works until ${dayInWords(about.lastDay)}.`,
      ],
      code: null,
      action: { label: 'Open the review', href },
      closing: [
        `Sent by ${senderName} of ${organisationName} through Attested.`,
        'The link is for you alone. Files that you open are recorded and marked with your name.',
        'You did not expect this? Do nothing, and ask the sender by telephone.',
      ],
    },
  }
}
