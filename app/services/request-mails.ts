/** What is written to whoever is asked for evidence, and to the one who asked. */
import { dayInWords, type Mail } from './guest-mails.ts'

export interface AskedMail {
  recipientName: string
  title: string
  clientName: string
  /** YYYY-MM-DD. */
  dueOn: string
  senderName: string
  organisationName: string
}

type Reason = { kind: 'asked' | 'reminded' | 'said' | 'returned'; text: string }

const SUBJECTS: Record<Reason['kind'], (title: string) => string> = {
  asked: (title) => `Please send: ${title}`,
  reminded: (title) => `Reminder, please send: ${title}`,
  said: (title) => `About your file: ${title}`,
  returned: (title) => `Please send again: ${title}`,
}

/** @param reason why it is written now, with the words of whoever asks */
export function writeRequestMail(about: AskedMail, reason: Reason, href: string): Mail {
  const { recipientName, title, clientName, senderName, organisationName } = about
  return {
    subject: SUBJECTS[reason.kind](title),
    content: {
      greeting: `Hello ${recipientName},`,
      paragraphs: [
        ...(reason.kind === 'asked' || reason.kind === 'reminded'
          ? [`For the cyber-insurance application of ${clientName} we need something from you: ${title}.`]
          : [`${senderName} answered about “${title}”, which we need for ${clientName}:`]),
        ...reason.text.split(/\n+/),
        `We need it by ${dayInWords(about.dueOn)}. You need no account: the link opens a page where you can send a file or write back.`,
      ],
      code: null,
      action: { label: 'Send it or reply', href },
      closing: [
        `Sent by ${senderName} of ${organisationName} through Attested.`,
        'Whoever has the link can send files for this one request, and sees nothing else. Forward it only to the person who should answer.',
        'You did not expect this? Do nothing, and ask the sender by telephone.',
      ],
    },
  }
}

export interface NewsMail {
  readerName: string
  title: string
  clientName: string
  organisationName: string
}

const NEWS = {
  file: (who: string) => `${who} sent a file.`,
  reply: (who: string) => `${who} wrote back:`,
  cannot: (who: string) => `${who} cannot provide it:`,
  mention: (who: string) => `${who} mentions you:`,
} as const

/** To a member of the organisation. */
export function writeNewsMail(
  about: NewsMail,
  news: { kind: keyof typeof NEWS; who: string; text: string },
  href: string,
): Mail {
  return {
    subject: `${news.who}: ${about.title}`,
    content: {
      greeting: `Hello ${about.readerName},`,
      paragraphs: [
        `This is about “${about.title}” for ${about.clientName}.`,
        NEWS[news.kind](news.who),
        ...news.text.split(/\n+/).filter(Boolean),
      ],
      code: null,
      action: { label: 'Open the request', href },
      closing: [`Sent by Attested for ${about.organisationName}.`],
    },
  }
}
